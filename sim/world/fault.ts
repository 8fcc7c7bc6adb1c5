/** Faults between members that the timeline began: whom each of them meets, and in which direction. */

import type { Harms } from "../scenario/harm.ts";
import type { Latency } from "../scenario/model.ts";
import type { Crossing, Way } from "../scenario/split.ts";

/** Which members a fault has on which side: an entry per member, 0 for none. */
export type Sides = Uint8Array | Int32Array;

/** A fault that the timeline began and has not ended. */
export type Fault =
  /**
   * Nothing passes between members on different sides, in both directions or one (`way`). Who is on none still reaches everybody. In a ring each has a
   * place of its own instead of a side, and reaches those up to `reach` places away.
   */
  | { readonly kind: "partition"; readonly of: number; readonly sides: Sides; readonly ring?: Ring; readonly way?: Way; readonly crossing?: Crossing }
  /** Nothing passes from `from` to `to`. */
  | (Directed & { readonly kind: "cut"; readonly of: number })
  /** What passes from `from` to `to` suffers more. */
  | (Directed & {
      readonly kind: "impair";
      readonly of: number;
      readonly loss: number;
      readonly duplicate: number;
      readonly delay: Latency | null;
      readonly harms?: Harms;
    })
  /** What `from` sends to `to` waits until this ends. `capacity`: how many bytes may wait in each direction of each pair; null for any number. */
  | (Directed & { readonly kind: "clog"; readonly of: number; readonly capacity: number | null });

/** How many places a ring has, and how far each reaches. */
export type Ring = { readonly places: number; readonly reach: number };

/** From some to others, or between the two. */
type Directed = { readonly from: Sides; readonly to: Sides; readonly bothWays: boolean };
type Partition = Fault & { readonly kind: "partition" };

/** Does a packet in this direction meet the fault? */
export const touches = ({ from, to, bothWays }: Directed, source: number, target: number): boolean =>
  (from[source] !== 0 && to[target] !== 0) || (bothWays && from[target] !== 0 && to[source] !== 0);

/** Does a packet in this direction have to cross from one side to another? */
export function parts({ sides, ring, way }: Partition, source: number, target: number): boolean {
  const [here, there] = [sides[source]!, sides[target]!];
  if (here === there || here === 0 || there === 0) return false;
  if (ring !== undefined) {
    const apart = Math.abs(here - there);
    return Math.min(apart, ring.places - apart) > ring.reach;
  }
  return way === undefined || (way === "out" ? here < there : here > there);
}

/** Does what would cross wait until the partition heals? */
export const isJammed = (fault: Fault): fault is Partition => fault.kind === "partition" && fault.crossing?.kind === "jam";

/** Does a packet in this direction have to wait for the fault's end? */
export const stopsHere = (fault: Fault, source: number, target: number): boolean =>
  fault.kind === "clog" ? touches(fault, source, target) : isJammed(fault) && parts(fault, source, target);

/** The ring in which everybody reaches a majority of so many, itself included: so far in either direction. */
export const ringOf = (places: number): Ring => ({ places, reach: Math.ceil(Math.floor(places / 2) / 2) });
