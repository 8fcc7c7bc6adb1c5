/** How members receive what happens to them, depending on their current state: at once, in turn, later, or never. */

import type { Event, Instant } from "../../engine/index.ts";
import type { Fates } from "../measure/fates.ts";
import type { Inbox } from "./inbox.ts";
import type { CatchUp, Late, Parcel } from "./post.ts";
import type { Truth } from "./truth.ts";

/** The parts of the world that reception uses. */
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
      // Where no process runs, a datagram is lost, and a stream refused.
      default:        return parcel.kind === "datagram" ? fates.lost("nobody") : undefined;
    }
  }

  /** A stream's message has been read. If the member stands still by now, the message waits. */
  arriveLate({ parcel, life }: Late): void {
    const { truth, inbox, deliver } = this.house;
    if (inbox.lifeOf(parcel.to) !== life || !truth.isPresent(parcel.to)) return;
    if (this.isAwake(parcel.to)) deliver(parcel);
    else inbox.hold(parcel);
  }

  /** The next waiting item has been handled, unless the member stands still again. */
  catchUp(turn: CatchUp, now: Instant): void {
    if (!this.isAwake(turn.member)) return;
    const item = this.house.inbox.next(turn);
    if (item?.kind === "alarm") this.house.give(turn.member, { kind: "woke", now });
    else if (item !== undefined) this.house.deliver(item);
    if (this.isAwake(turn.member)) this.house.inbox.proceed(turn, now);
  }

  /** A member's alarm goes off. A paused member does not notice. */
  ring(member: number, now: Instant): void {
    const { truth, inbox, give } = this.house;
    switch (truth.of(member)) {
      case "running":
      case "leaving": return inbox.delays(member, now) ? undefined : give(member, { kind: "woke", now });
      case "blocked": return give(member, { kind: "woke-mute", now });
      default:        return undefined;
    }
  }

  /** Does it run normally, neither paused nor blocked? */
  isAwake(member: number): boolean {
    const existence = this.house.truth.of(member);
    return existence === "running" || existence === "leaving";
  }
}
