/** What a harm knows of the packet it meets, and where it draws from: a draw of its own for each harm of each source, and nobody else's is moved. */

import type { Instant } from "../../../engine/index.ts";
import type { Shared } from "../../scenario/harm.ts";
import { keyedDraw } from "../chance.ts";

/** A packet on its way. `size` is its payload's, in bytes; for a segment of a stream, what it carries. */
export type Passing = {
  readonly source: number;
  readonly target: number;
  readonly now: Instant;
  readonly size: number;
  /** The packet's own dice. */
  readonly key: number;
  /** Where this source of harm draws from them. */
  readonly purposes: number;
};

/** What each draw of a source decides, counted from its first purpose. */
export const slots = { kind: 0, burst: 1, burstLoss: 2, corrupt: 3, bits: 4, reorder: 5, heldFor: 6, replay: 7, replayedAfter: 8 } as const;

/** Purposes from here on belong to harms: above those of impairments, of which a run has two hundred thousand at most. */
const FIRST = 1 << 20;
const EACH = 16;

/** The first purpose of what a link does, and of what the impairment does that the timeline's disruption of this index began. */
export const purposesOfLink = FIRST;
export const purposesOf = (disruption: number): number => FIRST + (disruption + 1) * EACH;

export const drawFor = ({ key, purposes }: Passing, slot: keyof typeof slots): number => keyedDraw(key, purposes + slots[slot]);

/** Whose burst it is, or whose pipe: equal numbers share it. No number of a pair is the number of another. */
export function laneOf(shared: Shared, { source, target }: Passing, members: number): number {
  switch (shared) {
    case "pair":     return source * members + target;
    case "sender":   return source;
    case "receiver": return target;
    case "all":      return 0;
  }
}
