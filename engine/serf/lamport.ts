/** Lamport clocks: they order what members say without asking what time it is. */

import type { LamportTime } from "../words/units.ts";
import { lamportTime } from "../words/units.ts";

/** Serf keeps three, so that much talk of one kind does not age the others: one each for intents, user events and queries. */
export type Clocks = { readonly intents: LamportTime; readonly events: LamportTime; readonly queries: LamportTime };

/** Before anything was said (memberlist rule 67). */
export const startClocks: Clocks = { intents: lamportTime(1), events: lamportTime(1), queries: lamportTime(1) };

/** Before the first moment of any clock. */
export const BEFORE_ALL: LamportTime = lamportTime(0);
/** The last moment that is an exact integer here. Serf counts on to 2⁶⁴; who claims to have got there is refused. */
export const LATEST: LamportTime = lamportTime(9_007_199_254_740_991);

/** The next moment. After the last one the clock stands still. */
export const next = (time: LamportTime): LamportTime => lamportTime(Math.min(time + 1, LATEST));

/** What the clock shows after something was heard that was said at that moment: it stays ahead of all it heard (memberlist rule 67). */
export const witness = (clock: LamportTime, heard: LamportTime): LamportTime => (heard < clock ? clock : next(heard));

/** The same, for one of the three clocks. */
export function witnessed(clocks: Clocks, which: keyof Clocks, heard: LamportTime): Clocks {
  const clock = witness(clocks[which], heard);
  return clock === clocks[which] ? clocks : { ...clocks, [which]: clock };
}

/** What our clocks show after we saw another member's. Whatever its clock shows it has yet to say (memberlist rule 68). */
export function compared(clocks: Clocks, theirs: Clocks): Clocks {
  const { intents, events, queries } = theirs;
  return witnessed(witnessed(witnessed(clocks, "intents", before(intents)), "events", before(events)), "queries", before(queries));
}

const before = (time: LamportTime): LamportTime => lamportTime(Math.max(time - 1, BEFORE_ALL));
