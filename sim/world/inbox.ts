/**
 * Messages that wait for members, because these stand still (paused or blocked) or are slow. Each member has one queue, handled one message after another, each for a certain time:
 * always for a slow member, and for one that stood still until the backlog is handled (`network.catchUp`). Streams do not queue: each is a socket of its own.
 */

import { after, fold, foldWide, type Instant, type Micros, sizeOfMessage } from "../../engine/index.ts";
import type { Fates } from "../measure/fates.ts";
import type { Latency, Room } from "../scenario/model.ts";
import { keyedDraw } from "./chance.ts";
import { latencyAt } from "./latency.ts";
import type { CatchUp, Parcel, Post } from "./post.ts";

/** How slow a machine is. */
export type Pace = { readonly takes: Latency; readonly alarms: "on-time" | "in-turn" };

/**
 * When the alarms of a member that stood still go off: on time, whatever waits to be read; or in turn, behind the backlog, except the one that was overdue when
 * the member resumed. That one comes first (in-turn), or, every other time, also waits (by-chance): which of two waiting threads runs first is random.
 */
export type Turns = Pace["alarms"] | "by-chance";

/** A datagram, a stream that waits while its member stands still, or an alarm that went off and waits its turn. */
export type Waiting = Parcel | { readonly kind: "alarm" };

export type Terms = {
  readonly post: Post;
  /** How long a member that stood still takes for each datagram; 0 to handle all at once. */
  readonly catchUp: Micros;
  /** Do its alarms wait behind those? */
  readonly catchUpAlarms: Turns;
  readonly buffer: Room | undefined;
  /** Counts each datagram that found no room. */
  readonly fates: Fates;
  readonly seed: number;
};

/** What is drawn for. */
const purposes = { pace: 1, whoIsFirst: 2 } as const;

type Box = { readonly items: Waiting[]; packets: number; bytes: number };

export class Inbox {
  private readonly terms: Terms;
  private seed: number;
  private readonly boxes = new Map<number, Box>();
  private readonly paces = new Map<number, Pace>();
  /** How many things each slow member has handled: the key of the next draw of a time. */
  private readonly handled = new Map<number, number>();
  /** For each member, the number of its current turn of handling what waits; numbers are unique among all members. */
  private readonly turnOf = new Map<number, number>();
  private turns = 0;
  /** Members that have resumed and whose overdue alarm has not gone off yet. */
  private readonly overdue = new Set<number>();
  /** How many processes of each member have ended: a message that one was still reading does not reach the next. */
  private readonly ends = new Map<number, number>();

  constructor(terms: Terms) {
    this.terms = terms;
    this.seed = terms.seed;
  }

  reseed(seed: number): void {
    this.seed = seed;
  }

  /** Does an awake member handle this at once? */
  isQuick(parcel: Parcel): boolean {
    if (this.boxes.size === 0 && this.paces.size === 0) return true;
    return !this.paces.has(parcel.to) && (parcel.kind !== "datagram" || !this.boxes.has(parcel.to));
  }

  /** Something arrives for a member that stands still. */
  hold(parcel: Parcel): void {
    const isDatagram = parcel.kind === "datagram";
    const box = this.boxes.get(parcel.to) ?? { items: [], packets: 0, bytes: 0 };
    const size = isDatagram && this.terms.buffer !== undefined ? sizeOfMessage(parcel.message) : 0;
    if (isDatagram && this.terms.buffer !== undefined && (box.packets + 1 > this.terms.buffer.packets || box.bytes + size > this.terms.buffer.bytes)) {
      return this.terms.fates.lost("overflow");
    }
    box.items.push(parcel);
    if (isDatagram) {
      box.packets++;
      box.bytes += size;
    }
    this.boxes.set(parcel.to, box);
  }

  /** Something arrives for a member that does not handle it at once: a datagram waits its turn, a stream takes its own time. */
  take(parcel: Parcel, now: Instant): void {
    if (parcel.kind !== "datagram") return this.terms.post.add(after(now, this.timeFor(parcel.to)), { kind: "late", parcel, life: this.lifeOf(parcel.to) });
    const isIdle = !this.boxes.has(parcel.to);
    this.hold(parcel);
    if (isIdle) this.begin(parcel.to, now);
  }

