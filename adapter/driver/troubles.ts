/** What the application's own code does wrong (a hook, a listener, a recorder): counted, reported, and survived. */

import { after, seconds, type Instant } from "../../engine/index.ts";
import type { Clock } from "./clock.ts";
import type { Tallies } from "./counts.ts";

/** Of one culprit so often at most: what throws at each packet would drown the rest. All are counted. */
const REPORT_EVERY = seconds(1);

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

  /** Hands on what they gave. Nobody waits for a promise; but if it fails, that is noted. */
  heed<T>(culprit: string, given: T): T {
    if (given instanceof Promise) given.catch((error: unknown) => this.note(culprit, error));
    return given;
  }

  note(culprit: string, error: unknown): void {
    this.tallies.add(`troubles.${culprit}`);
    const now = this.clock.now();
    if (now < (this.quietUntil.get(culprit) ?? 0)) return;
    this.quietUntil.set(culprit, after(now, REPORT_EVERY));
    this.report(error instanceof Error ? error : new Error(`${culprit} threw ${String(error)}`));
  }
}
