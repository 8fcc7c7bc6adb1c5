/** The one alarm of a member: kept at its earliest deadline, and set anew only when that changes. */

import { NEVER, type Instant } from "../../engine/index.ts";
import type { Clock } from "./clock.ts";

export class Alarm {
  private readonly clock: Clock;
  private readonly ring: (due: Instant) => void;
  private at: Instant = NEVER;
  private takeBack = (): void => {};

  /** `ring` gets the moment at which the alarm was due. */
  constructor(clock: Clock, ring: (due: Instant) => void) {
    this.clock = clock;
    this.ring = ring;
  }

  set(at: Instant): void {
    if (at === this.at) return;
    this.takeBack();
    this.at = at;
    this.takeBack = this.clock.alarm(at, () => {
      this.at = NEVER;
      this.ring(at);
    });
  }

  stop(): void {
    this.takeBack();
    this.at = NEVER;
  }
}
