/**
 * Finds out which of the application's pings an announcement is about. The engine knows each ping by its seq, but announces only its target;
 * it announces `answered` for its probes as well; and of two pings to one member, either may be answered first, or alone.
 */

import type { Change, Event, MemberId, SeqNo } from "../../engine/index.ts";

/** A ping of the application, identified by its event. */
export type AskedPing = Extract<Event, { readonly kind: "asked-to-ping" }>;

export class OwnPings {
  /** In the order in which they were sent, for as long as the engine waits for the answer, even if the caller no longer does. */
  private readonly underWay = new Map<SeqNo, AskedPing>();

  /** The engine took a step with this event; its last seq was `before`, and is now `after`. */
  stepped(event: Event, before: SeqNo, after: SeqNo): void {
    // A ping that the engine refuses, because it has too many errands, uses no seq.
    if (event.kind === "asked-to-ping" && after !== before) this.underWay.set(after, event);
  }

  /** The application's ping that ended with this announcement, which `event` caused; null if there is none. */
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

  /** The oldest ping to this member: all wait equally long, so it is the first to be given up. */
  private firstTo(target: MemberId): SeqNo | undefined {
    for (const [seq, ping] of this.underWay) if (ping.target === target) return seq;
    return undefined;
  }
}
