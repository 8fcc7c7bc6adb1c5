/** What is going to happen in the world: parcels under way, alarms that are set, lines of the timeline; each at its time. */

import type { Answer, Datagram, Instant, Request } from "../../engine/index.ts";
import { Queue } from "./queue.ts";

/** A stream: the member that opened it, the life (`turn`) in which it did, and when. */
export type Call = { readonly opener: number; readonly turn: number; readonly openedAt: Instant };

/** Something under way from one member to another. */
export type Parcel =
  | { readonly kind: "datagram"; readonly from: number; readonly to: number; readonly message: Datagram }
  | { readonly kind: "request"; readonly from: number; readonly to: number; readonly message: Request; readonly call: Call }
  | { readonly kind: "answer"; readonly from: number; readonly to: number; readonly message: Answer; readonly call: Call };

/** What happens next. */
export type Happening = Parcel | { readonly kind: "disruption"; readonly index: number } | Turn | CatchUp | Late;

/** A later step of a line of the timeline: `step` counts from 0. */
export type Turn = { readonly kind: "turn"; readonly index: number; readonly step: number };

/** A slow member has read a stream's message. `life` differs between its processes. */
export type Late = { readonly kind: "late"; readonly parcel: Parcel; readonly life: number };

/** A slow member, or one that stood still, has handled the next of what waits. `turn` differs each time it begins to work off what waits. */
export type CatchUp = { readonly kind: "catch-up"; readonly member: number; readonly turn: number };

/** Takes the place of a parcel to an address where nobody listens any more. */
const lost = { kind: "lost" } as const;

/** Offsets of a member's two moments in `alarms`. */
const SET = 0;
const WANTED = 1;

/** In the queue, alarms are the complement of the member's number, everything else is the slot where it waits. */
export class Post {
  private readonly queue = new Queue();
  private readonly waiting: (Happening | typeof lost | null)[] = [];
  private readonly freeSlots: number[] = [];
  /**
   * For each member, when its valid alarm in the queue goes off, and when it wants to be woken; Infinity for never. Side by side, because every step reads both,
   * and in a large group neither is in a cache.
   */
  private readonly alarms: Float64Array;

  constructor(members: number) {
    this.alarms = new Float64Array(2 * members).fill(Infinity);
  }

  /** When the next thing happens; Infinity if nothing will. */
  get nextAt(): number {
    return wholeOf(this.queue.firstAt);
  }

  /** Schedules something for its time. */
  add(at: Instant, happening: Happening): void {
    const slot = this.freeSlots.pop() ?? this.waiting.length;
    this.waiting[slot] = happening;
    this.queue.push(at, slot);
  }

  /** How many datagrams are under way. */
  get datagrams(): number {
    return this.waiting.reduce((count, happening) => count + (happening?.kind === "datagram" ? 1 : 0), 0);
  }

  /** A member has moved: what is under way to its old address is lost; returns how many datagrams. Scans everything that waits: members seldom move. */
  loseAllTo(member: number): number {
    const before = this.datagrams;
    this.waiting.forEach((happening, slot) => {
      if (happening !== null && "to" in happening && happening.to === member) this.waiting[slot] = lost;
    });
    return before - this.datagrams;
  }

  /**
   * A member wants to be woken at `at`. An earlier alarm stays in the queue: when it goes off, nobody is woken, and the alarm is set again.
   * That is cheaper than searching the queue, and the outcome is the same.
   */
  wake(member: number, at: Instant): void {
    const { alarms } = this;
    alarms[2 * member + WANTED] = at;
    if (at >= alarms[2 * member + SET]!) return;
    alarms[2 * member + SET] = at;
    this.queue.push(at, ~member);
  }

  /** The next thing: what happens, or the number of the member to be woken, or null for an entry that is no longer valid. */
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
 * Converts a moment from a table of doubles to the form that JavaScript engines use for small whole numbers, which needs no heap object. Each
 * event holds the moment, and what a member remembers is derived from it.
 */
const wholeOf = (moment: number): number => (moment === (moment | 0) ? moment | 0 : moment);
