/** The facts of a run for the page, from its chronicle and its tape. */

import { instant, type Instant } from "../../engine/index.ts";
import type { Figure, MemberFacts, Origin, RunFacts, RunId } from "../model/run.ts";
import type { Place } from "./place.ts";

/** What is known about a run besides its lines. */
export type Book = {
  readonly id: RunId;
  readonly name: string;
  readonly origin: Origin;
  readonly place: Place;
  /** Zones by member's id, if a scenario defines them. */
  readonly zones: ReadonlyMap<string, string>;
  missing: string | null;
  isComplete: boolean;
  figures: readonly Figure[];
  traceHash: string | null;
  /** When the run will end, if known. */
  planned: Instant | null;
};

export function factsOf(book: Book): RunFacts {
  const { id, name, origin, place, missing, isComplete, figures, traceHash } = book;
  const { chronicle, tape } = place;
  const known = tape.trace;
  const last = known?.chunks.at(-1);
  return {
    id, name, origin, hasTruth: chronicle.hasTruth, missing, isComplete, figures, traceHash,
    members: chronicle.roster.ids.map((member): MemberFacts => ({ id: member, zone: book.zones.get(member) ?? null })),
    begins: known?.chunks[0]?.at ?? instant(0),
    ends: book.planned ?? last?.until ?? instant(0),
    seenUntil: isComplete && book.planned !== null ? book.planned : (last?.until ?? instant(0)),
    lines: last === undefined ? 0 : last.first + last.count,
    knownUntil: isComplete ? instant(Math.max(chronicle.until, last?.until ?? 0)) : chronicle.until,
    disruptions: [...chronicle.disruptions],
    faults: [...chronicle.faults],
    outages: [...chronicle.outages],
    announcements: chronicle.sayings.columns(),
    curves: chronicle.curves.curves(),
    broken: chronicle.broken.slice(0, 1_000),
  };
}
