/** What the players of the papers' experiments are told. Plain data: it crosses to workers, who make the same plan of it. */

import type { Extent } from "../model/experiment.ts";

export type PaperTask = {
  readonly extent: Extent;
  /** The experiments, by name. */
  readonly names: readonly string[];
  readonly seed: string;
  /** Of the plan, the places of those runs that are still to be played. */
  readonly unplayed: Int32Array;
};
