/** The scenario of the run: edited with completion from the schema, checked while typing, and played again. */

import schemaText from "../../scenarios/scenario.schema.json?raw";
import { type Completions, completionsAt, type Schema } from "../model/completion.ts";
import type { Experiment } from "../model/run.ts";
import type { MakePart } from "../page/desk.ts";
import { attribute, element, say } from "../page/element.ts";
import { experimentOf } from "../page/fork.ts";
import { latest } from "../page/latest.ts";
import { play } from "../page/opening.ts";
import { runOf } from "../page/state.ts";
import { editText } from "../page/title.ts";

const schema = JSON.parse(schemaText) as Schema;
const blank: Experiment = {
  file: "mine.yaml", seed: null, run: 0, edits: [],
  text: "name: mine\nabout: One of eight crashes.\nduration: 40s\nmembers: 8\ntimeline:\n  - { at: 10s, crash: 1 }\n",
};

export const scenarioPart: MakePart = (region, desk) => {
  let experiment: Experiment = blank;
  let from: number | null = null;
  let loaded = "";
  const text = element("textarea", { class: "editor", spellcheck: "false", autocomplete: "off", wrap: "off", "aria-label": "The scenario, in YAML", "aria-describedby": "mistakes", oninput: () => changed() });
  const seed = element("input", { size: 8, "aria-label": "Seed", placeholder: "as written", oninput: () => changed() });
  const run = element("input", { type: "number", min: 0, max: 999_999, value: 0, "aria-label": "Run", oninput: () => changed() });
  const edits = element("ul", { class: "edits" });
  const mistakes = element("ol", { id: "mistakes", class: "mistakes", "aria-live": "polite" });
  const offers = element("ul", { class: "offers", role: "listbox", "aria-label": "Completions" });
  const about = element("p", { class: "about" });
  const again = element("button", { type: "button", class: "main", onclick: () => void playIt() }, "Play");
  const current = (): Experiment => ({ ...experiment, text: text.value, seed: seed.value.trim() === "" ? null : seed.value.trim(), run: Math.max(0, Math.floor(Number(run.value) || 0)) });
  const check = latest(desk, "check", (checked) => {
    mistakes.replaceChildren(...(checked.ok ? [] : checked.mistakes.map(({ line, column, message, file }) =>
      element("li", {}, element("button", { type: "button", onclick: () => goTo(text, line, column) }, `${file === experiment.file ? "" : `${file} `}${line}:${column}`), ` ${message}`))));
    say(about, checked.ok ? `${checked.members} members, ${(checked.duration / 1e6).toLocaleString("en-US")} s` : "");
    again.disabled = !checked.ok;
    attribute(text, "aria-invalid", String(!checked.ok));
  });
  const changed = (): void => {
    check({ file: experiment.file, text: text.value });
    offer(text, offers);
  };
  const playIt = async (): Promise<void> => {
    const before = desk.page().shown;
    const played = await play(desk, current());
    if (played !== null && before !== null) desk.dispatch({ kind: "run-put-beside", run: before });
  };
  text.addEventListener("keydown", (event) => keyed(event, text, offers, () => void playIt()));
  text.addEventListener("blur", () => offers.replaceChildren());
  region.classList.add("scenario");
  /** The scenario of the shown run, if known. */
  const shown = (): Experiment | null => { const facts = runOf(desk.page(), desk.page().shown); return facts === undefined ? null : experimentOf(facts); };
  const theirs = element("p", { class: "theirs", hidden: true }, "This is your edited text, not the scenario of the run that is shown. ",
    element("button", { type: "button", onclick: () => { const known = shown(); if (known !== null) load(known); } }, "Discard it and show that scenario"));
  region.append(element("div", { class: "row" }, element("label", {}, "Seed ", seed), element("label", {}, "Run ", run), again, about), theirs, edits, mistakes, text, offers);
  const written = (): string => JSON.stringify(current());
  const put = (next: Experiment): void => {
    experiment = next;
    text.value = next.text;
    seed.value = next.seed ?? "";
    run.value = String(next.run);
    edits.replaceChildren(...next.edits.map((edit, n) => element("li", {}, `${String(edit.at)}: ${editText(edit)} `,
      element("button", { type: "button", "aria-label": "Undo", onclick: () => put({ ...current(), edits: experiment.edits.filter((_, place) => place !== n) }) }, "✕"))));
    changed();
  };
  /** Loads a text that the user has not changed yet. */
  const load = (next: Experiment): void => {
    put(next);
    loaded = written();
    theirs.hidden = true;
  };
  load(blank);
  return {
    show: (page) => {
      if (page.shown === from) return;
      from = page.shown;
      const known = shown();
      // The user's text is not replaced when another run is shown.
      if (known !== null && (written() === loaded || known.text === text.value)) load(known);
      else theirs.hidden = known === null;
    },
  };
};

/** Moves the caret to a mistake. */
function goTo(text: HTMLTextAreaElement, line: number, column: number): void {
  const at = text.value.split("\n").slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
  text.focus();
  text.setSelectionRange(at, at);
  text.scrollTop = Math.max(0, (line - 5) * LINE);
}

/** The height of a line of the editor, in pixels. */
const LINE = 18;

function offer(text: HTMLTextAreaElement, offers: HTMLElement): void {
  const { list, from } = document.activeElement === text ? completionsAt(text.value, text.selectionStart, schema) : { list: [], from: 0 };
  offers.replaceChildren(...list.slice(0, 30).map((completion, n) => element("li", {
    role: "option", "aria-selected": String(n === 0), onmousedown: (event) => { event.preventDefault(); take(text, { from, list: [completion] }); offer(text, offers); },
  }, element("b", {}, completion.text.trim()), ` ${completion.about}`)));
}

function take(text: HTMLTextAreaElement, { from, list }: Completions): void {
  const [chosen] = list;
  if (chosen === undefined) return;
  text.setRangeText(chosen.text, from, text.selectionStart, "end");
  text.dispatchEvent(new InputEvent("input"));
}

/** Control+space, or tab after a word, accepts a completion; alt+arrows choose; control+enter plays. */
function keyed(event: KeyboardEvent, text: HTMLTextAreaElement, offers: HTMLElement, go: () => void): void {
  const isAsking = event.key === " " && event.ctrlKey;
  const isTaking = event.key === "Tab" && !event.shiftKey && offers.childElementCount > 0 && /\w$/.test(text.value.slice(0, text.selectionStart));
  if (event.key === "Enter" && event.ctrlKey) go();
  else if (event.key === "Escape" && offers.childElementCount > 0) offers.replaceChildren();
  else if (isAsking && offers.childElementCount === 0) offer(text, offers);
  else if (isTaking || isAsking) {
    const { from, list } = completionsAt(text.value, text.selectionStart, schema);
    const place = [...offers.children].findIndex((one) => one.getAttribute("aria-selected") === "true");
    take(text, { from, list: list.slice(Math.max(0, place)) });
  } else if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) choose(offers, event.key === "ArrowDown" ? 1 : -1);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function choose(offers: HTMLElement, by: 1 | -1): void {
  const all = [...offers.children];
  const here = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
  const next = Math.max(0, Math.min(all.length - 1, here + by));
  all.forEach((one, n) => one.setAttribute("aria-selected", String(n === next)));
  all[next]?.scrollIntoView({ block: "nearest" });
}

