/** What the application's own code does wrong (a hook, a listener, a recorder throws, or takes its time): counted, reported, and survived. */

import { after, milliseconds, seconds, since, type Instant, type Micros } from "../../engine/index.ts";
import type { Clock } from "./clock.ts";
import type { Tallies } from "./counts.ts";

/** Of one culprit so often at most: what throws at each packet would drown the rest. All are counted. */
const REPORT_EVERY = seconds(1);
/** Whoever takes longer is slow: meanwhile no packet is heard here and no alarm rings, and after half a second others begin to doubt us. */
const SLOW = milliseconds(50);
/** How often that is reported at most, of one culprit. */
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

  /** What `work` gives, or `otherwise` if it throws. `culprit` says whose it is: `hook admit`, `recorder`. */
  survive<T>(culprit: string, otherwise: T, work: () => T): T {
    try {
      return this.heed(culprit, work());
    } catch (error) {
      this.note(culprit, error);
      return otherwise;
    }
  }

  /** The same of whoever may take as long as it likes, since nothing can end it: if that is long, it is told. */
  ask<T>(culprit: string, otherwise: T, work: () => T): T {
    const began = this.clock.now();
    const answer = this.survive(culprit, otherwise, work);
    const took = since(this.clock.now(), began);
    if (took > SLOW) this.tell(`slow.${culprit}`, REPORT_SLOW_EVERY, new Error(`${culprit} took ${Math.round(took / 1_000)} ms, and blocked the member meanwhile`));
    return answer;
  }

  /** Hands on what they gave. Nobody waits for a promise; but if it fails, that is noted. */
  heed<T>(culprit: string, given: T): T {
    if (given instanceof Promise) given.catch((error: unknown) => this.note(culprit, error));
    return given;
  }

  note(culprit: string, error: unknown): void {
    this.tell(`troubles.${culprit}`, REPORT_EVERY, error instanceof Error ? error : new Error(`${culprit} threw ${String(error)}`));
  }

  /** Counts it, and reports it unless that was done a moment ago. */
  private tell(name: string, every: Micros, error: Error): void {
    this.tallies.add(name);
    const now = this.clock.now();
    if (now < (this.quietUntil.get(name) ?? 0)) return;
    this.quietUntil.set(name, after(now, every));
    this.report(error);
  }
}
