/** How members take in what happens to them: at once, in turn, later, or never, by what they are at the time. */

import type { Event, Instant } from "../../engine/index.ts";
import type { Fates } from "../measure/fates.ts";
import type { Inbox } from "./inbox.ts";
import type { CatchUp, Late, Parcel } from "./post.ts";
import type { Truth } from "./truth.ts";

/** What reception needs of the world. */
export type House = {
  readonly truth: Truth;
  readonly inbox: Inbox;
  readonly fates: Fates;
  readonly deliver: (parcel: Parcel) => void;
  readonly give: (member: number, event: Event) => void;
};

export class Reception {
  private readonly house: House;

  constructor(house: House) {
    this.house = house;
  }

  arrive(parcel: Parcel, now: Instant): void {
    const { truth, inbox, fates, deliver } = this.house;
    switch (truth.of(parcel.to)) {
      case "running":
      case "leaving": return inbox.isQuick(parcel) ? deliver(parcel) : inbox.take(parcel, now);
      case "paused":
      case "blocked": return inbox.hold(parcel);
      // Where no process is, a datagram is lost, and a stream refused.
      default:        return parcel.kind === "datagram" ? fates.lost("nobody") : undefined;
    }
  }

  /** A stream's message has been read. Whoever stands still meanwhile turns to it later. */
  arriveLate({ parcel, life }: Late): void {
    const { truth, inbox, deliver } = this.house;
    if (inbox.lifeOf(parcel.to) !== life || !truth.isPresent(parcel.to)) return;
    if (this.isAwake(parcel.to)) deliver(parcel);
    else inbox.hold(parcel);
  }

  /** The next of what waits is done with; unless the member stands still again. */
  catchUp(turn: CatchUp, now: Instant): void {
    if (!this.isAwake(turn.member)) return;
    const item = this.house.inbox.next(turn);
    if (item?.kind === "alarm") this.house.give(turn.member, { kind: "woke", now });
    else if (item !== undefined) this.house.deliver(item);
    if (this.isAwake(turn.member)) this.house.inbox.proceed(turn, now);
  }

  /** A member's alarm goes off. Who is paused does not hear it. */
  ring(member: number, now: Instant): void {
    const { truth, inbox, give } = this.house;
    switch (truth.of(member)) {
      case "running":
      case "leaving": return inbox.delays(member, now) ? undefined : give(member, { kind: "woke", now });
      case "blocked": return give(member, { kind: "woke-mute", now });
      default:        return undefined;
    }
  }

  /** Does it go about its business? */
  isAwake(member: number): boolean {
    const existence = this.house.truth.of(member);
    return existence === "running" || existence === "leaving";
  }
}
