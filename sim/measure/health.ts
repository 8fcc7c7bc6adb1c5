/** Health: how much members doubt themselves, sampled at intervals. */

import type { Truth } from "../world/truth.ts";
import { middleOf, PARTS } from "./curve.ts";
import type { RunResult } from "./result.ts";

export class Health {
  private readonly truth: Truth;
  private readonly duration: number;
  /** The members with a health above 0, and their health: usually few. */
  private readonly doubts = new Map<number, number>();
  private readonly means: number[] = [];
  private worst = 0;

  constructor(truth: Truth, duration: number) {
    this.truth = truth;
    this.duration = duration;
  }

  /** Sets a member's local health: 0 is good. */
  becomes(who: number, health: number): void {
    if (health === 0) this.doubts.delete(who);
    else this.doubts.set(who, health);
  }

  /** Samples the running members in the middle of each part of the run that has passed. */
  pass(now: number): void {
    while (this.means.length < PARTS && middleOf(this.means.length, this.duration) <= now) this.means.push(this.mean());
  }

  results(now: number): RunResult["health"] {
    this.pass(now);
    const mean = this.means.reduce((sum, each) => sum + each, 0) / Math.max(1, this.means.length);
    return { mean, max: this.worst, curve: this.worst === 0 ? [] : this.means };
  }

  private mean(): number {
    let sum = 0;
    for (const [who, health] of this.doubts) {
      if (!this.truth.isRunning(who)) continue;
      sum += health;
      if (health > this.worst) this.worst = health;
    }
    return this.truth.running === 0 ? 0 : sum / this.truth.running;
  }
}
