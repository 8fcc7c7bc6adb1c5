/** What was said at each of the last moments of a Lamport clock, so that nothing is heard twice, and nothing so old that it may have been heard before. */

import type { LamportTime } from "../words/units.ts";
import { lamportTime } from "../words/units.ts";
import { allOf, joinedBy, nobody, type Crowd, type CrowdRules } from "./crowd.ts";
import { BEFORE_ALL, next } from "./lamport.ts";
import type { Slot } from "./message.ts";

/** The moments that something was said at, in their order. Serf keeps them in a ring of as many slots as there are moments, most of them empty. */
export type Ring<T> = {
  readonly slots: readonly Moment<T>[];
  /** What was said before this is not heard any more. */
  readonly floor: LamportTime;
  /** How many bytes all of it takes. */
  readonly bytes: number;
};

/** What was said at one moment. Peers choose the moment, and may say all that they say at one. */
type Moment<T> = { readonly ltime: LamportTime; readonly said: Crowd<T> };

/** How far back a ring goes, how many bytes it may take, and what its things are to it. */
export type RingRules<T> = CrowdRules<T> & { readonly slots: number; readonly bytes: number; readonly sizeOf: (said: T) => number };

/** Nothing was said yet, and all will be heard. */
export const emptyRing: Ring<never> = { slots: [], floor: BEFORE_ALL, bytes: 0 };

/**
 * The ring with one more thing in it; `known` if it held that already, or can't know whether it did, and `crowded` if there is no room for it. `clock` has
 * witnessed the moment. When it outgrows its bytes, it forgets its oldest moments, and then hears nothing more of them.
 */
export function remember<T>(ring: Ring<T>, clock: LamportTime, ltime: LamportTime, said: T, rules: RingRules<T>): Ring<T> | "known" | "crowded" {
  const oldest = lamportTime(Math.max(ring.floor, clock - rules.slots));
  if (ltime < oldest) return "known";
  const at = placeOf(ring.slots, ltime);
  const isTaken = ring.slots[at]?.ltime === ltime;
  const filled = joinedBy(isTaken ? (ring.slots[at]?.said ?? nobody) : nobody, said, rules);
  if (filled === "known" || filled === "crowded") return filled;
  const slots = ring.slots.toSpliced(at, isTaken ? 1 : 0, { ltime, said: filled });
  return trimmed({ slots, floor: ring.floor, bytes: ring.bytes + rules.sizeOf(said) }, oldest, rules);
}

/** All that it holds, moment by moment. */
export const slotsOf = <T>({ slots }: Ring<T>): readonly Slot<T>[] => slots.map(({ ltime, said }) => ({ ltime, said: allOf(said) }));

/** The ring, deaf to all that was said before this moment. */
export const deafBefore = <T>(ring: Ring<T>, floor: LamportTime): Ring<T> => (floor <= ring.floor ? ring : { ...ring, floor });

/** Where the slot of this moment is, or belongs. Searched from the end, because most of what is said is new. */
function placeOf<T>(slots: readonly Moment<T>[], ltime: LamportTime): number {
  let at = slots.length;
  while (at > 0 && (slots[at - 1]?.ltime ?? BEFORE_ALL) >= ltime) at--;
  return at;
}

/** Without the moments that are too old to matter, and as many more as it takes to stay within the bytes. */
function trimmed<T>(ring: Ring<T>, oldest: LamportTime, rules: RingRules<T>): Ring<T> {
  let { floor, bytes } = ring;
  let gone = 0;
  for (const { ltime, said } of ring.slots) {
    if (ltime >= oldest && bytes <= rules.bytes) break;
    for (const each of allOf(said)) bytes -= rules.sizeOf(each);
    if (ltime >= oldest) floor = next(ltime);
    gone++;
  }
  return gone === 0 ? ring : { slots: ring.slots.slice(gone), floor, bytes };
}
