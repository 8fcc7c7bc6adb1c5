/** What members believe about each other, by their announcements: who is suspected or held dead, by whom, and since when. */

import type { Change, Instant, MemberId } from "../../engine/index.ts";

/** How a suspicion ended. */
export type Ending = "cleared" | "declared dead" | "left" | "still open";

type Belief = { readonly about: MemberId; readonly since: Instant; readonly status: "suspect" | "dead" };

/** Called for each suspicion when it is over. */
export type Over = (who: number, about: MemberId, since: Instant, until: Instant, ending: Ending) => void;

export class Beliefs {
  /** The number of beliefs of each kind, of all members about all members. */
  suspected = 0;
  dead = 0;
  private readonly over: Over;
  private readonly held = new Map<number, Map<MemberId, Belief>>();
  private seen = "";

  constructor(over: Over) {
    this.over = over;
  }

  announced(who: number, change: Change, at: Instant): void {
    if (!("member" in change)) return;
    const { id } = change.member;
    switch (change.kind) {
      case "suspected": return this.hold(who, { about: id, since: at, status: "suspect" });
      case "failed":
        this.drop(who, id, at, "declared dead");
        return this.hold(who, { about: id, since: at, status: "dead" });
      case "left":      return this.drop(who, id, at, "left");
      case "cleared":
      case "joined":
      case "forgotten": return this.drop(who, id, at, "cleared");
    }
  }

  /** A member has ended, and its beliefs with it. */
  forget(who: number, at: Instant): void {
    for (const about of [...(this.held.get(who)?.keys() ?? [])]) this.drop(who, about, at, "still open");
  }

  /** The run is over. */
  end(at: Instant): void {
    for (const who of [...this.held.keys()]) this.forget(who, at);
  }

  /** Have the numbers changed since the last call? */
  hasChanged(): boolean {
    const now = `${this.suspected} ${this.dead}`;
    if (now === this.seen) return false;
    this.seen = now;
    return true;
  }

  private hold(who: number, belief: Belief): void {
    const held = this.held.get(who) ?? new Map<MemberId, Belief>();
    this.held.set(who, held);
    if (held.has(belief.about)) return;
    held.set(belief.about, belief);
    this.count(belief, 1);
  }

  private drop(who: number, about: MemberId, at: Instant, ending: Ending): void {
    const belief = this.held.get(who)?.get(about);
    if (belief === undefined) return;
    this.held.get(who)?.delete(about);
    this.count(belief, -1);
    if (belief.status === "suspect") this.over(who, about, belief.since, at, ending);
  }

  private count({ status }: Belief, by: 1 | -1): void {
    if (status === "suspect") this.suspected += by;
    else this.dead += by;
  }
}
