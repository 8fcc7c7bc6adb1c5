/** Faults between members that the timeline began: which packets each of them affects. */

import type { Harms } from "../scenario/harm.ts";
import type { Latency } from "../scenario/model.ts";
import type { Crossing, Way } from "../scenario/split.ts";

/** The side of each member, one entry per member; 0 for none. */
export type Sides = Uint8Array | Int32Array;

/** A fault that the timeline began and has not ended. */
export type Fault =
  /**
   * Nothing passes between members on different sides, in both directions or one (`way`). A member on no side reaches everybody. In a ring each member has a
   * place of its own instead of a side, and reaches members up to `reach` places away.
   */
  | { readonly kind: "partition"; readonly of: number; readonly sides: Sides; readonly ring?: Ring; readonly way?: Way; readonly crossing?: Crossing }
  /** Nothing passes from `from` to `to`. */
  | (Directed & { readonly kind: "cut"; readonly of: number })
  /** Packets from `from` to `to` suffer this in addition. */
  | (Directed & {
      readonly kind: "impair";
      readonly of: number;
      readonly loss: number;
      readonly duplicate: number;
      readonly delay: Latency | null;
      readonly harms?: Harms;
    })
  /** What `from` sends to `to` waits until the fault ends. `capacity`: how many bytes may wait in each direction of each pair; null for no limit. */
  | (Directed & { readonly kind: "clog"; readonly of: number; readonly capacity: number | null });

/** How many places a ring has, and how many places away each member reaches. */
export type Ring = { readonly places: number; readonly reach: number };

/** From one set of members to another, or both ways. */
type Directed = { readonly from: Sides; readonly to: Sides; readonly bothWays: boolean };
type Partition = Fault & { readonly kind: "partition" };

/** Does this fault affect packets from source to target? */
export const touches = ({ from, to, bothWays }: Directed, source: number, target: number): boolean =>
  (from[source] !== 0 && to[target] !== 0) || (bothWays && from[target] !== 0 && to[source] !== 0);

/** Are source and target on different sides, so that a packet from one to the other would cross the partition? */
export function parts({ sides, ring, way }: Partition, source: number, target: number): boolean {
  const [here, there] = [sides[source]!, sides[target]!];
  if (here === there || here === 0 || there === 0) return false;
  if (ring !== undefined) {
    const apart = Math.abs(here - there);
    return Math.min(apart, ring.places - apart) > ring.reach;
  }
  return way === undefined || (way === "out" ? here < there : here > there);
}

/** Do crossing packets wait until the partition heals? */
export const isJammed = (fault: Fault): fault is Partition => fault.kind === "partition" && fault.crossing?.kind === "jam";

/** Do packets from source to target wait until the fault ends? */
export const stopsHere = (fault: Fault, source: number, target: number): boolean =>
  fault.kind === "clog" ? touches(fault, source, target) : isJammed(fault) && parts(fault, source, target);

/** The ring in which every member reaches a majority of all, itself included: equally far in both directions. */
export const ringOf = (places: number): Ring => ({ places, reach: Math.ceil(Math.floor(places / 2) / 2) });
