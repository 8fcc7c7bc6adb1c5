/** Errors of the application's own code (a hook, a listener or a recorder throws, or is slow): counted, reported, and survived. */

import { after, milliseconds, seconds, since, type Instant, type Micros } from "../../engine/index.ts";
import type { Clock } from "./clock.ts";
import type { Tallies } from "./counts.ts";

/** How often one culprit's errors are reported at most: one that throws at each packet would drown the rest. All are counted. */
const REPORT_EVERY = seconds(1);
/** A hook that takes longer is reported as slow: meanwhile the member reads no packets and no alarm rings, and after half a second others begin to doubt us. */
const SLOW = milliseconds(50);
/** How often one culprit is reported as slow at most. */
const REPORT_SLOW_EVERY = seconds(60);

export class Troubles {
  private readonly clock: Clock;
  private readonly tallies: Tallies;
  private readonly report: (error: Error) => void;
  private readonly quietUntil = new Map<string, Instant>();

  constructor(clock: Clock, tallies: Tallies, report: (error: Error) => void) {
    this.clock = clock;
    this.tallies = tallies;
    this.report = report;
  }

  /** The result of `work`, or `otherwise` if it throws. `culprit` names the code: `hook admit`, `recorder`. */
  survive<T>(culprit: string, otherwise: T, work: () => T): T {
    try {
      return this.heed(culprit, work());
    } catch (error) {
      this.note(culprit, error);
      return otherwise;
    }
  }

  /** The same for code that may block for any time: if that is long, it is reported. */
  ask<T>(culprit: string, otherwise: T, work: () => T): T {
    const began = this.clock.now();
    const answer = this.survive(culprit, otherwise, work);
    const took = since(this.clock.now(), began);
    if (took > SLOW) this.tell(`slow.${culprit}`, REPORT_SLOW_EVERY, new Error(`${culprit} took ${Math.round(took / 1_000)} ms, and blocked the member meanwhile`));
    return answer;
  }

  /** Returns `given`. If it is a promise, it is not awaited, but its rejection is noted. */
  heed<T>(culprit: string, given: T): T {
    if (given instanceof Promise) given.catch((error: unknown) => this.note(culprit, error));
    return given;
  }

  note(culprit: string, error: unknown): void {
    this.tell(`troubles.${culprit}`, REPORT_EVERY, error instanceof Error ? error : new Error(`${culprit} threw ${String(error)}`));
  }

  /** Counts it, and reports it unless it was reported less than `every` ago. */
  private tell(name: string, every: Micros, error: Error): void {
    this.tallies.add(name);
    const now = this.clock.now();
    if (now < (this.quietUntil.get(name) ?? 0)) return;
    this.quietUntil.set(name, after(now, every));
    this.report(error);
  }
}
