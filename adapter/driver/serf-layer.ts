/** Drives Serf's layer of one member, as the README of `engine/serf` describes. */

import {
  nextSerfWake, NEVER, serfStep, startSerf,
  type Bytes, type Change, type Instant, type MemberId, type Event, type SerfBirth, type SerfInput, type SerfNews, type SerfState, type SerfStatus,
} from "../../engine/index.ts";

/** What acks and exchanges of views carry. */
type Attached = { readonly toAcks: Bytes; readonly toViews: Bytes };

export class SerfLayer {
  state: SerfState;
  /** Serf's status of each member that it announced: it tells left members from failed ones better than the engine does. */
  private readonly statuses = new Map<MemberId, SerfStatus>();
  private readonly happen: (event: Event) => void;
  private readonly attached: () => Attached;
  /** What this layer attached last. The engine may not have processed that yet. */
  private ours: Partial<Attached> = {};

  /** `happen` queues an event for the engine; `attached` returns what the engine attaches now: this layer leaves to the application what it does not attach itself. */
  constructor(birth: SerfBirth, happen: (event: Event) => void, attached: () => Attached) {
    this.state = startSerf(birth);
    this.happen = happen;
    this.attached = attached;
  }

  /** Returns the announcements for the application. Events for the engine are queued. */
  tell(input: SerfInput): readonly SerfNews[] {
    const [state, outputs] = serfStep(this.state, input);
    this.state = state;
    const { now } = input;
    const before = this.ours;
    const news = outputs.flatMap((output) => {
      switch (output.kind) {
        case "broadcast":
          this.happen({ kind: "asked-to-broadcast", now, payload: output.payload, key: "", priority: output.priority });
          return [];
        case "attach":
          this.ours = { ...this.ours, toViews: output.userState };
          return [];
        case "attach-to-acks":
          this.ours = { ...this.ours, toAcks: output.payload };
          return [];
        case "send":
          this.happen({ kind: "asked-to-send", now, to: output.to, payload: output.payload, over: "datagram" });
          return [];
        case "leave":
          this.happen({ kind: "asked-to-leave", now });
          return [];
        case "announce":
          this.note(output.news);
          return [output.news];
      }
    });
    if (this.ours !== before) {
      const { toAcks, toViews } = { ...this.attached(), ...this.ours };
      this.happen({ kind: "asked-to-attach", now, toAcks, toViews });
    }
    return news;
  }

  announced(change: Change, now: Instant): readonly SerfNews[] {
    return this.tell({ kind: "announced", now, change });
  }

  wake(now: Instant): readonly SerfNews[] {
    return nextSerfWake(this.state) <= now ? this.tell({ kind: "woke", now }) : [];
  }

  statusOf(name: MemberId): SerfStatus | undefined {
    return this.statuses.get(name);
  }

  private note(news: SerfNews): void {
    if (news.kind !== "status") return;
    if (news.is === "none") this.statuses.delete(news.member.id);
    else this.statuses.set(news.member.id, news.is);
  }
}

/** When this layer wants to be woken; NEVER if there is none. */
export const wakeOf = (layer: SerfLayer | null): Instant => (layer === null ? NEVER : nextSerfWake(layer.state));
