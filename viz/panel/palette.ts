/** The palette: finds every command and place of this page by a few of its letters. */

import { fitness } from "../model/fuzzy.ts";
import { parseFilter } from "../model/filter.ts";
import { momentFrom } from "../model/moment.ts";
import type { Desk } from "../page/desk.ts";
import { element } from "../page/element.ts";
import { shipped } from "../page/gallery.ts";
import { play } from "../page/opening.ts";
import { close, overlayPart } from "../page/overlay.ts";
import { runOf } from "../page/state.ts";
import { stepTo } from "../page/seeking.ts";
import { titleOf } from "../page/title.ts";
import { leaveTour, tourFrom } from "../page/touring.ts";
import { tour } from "../page/tour-steps.ts";
import { keyText } from "./help.ts";
import { goTo, timeText } from "./links.ts";
import { Options } from "./options.ts";

/** Something that can be chosen; `kind` is shown beside it. */
type Entry = { readonly title: string; readonly kind: string; readonly keys: readonly string[]; readonly run: () => void };

/** The most entries that are shown. */
const MOST = 60;

export const palettePart = overlayPart("palette", (desk) => {
  const field = element("input", { type: "text", "data-first": true, "aria-label": "Command, member, scenario, instant or filter", placeholder: "a command, member, scenario, instant (12.5s) or filter…", maxlength: 400 });
  const options = new Options(field, "palette-options", "Commands");
  const none = element("p", { class: "soft", role: "status" });
  const all = entriesOf(desk);
  const find = (): void => {
    const text = field.value;
    const fitting = text.trim() === "" ? all : all.map((entry) => ({ entry, worth: fitness(text, entry.title) })).filter(({ worth }) => worth > 0)
      .toSorted((one, other) => other.worth - one.worth).map(({ entry }) => entry);
    const list = [...typed(desk, text), ...fitting].slice(0, MOST);
    options.show(list.map(({ title, kind, keys, run }) => ({
      parts: [element("b", {}, title), element("span", { class: "keys" }, ...keys.slice(0, 2).flatMap((key) => [element("kbd", {}, keyText(key)), " "]), kind)],
      take: () => { close(desk); run(); },
    })), 0);
    none.textContent = list.length === 0 ? "Nothing found." : "";
  };
  field.addEventListener("input", find);
  field.addEventListener("keydown", (event) => {
    if (!options.keyed(event, false)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  find();
  return element("div", { class: "sheet palette", role: "dialog", "aria-modal": true, "aria-label": "Find a command, member, scenario or instant" }, field, options.list, none);
});

/** The typed text may itself be an instant, or a filter. */
function typed(desk: Desk, text: string): readonly Entry[] {
  const facts = runOf(desk.page(), desk.page().shown);
  if (facts === undefined || text.trim() === "") return [];
  const at = momentFrom(text);
  if (at !== null) return [{ title: `Go to ${timeText(at)}`, kind: "instant", keys: [], run: () => goTo(desk, at, null) }];
  const filter = text.trim();
  // A single word without a key could be anything: then it is meant as a command.
  if (!/[:<>=|"]/.test(filter) || !parseFilter(filter, facts.members.map(({ id }) => id)).ok) return [];
  return [
    { title: `Filter by ${filter}`, kind: "filter", keys: [], run: () => desk.dispatch({ kind: "filtered", filter }) },
    { title: `Next match of ${filter}`, kind: "step", keys: [], run: () => void stepTo(desk, 1, filter) },
    { title: `Previous match of ${filter}`, kind: "step", keys: [], run: () => void stepTo(desk, -1, filter) },
  ];
}

function entriesOf(desk: Desk): readonly Entry[] {
  const page = desk.page();
  const facts = runOf(page, page.shown);
  return [
    ...desk.commands.filter(({ isPossible, name }) => isPossible(page) && name !== "palette" && name !== "deselect").map((command): Entry => ({ title: command.title, kind: "", keys: command.keys, run: () => command.run(desk) })),
    ...page.runs.filter(({ id }) => id !== page.shown).map((run): Entry => ({ title: `Show run ${titleOf(run)}`, kind: "run", keys: [], run: () => desk.dispatch({ kind: "run-shown", run: run.id }) })),
    ...(facts?.members ?? []).map(({ id }, who): Entry => ({ title: id, kind: "member", keys: [], run: () => desk.dispatch({ kind: "selected", selection: { member: who }, tab: "member" }) })),
    ...shipped.map(({ file, name, text }): Entry => ({ title: `Play ${name}`, kind: "scenario", keys: [], run: () => { leaveTour(desk); void play(desk, { file, text, seed: null, run: 0, edits: [] }); } })),
    ...tour.map(({ title }, n): Entry => ({ title: `Tour ${n + 1}: ${title}`, kind: "tour", keys: [], run: () => void tourFrom(desk, n) })),
  ];
}
