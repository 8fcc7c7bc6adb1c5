/** The open runs: which was forked from which, by which edit, and two of them side by side in figures. */

import { instant } from "../../engine/index.ts";
import type { RunFacts } from "../model/run.ts";
import type { Desk, MakePart } from "../page/desk.ts";
import { element } from "../page/element.ts";
import { saveText } from "../page/save.ts";
import { type PageState, runOf } from "../page/state.ts";
import { swap } from "../page/swap.ts";
import { titleOf } from "../page/title.ts";
import { offersLeftList } from "./choice.ts";

export const runsPart: MakePart = (region, desk) => {
  let seen: readonly unknown[] = [];
  return {
    show: (page) => {
      const looked = [page.runs, page.shown, page.beside, page.difference, page.offers, page.opened];
      if (looked.every((part, n) => part === seen[n])) return;
      seen = looked;
      swap(region, [listOf(page, desk), ...offersLeftList(page, desk), ...compared(page, desk)]);
    },
  };
};

function listOf(page: PageState, desk: Desk): HTMLElement {
  if (page.runs.length === 0) return element("p", { class: "empty" }, "No run is open. Open a scenario or a recording (g).");
  return element("ul", { class: "tree" }, ...branchesOf(null, page, desk));
}

/** The forks of a run, each with its own forks; for null, the runs that are no forks, or whose parent was closed. */
function branchesOf(parent: number | null, page: PageState, desk: Desk): readonly HTMLElement[] {
  const isOpen = (id: number): boolean => page.runs.some((run) => run.id === id);
  const mine = page.runs.filter(({ origin }) => {
    const from = origin.kind === "played" ? origin.parent : null;
    return parent === null ? from === null || !isOpen(from) : from === parent;
  });
  return mine.map((facts) => {
    const below = branchesOf(facts.id, page, desk);
    return element("li", {}, runRow(facts, page, desk), ...(below.length === 0 ? [] : [element("ul", {}, ...below)]));
  });
}

function runRow(facts: RunFacts, page: PageState, desk: Desk): HTMLElement {
  const { id } = facts;
  const press = (text: string, title: string, isOn: boolean, act: () => void): HTMLElement =>
    element("button", { type: "button", title, "data-key": `${text} ${id}`, "aria-pressed": String(isOn), onclick: act }, text);
  const { experiment } = facts.origin;
  return element("div", { class: "run" },
    element("span", { class: "title" }, titleOf(facts)),
    element("span", { class: "buttons" },
      press("Show", "Show this run", page.shown === id, () => desk.dispatch({ kind: "run-shown", run: id })),
      press("Beside", "Show it beside the current run, at the same cursor", page.beside === id, () => desk.dispatch({ kind: "run-put-beside", run: page.beside === id ? null : id })),
      ...(experiment === null ? [] : [press("YAML", "Save it as a scenario; npm run sim plays it as the same run", false, () => void exportOf(facts, desk))]),
      press("Close", "Close this run", false, () => { void desk.ask("close", { run: id }); desk.dispatch({ kind: "run-closed", run: id }); })),
    ...(facts.traceHash === null ? [] : [element("code", {}, `trace=${facts.traceHash}`)]),
    ...(facts.missing === null ? [] : [element("p", { class: "missing" }, facts.missing)]));
}

async function exportOf({ origin, name }: RunFacts, desk: Desk): Promise<void> {
  if (origin.experiment === null) return;
  const exported = await desk.ask("export", { experiment: origin.experiment });
  if (exported.ok) saveText(`${name}${origin.kind === "played" && origin.parent !== null ? "-fork" : ""}.yaml`, exported.yaml);
  else desk.dispatch({ kind: "noticed", notice: { kind: "error", text: exported.why } });
}

function compared(page: PageState, desk: Desk): readonly HTMLElement[] {
  const [one, other] = [runOf(page, page.shown), runOf(page, page.beside)];
  if (one === undefined || other === undefined) return [];
  const { difference } = page;
  const rows = one.figures.map(({ name, value, worth }) => {
    const there = other.figures.find((figure) => figure.name === name);
    const isSame = there?.value === value;
    const by = worth === null || there?.worth === null || there === undefined || isSame ? "" : `${worth > there.worth ? "+" : "−"}${short(Math.abs(worth - there.worth))}`;
    return element("tr", { class: isSame ? "same" : "other" }, element("th", { scope: "row" }, name), element("td", {}, value), element("td", {}, there?.value ?? ""), element("td", {}, by));
  });
  return [
    element("h3", {}, "Side by side"),
    differenceOf(difference, desk),
    element("table", { class: "figures" },
      element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "figure"), element("th", { scope: "col" }, `run ${one.id}`), element("th", { scope: "col" }, `run ${other.id}`), element("th", { scope: "col" }, `run ${one.id} − run ${other.id}`))),
      element("tbody", {}, ...rows)),
  ];
}

const short = (worth: number): string => (Number.isInteger(worth) ? worth.toLocaleString("en-US") : worth.toPrecision(3));

function differenceOf(difference: PageState["difference"], desk: Desk): HTMLElement {
  if (difference === null) return element("p", {}, "Searching for the first difference…");
  const { first } = difference;
  if (first === null) return element("p", {}, "The two runs are equal, step by step.");
  return element("div", { class: "difference" },
    element("p", {}, `First difference at ${(first.at / 1e6).toFixed(6)} s: `,
      element("button", { type: "button", onclick: () => desk.dispatch({ kind: "sought", at: instant(first.at) }) }, "Go there")),
    element("dl", {},
      element("dt", {}, `run ${difference.one}`), element("dd", {}, rowText(first.one)),
      element("dt", {}, `run ${difference.other}`), element("dd", {}, rowText(first.other))));
}

type Row = { readonly what: string; readonly asks: string };
const rowText = (row: Row | null): string => (row === null ? "has ended" : row.asks === "" ? row.what : `${row.what} → ${row.asks}`);
