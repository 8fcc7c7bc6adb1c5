/** Lamport clocks: they order messages without a time of day. */

import type { LamportTime } from "../words/units.ts";
import { lamportTime } from "../words/units.ts";

/** Serf keeps three clocks, for intents, user events and queries, so that many messages of one kind do not make the others old. */
export type Clocks = { readonly intents: LamportTime; readonly events: LamportTime; readonly queries: LamportTime };

/** The clocks before any message (memberlist rule 67). */
export const startClocks: Clocks = { intents: lamportTime(1), events: lamportTime(1), queries: lamportTime(1) };

/** Earlier than the first time of any clock. */
export const BEFORE_ALL: LamportTime = lamportTime(0);
/** The last time that is an exact integer in JavaScript. Serf counts up to 2⁶⁴; messages with later times are refused. */
export const LATEST: LamportTime = lamportTime(9_007_199_254_740_991);

/** The next time. After the last one the clock stands still. */
export const next = (time: LamportTime): LamportTime => lamportTime(Math.min(time + 1, LATEST));

/** The clock after a message with this time came in: it stays ahead of all messages received (memberlist rule 67). */
export const witness = (clock: LamportTime, heard: LamportTime): LamportTime => (heard < clock ? clock : next(heard));

/** The same for one of the three clocks. */
export function witnessed(clocks: Clocks, which: keyof Clocks, heard: LamportTime): Clocks {
  const clock = witness(clocks[which], heard);
  return clock === clocks[which] ? clocks : { ...clocks, [which]: clock };
}

/** Our clocks after we saw another member's. What its clocks show are the times of its next messages, so they count as one less (memberlist rule 68). */
export function compared(clocks: Clocks, theirs: Clocks): Clocks {
  const { intents, events, queries } = theirs;
  return witnessed(witnessed(witnessed(clocks, "intents", before(intents)), "events", before(events)), "queries", before(queries));
}

const before = (time: LamportTime): LamportTime => lamportTime(Math.max(time - 1, BEFORE_ALL));
