/** Size: how many members one member holds living, over time. */

import { livingIn, type Effect, type Event, type Instant, type MemberId, type State } from "../../../../engine/index.ts";
import type { Recorder } from "../../../index.ts";

export class Size implements Recorder {
  private readonly who: MemberId;
  private readonly every: number;
  private readonly sizes: number[];

  /** Samples this member's view this many times, at this interval in microseconds. */
  constructor(who: MemberId, every: number, times: number) {
    this.who = who;
    this.every = every;
    this.sizes = Array.from({ length: times }, () => 0);
  }

  stepped(at: Instant, who: MemberId, _event: Event, _effects: readonly Effect[], state: State): void {
    if (who === this.who) this.sizes[Math.min(this.sizes.length - 1, Math.floor(at / this.every))] = livingIn(state.view);
  }

  /** The size at the end of each interval. If the member did nothing in an interval, the size stays the same. */
  series(): readonly number[] {
    let last = 1;
    return this.sizes.map((size) => (last = size === 0 ? last : size));
  }
}
