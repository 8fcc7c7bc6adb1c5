/** How far something said has spread among the members that ran when it was said: how many had it by the end, and when half of them and all of them had it. */

import type { Observation, SpreadResult } from "./result.ts";
import { inSeconds } from "./seconds.ts";

/** In per cent. */
const PERCENTAGES = [50, 90, 99, 100] as const;

/** A member that stops no longer counts; one that started later never did. */
export class Spread {
  readonly at: number;
  private readonly waiting: Set<number>;
  private readonly having = new Set<number>();
  private readonly reachedAt: (number | null)[] = PERCENTAGES.map(() => null);

  constructor(at: number, among: readonly number[]) {
    this.at = at;
    this.waiting = new Set(among);
  }

  awaits(member: number): boolean {
    return this.waiting.has(member);
  }

  /** Do all members have it? Then nothing can change any more. */
  get isOver(): boolean {
    return this.waiting.size === 0;
  }

  reached(member: number, now: number): void {
    if (!this.waiting.delete(member)) return;
    this.having.add(member);
    this.judge(now);
  }

  stopped(member: number, now: number): void {
    if (this.waiting.delete(member) || this.having.delete(member)) this.judge(now);
  }

  results(now: number): SpreadResult {
    const [to50, to90, to99, toAll] = this.reachedAt.map((at): Observation =>
      (at === null ? { censoredAfter: inSeconds(now - this.at) } : { seconds: inSeconds(at - this.at) })) as [Observation, Observation, Observation, Observation];
    const of = this.having.size + this.waiting.size;
    return { at: inSeconds(this.at), reached: this.having.size, of, to50, to90, to99, toAll };
  }

  private judge(now: number): void {
    const all = this.having.size + this.waiting.size;
    PERCENTAGES.forEach((percentage, place) => {
      if (all > 0 && this.having.size * 100 >= percentage * all) this.reachedAt[place] ??= now;
    });
  }
}
