/** Spread: when each member hears of one piece of news, a new meta of one of them. */

import type { Bytes, Effect, Event, Instant, MemberId } from "../../../../engine/index.ts";
import type { Recorder } from "../../../index.ts";

export class Spread implements Recorder {
  private readonly meta: Bytes;
  private readonly members: number;
  private readonly knowing = new Set<MemberId>();
  /** In ascending order, in microseconds since the origin. */
  private readonly moments: number[] = [];

  /** Watches for this meta among this many members, its owner included. */
  constructor(meta: Bytes, members: number) {
    this.meta = meta;
    this.members = members;
  }

  stepped(at: Instant, who: MemberId, event: Event, effects: readonly Effect[]): void {
    if (event.kind === "asked-to-update") this.hears(who, at);
    for (const effect of effects) {
      if (effect.kind === "announce" && effect.change.kind === "updated" && effect.change.member.meta === this.meta) this.hears(who, at);
    }
  }

  private hears(who: MemberId, at: Instant): void {
    if (this.knowing.has(who)) return;
    this.knowing.add(who);
    this.moments.push(at);
  }

  /** Microseconds from the first member that knew until this share of all did; null if this share never did. */
  reached(share: number): number | null {
    const last = this.moments[Math.ceil(share * this.members - 1e-9) - 1];
    return last === undefined ? null : last - (this.moments[0] ?? 0);
  }

  /** How many knew, this many microseconds after the first did. */
  knewAfter(wait: number): number {
    const first = this.moments[0] ?? 0;
    return this.moments.filter((moment) => moment - first <= wait).length;
  }
}