  /** An alarm has gone off. Does it have to wait its turn? If so, it is queued. */
  delays(member: number, now: Instant): boolean {
    const box = this.boxes.get(member);
    if (!this.isInTurn(member, box)) return false;
    if (box?.items.some(({ kind }) => kind === "alarm") === true) return true;
    if (box === undefined) this.boxes.set(member, { items: [{ kind: "alarm" }], packets: 0, bytes: 0 });
    else box.items.push({ kind: "alarm" });
    if (box === undefined) this.begin(member, now);
    return true;
  }

  slow(member: number, pace: Pace): void {
    this.paces.set(member, pace);
  }

  hasten(member: number): void {
    this.paces.delete(member);
  }

  /** A member resumes, or is no longer slow: its overdue alarm goes off, and what waits for it is handled one by one, or at once. */
  goOn(member: number, now: Instant): void {
    this.terms.post.wake(member, now);
    if (this.ringsFirst(member, now)) this.overdue.add(member);
    const box = this.boxes.get(member);
    const isAtOnce = this.terms.catchUp === 0 && !this.paces.has(member);
    const [released, waiting] = isAtOnce ? [box?.items ?? [], []] : parted(box?.items ?? []);
    for (const item of released) if (item.kind !== "alarm") this.terms.post.add(now, item);
    if (isAtOnce || waiting.length === 0) this.boxes.delete(member);
    else if (box !== undefined) this.boxes.set(member, { ...box, items: waiting });
    if (!isAtOnce) this.begin(member, now);
  }

  /** The next waiting item; undefined if there is none, or the member has stood still or restarted since this turn began. */
  next({ member, turn }: CatchUp): Waiting | undefined {
    const box = this.boxes.get(member);
    if (this.turnOf.get(member) !== turn || box === undefined) return undefined;
    const item = box.items.shift();
    if (item?.kind === "datagram") {
      box.packets--;
      box.bytes -= this.terms.buffer === undefined ? 0 : sizeOfMessage(item.message);
    }
    if (box.items.length === 0) this.boxes.delete(member);
    return item;
  }

  /** An item has been handled; what arrives before the next one is waits behind it. */
  proceed({ member, turn }: CatchUp, now: Instant): void {
    if (this.turnOf.get(member) === turn) this.schedule(member, turn, now);
  }

  /** The process has ended, and everything that waited for it is gone; returns how many datagrams. */
  forget(member: number): number {
    const waited = this.boxes.get(member)?.packets ?? 0;
    this.boxes.delete(member);
    this.overdue.delete(member);
    this.turnOf.delete(member);
    this.ends.set(member, this.lifeOf(member) + 1);
    return waited;
  }

  /** How many datagrams wait, for all members together. */
  get datagrams(): number {
    return [...this.boxes.values()].reduce((count, { packets }) => count + packets, 0);
  }

  /** A number that differs between a member's processes. */
  lifeOf(member: number): number {
    return this.ends.get(member) ?? 0;
  }

  private ringsFirst(member: number, now: Instant): boolean {
    const { catchUpAlarms } = this.terms;
    return catchUpAlarms === "in-turn" || (catchUpAlarms === "by-chance" && keyedDraw(foldWide(fold(this.seed, member), now), purposes.whoIsFirst) < 0.5);
  }

  /** A slow member's pace says so itself; a member that catches up takes alarms in turn only while something waits. */
  private isInTurn(member: number, box: Box | undefined): boolean {
    const wasOverdue = this.overdue.delete(member);
    const pace = this.paces.get(member);
    if (pace !== undefined) return pace.alarms === "in-turn";
    return this.terms.catchUpAlarms !== "on-time" && box !== undefined && !wasOverdue;
  }

  private begin(member: number, now: Instant): void {
    this.turnOf.set(member, ++this.turns);
    this.schedule(member, this.turns, now);
  }

  private schedule(member: number, turn: number, now: Instant): void {
    if (this.boxes.has(member)) this.terms.post.add(after(now, this.timeFor(member)), { kind: "catch-up", member, turn });
  }

  private timeFor(member: number): Micros {
    const pace = this.paces.get(member);
    if (pace === undefined) return this.terms.catchUp;
    const nth = this.handled.get(member) ?? 0;
    this.handled.set(member, nth + 1);
    return latencyAt(pace.takes, keyedDraw(fold(fold(this.seed, member), nth), purposes.pace));
  }
}

/** Separates streams from what waits its turn. */
const parted = (items: readonly Waiting[]): readonly [streams: readonly Waiting[], queued: Waiting[]] =>
  [items.filter(({ kind }) => kind === "request" || kind === "answer"), items.filter(({ kind }) => kind === "datagram" || kind === "alarm")];
