/** Counts datagrams and their bytes, by tenths of a second. */

import type { Effect, Event, Instant, MemberId } from "../../../../engine/index.ts";
import type { Recorder } from "../../../index.ts";

/** Microseconds. */
const SLOT = 100_000;

export class Sendings implements Recorder {
  private readonly datagrams: Float64Array;
  private readonly bytes: Float64Array;

  /** Watches from the origin on, for this many microseconds. */
  constructor(lasts: number) {
    const slots = Math.floor(lasts / SLOT) + 1;
    this.datagrams = new Float64Array(slots);
    this.bytes = new Float64Array(slots);
  }

  stepped(at: Instant, _who: MemberId, _event: Event, effects: readonly Effect[]): void {
    const slot = Math.floor(at / SLOT);
    for (const effect of effects) {
      if (effect.kind !== "send") continue;
      this.datagrams[slot]!++;
      this.bytes[slot]! += effect.size;
    }
  }

  /** What was sent per second between two moments, to the nearest tenths. */
  between(from: number, to: number): { readonly datagrams: number; readonly bytes: number } {
    const [first, last] = [Math.round(from / SLOT), Math.round(to / SLOT)];
    const perSecond = (slots: Float64Array): number => slots.slice(first, last).reduce((sum, count) => sum + count, 0) / (((last - first) * SLOT) / 1_000_000);
    return { datagrams: perSecond(this.datagrams), bytes: perSecond(this.bytes) };
  }
}

/** Combines several recorders of one run. */
export const together = (...recorders: readonly Recorder[]): Recorder => ({
  stepped: (at, who, event, effects, state) => {
    for (const recorder of recorders) recorder.stepped?.(at, who, event, effects, state);
  },
});
