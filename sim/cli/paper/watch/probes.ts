/** Probes: how many were started, and how many were never answered, judged only by messages sent and received. */

import type { Effect, Event, Instant, MemberId, SeqNo } from "../../../../engine/index.ts";
import type { Recorder } from "../../../index.ts";
import type { Figures } from "../model/experiment.ts";

/** The seq of a probe under way; null once it was answered. */
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
      // A relay's pings are sent when a request arrives; a member's own when an alarm goes off.
      if (event.kind === "woke" && effect.message.kind === "ping") this.begin(who, effect.message.seq);
    }
  }

  private begin(who: MemberId, seq: SeqNo): void {
    const last = this.underway.get(who);
    if (last !== undefined) this.begun++;
    if (last !== undefined && last !== null) this.failed++;
    this.underway.set(who, seq);
  }

  /** Probes that were over before the end, how many of them failed, and all messages sent. */
  figures(): Figures {
    return { begun: this.begun, failed: this.failed, sent: this.sent };
  }
}
