/** Partitions beyond sides that are written one by one: how they are drawn, what becomes of what would cross them, and faults that come and go by themselves. */

import type { Latency } from "./latency.ts";

/**
 * How the sides come about. Without a shape they are those of `sides`.
 * - `ways`: so many sides at random, as equal as can be.
 * - `isolate`: each of `sides[0]` is alone; all others are together.
 * - `ring`: everybody reaches a majority, and no two the same one (Jepsen's majorities-ring).
 * - `bridge`: two halves that only `sides[0]` reach both (Jepsen's bridge).
 * - `tag`: a side for each value of the tag; who has none reaches everybody.
 * - `same`: the very sides that an earlier disruption drew, by its index in the timeline.
 */
export type Shape =
  | { readonly kind: "ways"; readonly count: number }
  | { readonly kind: "isolate" }
  | { readonly kind: "ring" }
  | { readonly kind: "bridge" }
  | { readonly kind: "tag"; readonly tag: string }
  | { readonly kind: "same"; readonly as: number };

/** What becomes of what would cross: it is late by so much, or waits until the partition heals. Lost, where nothing is said. */
export type Crossing = { readonly kind: "slow"; readonly by: Latency } | { readonly kind: "jam" };

/** Only from earlier sides to later ones does nothing pass (`out`), or only from later ones to earlier (`in`). Both, where nothing is said. */
export type Way = "out" | "in";

/** How a partition differs from sides across which everything is lost. */
export type Split = { readonly shape?: Shape; readonly crossing?: Crossing; readonly way?: Way };

/** A fault that comes and goes: how long it is in force, and how long it is not, each time drawn anew. It begins in force. */
export type Flap = { readonly on: Latency; readonly off: Latency };
