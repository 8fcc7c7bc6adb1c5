/** A chain of reasons, from an announcement back to what was lost; each entry links to its instant, its member, its message. */

import type { Reason } from "../model/detail.ts";
import type { RunId } from "../model/run.ts";
import type { Desk } from "../page/desk.ts";
import { element } from "../page/element.ts";
import { runOf } from "../page/state.ts";
import { linked, messageLink, timeText } from "./links.ts";

/** Words for the kinds of reasons, beside their colours. */
const words: Readonly<Record<Reason["kind"], string>> = {
  announced: "announces", heard: "receives", told: "sends", waited: "timeout", began: "probe", asked: "asks", relayed: "relay", lost: "lost", unanswered: "no answer", struck: "cause",
};

/** Asks why, and inserts the chain into an element when it arrives. */
export function askWhy(desk: Desk, into: HTMLElement, of: { readonly run: RunId; readonly line: number; readonly about: number }): void {
  into.replaceChildren(element("p", { class: "empty" }, "Searching…"));
  desk.ask("why", of).then((reasons) => into.replaceChildren(chainOf(desk, of.run, reasons)), (error: unknown) => into.replaceChildren(element("p", { class: "empty" }, String(error))));
}

export function chainOf(desk: Desk, run: RunId, reasons: readonly Reason[]): HTMLElement {
  const facts = runOf(desk.page(), run);
  if (reasons.length === 0 || facts === undefined) return element("p", { class: "empty" }, "No cause was found in this recording.");
  return element("ol", { class: "chain" }, ...reasons.map((reason) => element("li", { class: reason.kind },
    element("button", { type: "button", title: "Go there", onclick: () => goTo(desk, reason) }, timeText(reason.at)),
    element("b", {}, words[reason.kind]),
    element("span", {}, ...linked(desk, facts, reason.sentence), ...(reason.message === null ? [] : [" ", messageLink(desk, reason.message, "message")])))));
}

function goTo(desk: Desk, { at, line, who, message }: Reason): void {
  desk.dispatch({ kind: "paused" });
  desk.dispatch({ kind: "sought", at, line, selection: { member: who, message, line } });
}
