/** How members work off what piled up while they stood still: all at once, or one datagram after another, each taking so long. */

import { after, type Instant, type Micros } from "../../engine/index.ts";
import type { CatchUp, Parcel, Post } from "./post.ts";
import type { Standstill } from "./standstill.ts";

export class Arrears {
  private readonly standstill: Standstill;
  private readonly post: Post;
  /** How long a member takes over each datagram; nothing for all at once. */
  private readonly each: Micros;
  /** Which time it is, of all times that anybody caught up, that a member catches up. */
  private readonly turnOf = new Map<number, number>();
  private turns = 0;

  constructor({ standstill, post, each }: { readonly standstill: Standstill; readonly post: Post; readonly each: Micros }) {
    this.standstill = standstill;
    this.post = post;
    this.each = each;
  }

  /** A member goes on. Streams are heard at once in any case: each is a socket of its own, which waits for no other. */
  begin(member: number, now: Instant): void {
    const atOnce = this.each > 0 ? this.standstill.releaseStreams(member) : this.standstill.release(member);
    for (const parcel of atOnce) this.post.add(now, parcel);
    if (this.each === 0) return;
    this.turnOf.set(member, ++this.turns);
    this.schedule(member, now);
  }

  /** The next datagram that piled up; undefined if there is none, or the member has stood still again or begun anew since. */
  next({ member, turn }: CatchUp): Parcel | undefined {
    return this.turnOf.get(member) === turn ? this.standstill.next(member) : undefined;
  }

  /** That one is done with; until the next is, those that come in wait behind it. */
  goOn({ member, turn }: CatchUp, now: Instant): void {
    if (this.turnOf.get(member) === turn) this.schedule(member, now);
  }

  private schedule(member: number, now: Instant): void {
    const turn = this.turnOf.get(member) ?? 0;
    if (this.standstill.isBehind(member)) this.post.add(after(now, this.each), { kind: "catch-up", member, turn });
  }
}
