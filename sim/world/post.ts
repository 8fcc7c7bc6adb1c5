/** What is going to happen in the world: parcels under way, alarms set, lines of the timeline; each at its time. */

import type { Answer, Datagram, Instant, Request } from "../../engine/index.ts";
import { Queue } from "./queue.ts";

/** A stream that a member opened, in which of its lives (a turn tells them apart), and when. */
export type Call = { readonly opener: number; readonly turn: number; readonly openedAt: Instant };

/** Something under way from one member to another. */
export type Parcel =
  | { readonly kind: "datagram"; readonly from: number; readonly to: number; readonly message: Datagram }
  | { readonly kind: "request"; readonly from: number; readonly to: number; readonly message: Request; readonly call: Call }
  | { readonly kind: "answer"; readonly from: number; readonly to: number; readonly message: Answer; readonly call: Call };

/** What happens next. */
export type Happening = Parcel | { readonly kind: "disruption"; readonly index: number } | Turn | CatchUp | Late;

/** What a line of the timeline does by and by: its how-many-th step, from 0. */
export type Turn = { readonly kind: "turn"; readonly index: number; readonly step: number };

/** A member that takes its time has read a stream's message. `life` tells its processes apart. */
export type Late = { readonly kind: "late"; readonly parcel: Parcel; readonly life: number };

/** A member that stood still, or takes its time, has handled the next of what waits. `turn` tells apart the times it began to. */
export type CatchUp = { readonly kind: "catch-up"; readonly member: number; readonly turn: number };

/** What is left of a parcel to where nobody listens any more. */
const lost = { kind: "lost" } as const;

/** Which of a member's two moments is which. */
const SET = 0;
const WANTED = 1;

/** Alarms are written in the queue as the complement of the member's number, everything else as the slot where it waits. */
export class Post {
  private readonly queue = new Queue();
  private readonly waiting: (Happening | typeof lost | null)[] = [];
  private readonly freeSlots: number[] = [];
  /**
   * For each member when the alarm in the queue goes off that counts, and when it wants to be woken; Infinity for never. Side by side, because both are looked
   * at for every step, and in a large group neither is in a cache.
   */
  private readonly alarms: Float64Array;

  constructor(members: number) {
    this.alarms = new Float64Array(2 * members).fill(Infinity);
  }

  /** When the next thing happens; Infinity if nothing will. */
  get nextAt(): number {
    return wholeOf(this.queue.firstAt);
  }

  /** Lets something happen at its time. */
  add(at: Instant, happening: Happening): void {
    const slot = this.freeSlots.pop() ?? this.waiting.length;
    this.waiting[slot] = happening;
    this.queue.push(at, slot);
  }

  /** How many datagrams are under way. */
  get datagrams(): number {
    return this.waiting.reduce((count, happening) => count + (happening?.kind === "datagram" ? 1 : 0), 0);
  }

  /** A member listens elsewhere now: what is under way to it arrives nowhere; answers how many datagrams. Looks at everything that waits: members seldom move. */
  loseAllTo(member: number): number {
    const before = this.datagrams;
    this.waiting.forEach((happening, slot) => {
      if (happening !== null && "to" in happening && happening.to === member) this.waiting[slot] = lost;
    });
    return before - this.datagrams;
  }

  /**
   * A member wants to be woken at `at`. An alarm that would go off earlier stays: when it does, nobody is woken, and it is set anew.
   * That is cheaper than to look for it in the queue, and the outcome is the same.
   */
  wake(member: number, at: Instant): void {
    const { alarms } = this;
    alarms[2 * member + WANTED] = at;
    if (at >= alarms[2 * member + SET]!) return;
    alarms[2 * member + SET] = at;
    this.queue.push(at, ~member);
  }

  /** The next thing: what happens, or the number of the member to be woken, or null for what no longer counts. */
  next(now: Instant): Happening | number | null {
    const what = this.queue.pop();
    if (what >= 0) return this.take(what);
    const member = ~what;
    const { alarms } = this;
    if (alarms[2 * member + SET] !== now) return null;
    alarms[2 * member + SET] = Infinity;
    const wanted = alarms[2 * member + WANTED]! as Instant;
    if (wanted <= now) return member;
    this.wake(member, wanted);
    return null;
  }

  private take(slot: number): Happening | null {
    const happening = this.waiting[slot];
    if (happening === null || happening === undefined) throw new RangeError(`nothing waits in slot ${slot}`);
    this.waiting[slot] = null;
    this.freeSlots.push(slot);
    return happening.kind === "lost" ? null : happening;
  }
}

/**
 * A moment out of a table of fractions, as JavaScript engines hold whole numbers that are not large: in place, where every other number is a box of its own. Each
 * event has the moment in it, and what a member remembers is made of it.
 */
const wholeOf = (moment: number): number => (moment === (moment | 0) ? moment | 0 : moment);
