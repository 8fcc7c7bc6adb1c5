/** What a harm knows about the packet it affects, and its keyed draws: one for each harm of each source, so that no harm changes the draws of another. */

import type { Instant } from "../../../engine/index.ts";
import type { Shared } from "../../scenario/harm.ts";
import { keyedDraw } from "../chance.ts";

/** A packet under way. `size` is its payload in bytes; for a segment of a stream, the bytes that it carries. */
export type Passing = {
  readonly source: number;
  readonly target: number;
  readonly now: Instant;
  readonly size: number;
  /** The packet's key for draws. */
  readonly key: number;
  /** The first purpose of this source of harm. */
  readonly purposes: number;
};

/** What each draw of a source decides, as an offset from its first purpose. */
export const slots = { kind: 0, burst: 1, burstLoss: 2, corrupt: 3, bits: 4, reorder: 5, heldFor: 6, replay: 7, replayedAfter: 8 } as const;

/** Purposes from here on belong to harms: above those of impairments, of which a run has two hundred thousand at most. */
const FIRST = 1 << 20;
const EACH = 16;

/** The first purpose of a link's harms, and of the harms of the impairment that began with the disruption of this index. */
export const purposesOfLink = FIRST;
export const purposesOf = (disruption: number): number => FIRST + (disruption + 1) * EACH;

export const drawFor = ({ key, purposes }: Passing, slot: keyof typeof slots): number => keyedDraw(key, purposes + slots[slot]);

/** The number of the burst channel or pipe that a packet uses: packets with equal numbers share it. Different pairs have different numbers. */
export function laneOf(shared: Shared, { source, target }: Passing, members: number): number {
  switch (shared) {
    case "pair":     return source * members + target;
    case "sender":   return source;
    case "receiver": return target;
    case "all":      return 0;
  }
}
