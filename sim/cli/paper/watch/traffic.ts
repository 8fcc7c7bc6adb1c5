/** Traffic: how many messages each member sends and receives in each of its periods, within a window of the run. */

import type { Effect, Event, Instant, MemberId } from "../../../../engine/index.ts";
import type { Recorder } from "../../../index.ts";
import type { Figures } from "../model/experiment.ts";
import { deviationOf, sumOf } from "../model/sample.ts";

/** From this many microseconds on, for this many periods. */
export type Window = { readonly from: number; readonly periodEvery: number; readonly periods: number };

export class Traffic implements Recorder {
  private readonly window: Window;
  private readonly sent: Uint16Array;
  private readonly received: Uint16Array;
  private readonly numberOf = new Map<MemberId, number>();

  constructor(members: number, window: Window) {
    this.window = window;
    this.sent = new Uint16Array(members * window.periods);
    this.received = new Uint16Array(members * window.periods);
  }

  born(_: Instant, who: MemberId): void {
    if (!this.numberOf.has(who)) this.numberOf.set(who, this.numberOf.size);
  }

  stepped(at: Instant, who: MemberId, event: Event, effects: readonly Effect[]): void {
    const { from, periodEvery, periods } = this.window;
    const period = Math.floor((at - from) / periodEvery);
    if (period < 0 || period >= periods) return;
    const slot = (this.numberOf.get(who) ?? 0) * periods + period;
    if (event.kind === "received") this.received[slot]!++;
    for (const effect of effects) if (effect.kind === "send") this.sent[slot]!++;
  }

  /** Over the periods of all members: the means of messages sent and received, their deviations, and the share of periods with fewer than five sent. */
  figures(): Figures {
    const [sent, received] = [[...this.sent], [...this.received]];
    return {
      sent: sumOf(sent) / sent.length,
      sentDeviation: deviationOf(sent),
      received: sumOf(received) / received.length,
      receivedDeviation: deviationOf(received),
      fewerThanFive: sent.filter((count) => count < 5).length / sent.length,
    };
  }
}
