/** Partitions beyond explicit sides: how sides are drawn, what happens to packets that would cross, and intermittent faults. */

import type { Latency } from "./latency.ts";

/**
 * How the sides are drawn. Without a shape, `sides` lists them.
 * - `ways`: this many sides at random, as equal as possible.
 * - `isolate`: each member of `sides[0]` is alone; all others are together.
 * - `ring`: each member reaches a majority, and no two the same one (Jepsen's majorities-ring).
 * - `bridge`: two halves that reach each other only through `sides[0]` (Jepsen's bridge).
 * - `tag`: a side for each value of the tag; a member without the tag reaches everybody.
 * - `same`: the same sides that an earlier disruption drew, by its index in the timeline.
 */
export type Shape =
  | { readonly kind: "ways"; readonly count: number }
  | { readonly kind: "isolate" }
  | { readonly kind: "ring" }
  | { readonly kind: "bridge" }
  | { readonly kind: "tag"; readonly tag: string }
  | { readonly kind: "same"; readonly as: number };

/** What happens to packets that would cross: they are late, or wait until the partition heals. If absent, they are lost. */
export type Crossing = { readonly kind: "slow"; readonly by: Latency } | { readonly kind: "jam" };

/** Nothing passes only from earlier sides to later ones (`out`), or only from later ones to earlier (`in`). If absent, in both directions. */
export type Way = "out" | "in";

/** How a partition differs from one with explicit sides that loses everything. */
export type Split = { readonly shape?: Shape; readonly crossing?: Crossing; readonly way?: Way };

/** An intermittent fault: how long it is in force, and how long it is not, drawn anew each time. It begins in force. */
export type Flap = { readonly on: Latency; readonly off: Latency };
