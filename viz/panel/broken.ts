/** Violated promises of a run, each with its sentence: there should be none. */

import type { RunFacts } from "../model/run.ts";
import type { Desk } from "../page/desk.ts";
import { element } from "../page/element.ts";
import { linked, timeLink } from "./links.ts";

/** The most that are listed. */
const MOST = 50;

export function brokenList(desk: Desk, facts: RunFacts): readonly HTMLElement[] {
  if (facts.broken.length === 0) return [];
  return [
    element("h3", {}, `Violations: ${facts.broken.length}`),
    element("p", { class: "meaning" }, "An invariant of a member, or an oracle about the whole run, did not hold: this is a bug in the engine."),
    element("ul", { class: "broken-list" }, ...facts.broken.slice(0, MOST).map(({ at, line, sentence }) => element("li", {}, timeLink(desk, at, line), " ", ...linked(desk, facts, sentence)))),
    ...(facts.broken.length > MOST ? [element("p", { class: "soft" }, `and ${facts.broken.length - MOST} more`)] : []),
  ];
}
