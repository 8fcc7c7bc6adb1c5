/** Probes: how many were begun, and how many were never answered, by what goes out and comes in alone. */

import type { Effect, Event, Instant, MemberId, SeqNo } from "../../../../engine/index.ts";
import type { Recorder } from "../../../index.ts";
import type { Figures } from "../model/experiment.ts";

/** Of a probe under way, its seq; null once it was answered. */
type Underway = SeqNo | null;

export class Probes implements Recorder {
  private readonly underway = new Map<MemberId, Underway>();
  private begun = 0;
  private failed = 0;
  private sent = 0;

  stepped(_: Instant, who: MemberId, event: Event, effects: readonly Effect[]): void {
    if (event.kind === "received" && event.message.kind === "ack" && event.message.seq === this.underway.get(who)) this.underway.set(who, null);
    for (const effect of effects) {
      if (effect.kind !== "send") continue;
      this.sent++;
      // A relay's pings are sent upon a request; one's own when an alarm goes off.
      if (event.kind === "woke" && effect.message.kind === "ping") this.begin(who, effect.message.seq);
    }
  }

  private begin(who: MemberId, seq: SeqNo): void {
    const last = this.underway.get(who);
    if (last !== undefined) this.begun++;
    if (last !== undefined && last !== null) this.failed++;
    this.underway.set(who, seq);
  }

  /** Probes that were over before the end, those of them that failed, and all messages sent. */
  figures(): Figures {
    return { begun: this.begun, failed: this.failed, sent: this.sent };
  }
}
