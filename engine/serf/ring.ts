/** Remembers the messages of the latest Lamport times, so that no message is processed twice, and none that is too old to know whether it was. */

import type { LamportTime } from "../words/units.ts";
import { lamportTime } from "../words/units.ts";
import { allOf, joinedBy, nobody, type Crowd, type CrowdRules } from "./crowd.ts";
import { BEFORE_ALL, next } from "./lamport.ts";
import type { Slot } from "./message.ts";

/** The Lamport times that have messages, in order. (Serf keeps a ring with a slot for each time, most of them empty.) */
export type Ring<T> = {
  readonly slots: readonly Moment<T>[];
  /** Messages from before this time are ignored. */
  readonly floor: LamportTime;
  /** The size of all messages, in bytes. */
  readonly bytes: number;
};

/** The messages of one Lamport time. Peers choose the time, and may use one time for all their messages. */
type Moment<T> = { readonly ltime: LamportTime; readonly said: Crowd<T> };

/** How far back a ring goes, how many bytes it may take, and how its messages are measured and compared. */
export type RingRules<T> = CrowdRules<T> & { readonly slots: number; readonly bytes: number; readonly sizeOf: (said: T) => number };

/** No messages yet; none will be ignored. */
export const emptyRing: Ring<never> = { slots: [], floor: BEFORE_ALL, bytes: 0 };

/**
 * The ring with one more message; `known` if it held that already, or cannot tell because it is too old; `crowded` if there is no room for it. `clock` must have
 * witnessed `ltime`. A ring that outgrows its bytes forgets its oldest times, and from then on ignores messages from before.
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

/** All messages, by Lamport time. */
export const slotsOf = <T>({ slots }: Ring<T>): readonly Slot<T>[] => slots.map(({ ltime, said }) => ({ ltime, said: allOf(said) }));

/** The ring that ignores all messages from before `floor`. */
export const deafBefore = <T>(ring: Ring<T>, floor: LamportTime): Ring<T> => (floor <= ring.floor ? ring : { ...ring, floor });

/** The index at which the slot of this time is, or belongs. Searched from the end, because most messages are new. */
function placeOf<T>(slots: readonly Moment<T>[], ltime: LamportTime): number {
  let at = slots.length;
  while (at > 0 && (slots[at - 1]?.ltime ?? BEFORE_ALL) >= ltime) at--;
  return at;
}

/** Removes the times that are too old, and as many more as needed to stay within the bytes. */
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
