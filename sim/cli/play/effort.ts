/** Effort: how much of all that is to be played is behind us, by what runs cost rather than by their number. */

import type { Reached } from "./progress.ts";

/** Counted in runs, as if all of them cost the same: that is what a progress bar wants, and what time is left is reckoned from it. */
export class Effort implements Reached {
  private readonly runs: number;
  private readonly whole: number;
  private done = 0;
  private count = 0;

  /** All runs together weigh so much. */
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
