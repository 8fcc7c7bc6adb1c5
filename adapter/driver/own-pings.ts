/**
 * Which of the application's pings an announcement is about. The engine knows each by the seq under which it was sent, and announces only whom it was for;
 * `answered` is announced of its probes as well, and of two pings to one member either may be answered first, or alone.
 */

import type { Change, Event, MemberId, SeqNo } from "../../engine/index.ts";

/** What the application asked for: the event itself stands for the ping. */
export type AskedPing = Extract<Event, { readonly kind: "asked-to-ping" }>;

export class OwnPings {
  /** In the order in which they were sent, for as long as the engine waits for the answer, whoever else does. */
  private readonly underWay = new Map<SeqNo, AskedPing>();

  /** A step was taken at this event, and the engine's last seq was `before` and is now `after`. */
  stepped(event: Event, before: SeqNo, after: SeqNo): void {
    // One that the engine refuses, having too many errands, takes no seq.
    if (event.kind === "asked-to-ping" && after !== before) this.underWay.set(after, event);
  }

  /** The ping that ended with this announcement, made at this event; null if it was none of the application's. */
  ended(change: Change, event: Event): AskedPing | null {
    if (change.kind === "answered") return event.kind === "received" && event.message.kind === "ack" ? this.taken(event.message.seq) : null;
    if (change.kind !== "unanswered") return null;
    return event.kind === "asked-to-ping" ? event : this.taken(this.firstTo(change.target));
  }

  private taken(seq: SeqNo | undefined): AskedPing | null {
    const ping = seq === undefined ? undefined : this.underWay.get(seq);
    if (seq === undefined || ping === undefined) return null;
    this.underWay.delete(seq);
    return ping;
  }

  /** Each is waited for equally long, so whoever was asked first is given up first. */
  private firstTo(target: MemberId): SeqNo | undefined {
    for (const [seq, ping] of this.underWay) if (ping.target === target) return seq;
    return undefined;
  }
}
