/** The orders for players of the papers' experiments. Plain data: workers get it, and make the same plan from it. */

import type { Extent } from "../model/experiment.ts";

export type PaperTask = {
  readonly extent: Extent;
  /** The experiments, by name. */
  readonly names: readonly string[];
  readonly seed: string;
  /** The places in the plan of the runs that are still to be played. */
  readonly unplayed: Int32Array;
};
