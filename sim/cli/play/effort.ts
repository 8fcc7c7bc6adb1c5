/** Effort: how much of the work is done, by the cost of runs instead of their number. */

import type { Reached } from "./progress.ts";

/** Counted in runs, as if all had the same cost: that is what a progress bar needs, and the remaining time is computed from it. */
export class Effort implements Reached {
  private readonly runs: number;
  private readonly whole: number;
  private done = 0;
  private count = 0;

  /** `whole` is the total weight of all runs. */
  constructor(whole: number, runs: number) {
    this.runs = runs;
    this.whole = whole;
  }

  /** A run of this weight is over. */
  add(weight: number): void {
    this.done += weight;
    this.count++;
  }

  get finished(): number {
    return this.count;
  }

  get played(): number {
    return this.whole === 0 ? this.count : Math.min(1, this.done / this.whole) * this.runs;
  }
}
