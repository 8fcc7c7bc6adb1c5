/** A chain of reasons, from what was announced back to what was lost; each link leads to its instant, its member, its message. */

import type { Reason } from "../model/detail.ts";
import type { MemberNumber, RunId } from "../model/run.ts";
import type { Desk } from "../page/desk.ts";
import { element } from "../page/element.ts";

/** Words for what a link is, beside its colour. */
const words: Readonly<Record<Reason["kind"], string>> = {
  announced: "says", heard: "hears", told: "tells", waited: "waits", began: "probe", asked: "asks", relayed: "relay", lost: "lost", unanswered: "late", struck: "why",
};

/** Asks why, and puts the chain into an element once it is known. */
export function askWhy(desk: Desk, into: HTMLElement, of: { readonly run: RunId; readonly line: number; readonly about: MemberNumber }): void {
  into.replaceChildren(element("p", { class: "empty" }, "Looking…"));
  desk.ask("why", of).then((reasons) => into.replaceChildren(chainOf(desk, reasons)), (error: unknown) => into.replaceChildren(element("p", { class: "empty" }, String(error))));
}

export function chainOf(desk: Desk, reasons: readonly Reason[]): HTMLElement {
  if (reasons.length === 0) return element("p", { class: "empty" }, "Nothing is known of it.");
  return element("ol", { class: "chain" }, ...reasons.map((reason) => element("li", { class: reason.kind },
    element("button", { type: "button", title: "Go there", onclick: () => goTo(desk, reason) }, `${(reason.at / 1e6).toFixed(3)} s`),
    element("b", {}, words[reason.kind]), element("span", {}, reason.sentence))));
}

function goTo(desk: Desk, { at, line, who, message }: Reason): void {
  desk.dispatch({ kind: "paused" });
  desk.dispatch({ kind: "sought", at, line, selection: { member: who, message, line } });
}
