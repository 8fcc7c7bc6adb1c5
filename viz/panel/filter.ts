/** The filter's field, one for all views: says how it is understood or what is wrong and where, and offers completions. */

import { filterInWords, parseFilter } from "../model/filter.ts";
import { filterCompletions } from "../model/filter-completion.ts";
import type { Desk, MakePart } from "../page/desk.ts";
import { attribute, element, say } from "../page/element.ts";
import { runOf } from "../page/state.ts";
import { Options } from "./options.ts";

/** The field's id on the page, for the command that focuses it. */
export const FILTER_FIELD = "filter-field";

export const filterPart: MakePart = (region, desk) => {
  const field = element("input", { id: FILTER_FIELD, type: "text", "aria-label": "Filter messages, lines and lanes", placeholder: "filter: kind:ping lost", "aria-describedby": "filter-said", maxlength: 400 });
  const options = new Options(field, "filter-options", "Completions");
  const said = element("p", { class: "said", id: "filter-said", role: "status" });
  const clear = element("button", { type: "button", class: "clear", "aria-label": "Remove the filter", title: "Remove the filter", onclick: () => { desk.dispatch({ kind: "filtered", filter: "" }); field.focus(); } }, "✕");
  const drop = element("div", { class: "drop", hidden: true }, said, options.list);
  region.append(element("div", { class: "filter", role: "search" }, field, clear, drop));
  const judge = (): void => {
    const names = namesOf(desk);
    const parsed = parseFilter(field.value, names);
    attribute(field, "aria-invalid", String(!parsed.ok));
    said.classList.toggle("error", !parsed.ok);
    if (parsed.ok) return say(said, field.value.trim() === "" ? "No filter. Terms side by side must all match; | means or, - means not; press ? for help." : `Shown if ${filterInWords(field.value, names)}.`);
    said.replaceChildren("Invalid, so the filter is off: ", element("mark", {}, field.value.slice(parsed.at, parsed.end)), `: ${parsed.why}`);
    return undefined;
  };
  const offer = (): void => {
    const { from, list } = filterCompletions(field.value, field.selectionStart ?? field.value.length, namesOf(desk));
    options.show(list.map(({ text, about }) => ({ parts: [element("b", {}, text), element("span", {}, about)], take: () => { take(field, from, text); typed(); } })), -1);
  };
  const typed = (): void => {
    desk.dispatch({ kind: "filtered", filter: field.value });
    judge();
    offer();
    drop.hidden = false;
  };
  field.addEventListener("input", typed);
  field.addEventListener("focus", () => { judge(); offer(); drop.hidden = false; });
  field.addEventListener("blur", () => { drop.hidden = true; options.show([], -1); });
  field.addEventListener("keydown", (event) => {
    if (options.keyed(event, field.value !== "")) event.preventDefault();
    else if (event.key === "Escape" && !drop.hidden && options.isOpen) options.show([], -1);
    else if (event.key === "Escape" || event.key === "Enter") field.blur();
    else return;
    event.stopPropagation();
  });
  return {
    show: ({ filter }) => {
      clear.hidden = filter === "";
      if (field.value === filter) return;
      field.value = filter;
      judge();
    },
  };
};

const namesOf = (desk: Desk): readonly string[] => runOf(desk.page(), desk.page().shown)?.members.map(({ id }) => id) ?? [];

/** Replaces the text from `from` by a completion; adds a space after a whole word. */
function take(field: HTMLInputElement, from: number, text: string): void {
  const isWhole = !/[:>]$/.test(text);
  field.setRangeText(`${text}${isWhole ? " " : ""}`, from, field.selectionStart ?? field.value.length, "end");
}
