/** Watches a run, and reports what happened in the terms of diagrams: messages from end to end, probes, announcements, and whether they are true. */

import { type Address, type Change, type Effect, type Event, type Instant, type MemberId, type Message, ORIGIN, rosterOf, sameDigest, type State } from "../../engine/index.ts";
import { contentsOf, keyOf, Pending } from "../post.ts";
import type { Recorder } from "../recorder.ts";
import type { Rift } from "../schema.ts";
import { type Existence, Truth } from "./truth.ts";

/** A message, once it is sent; `arrivedAt` is null until it comes in, which may be never. */
export type Sent = { readonly id: number; readonly source: number; readonly target: number; readonly kind: string; readonly at: Instant; arrivedAt: Instant | null };

/** How a probe ended; `cut short` if the probing member ended. */
export type Outcome = "answered" | "failed" | "cut short";
export type Probing = { readonly who: number; readonly target: MemberId; readonly from: Instant; readonly until: Instant; readonly outcome: Outcome };

/**
 * Is a member that is suspected or declared dead really gone at that moment? `right`: it does not run. `false`: it runs, within reach. `parted`: it runs, but a scripted fault separates
 * it from the announcer. `unknown`: the truth was not recorded.
 */
export type Verdict = "right" | "false" | "parted" | "unknown";

/** The callbacks of a witness. Members have numbers, in the order of their first births. */
export type Teller = {
  readonly born?: (who: number, name: MemberId, at: Instant) => void;
  readonly became?: (who: number, existence: Existence, at: Instant) => void;
  readonly disrupted?: (action: string, members: readonly MemberId[], at: Instant) => void;
  readonly stepped?: (who: number, event: Event, effects: readonly Effect[], at: Instant) => void;
  readonly sent?: (message: Sent) => void;
  readonly arrived?: (message: Sent) => void;
  readonly probed?: (probing: Probing) => void;
  readonly announced?: (who: number, change: Change, verdict: Verdict, at: Instant) => void;
  /** Called when the share has changed, at most once for each instant. */
  readonly agreed?: (agreeing: number, running: number, at: Instant) => void;
};

/** `isOver`: its probe, if any, has been reported. */
type Member = { readonly id: MemberId; state: State; agrees: boolean; isOver: boolean };

export class Witness implements Recorder {
  private readonly teller: Teller;
  private readonly hasTruth: boolean;
  private readonly truth = new Truth();
  private readonly members: Member[] = [];
  private readonly numbers = new Map<MemberId, number>();
  private readonly at = new Map<Address, number>();
  private readonly pending = new Pending();
  private readonly underWay = new Map<number, Sent>();
  /** The member that opened an exchange, by the member that was asked and the exchange's id. */
  private readonly askers = new Map<string, number>();
  private sent = 0;
  private now: Instant = ORIGIN;
  private told = "";
  /** Has nothing changed since agreement was reported? */
  private isSettled = true;

  /** `hasTruth`: do the lines say which members really run? Recordings of real members do not. */
  constructor(teller: Teller, hasTruth = true) {
    this.teller = teller;
    this.hasTruth = hasTruth;
  }

  born(at: Instant, id: MemberId, state: State): void {
    this.pass(at);
    let who = this.numbers.get(id);
    if (who === undefined) this.numbers.set(id, (who = this.members.push({ id, state, agrees: false, isOver: true }) - 1));
    const member = this.members[who];
    if (member !== undefined) this.end(who, member, at);
    this.at.set(state.self.address, who);
    if (member !== undefined) [member.state, member.isOver] = [state, false];
    this.truth.become(id, "running");
    this.teller.born?.(who, id, at);
    this.judgeAll();
  }

  disrupted(at: Instant, action: string, members: readonly MemberId[], rift?: Rift): void {
    this.pass(at);
    const existence = this.truth.struck(action, members, rift);
    this.teller.disrupted?.(action, members, at);
    for (const id of members) {
      const who = this.numbers.get(id);
      const member = who === undefined ? undefined : this.members[who];
      if (existence === null || who === undefined || member === undefined) continue;
      if (existence === "crashed") this.end(who, member, at);
      this.teller.became?.(who, existence, at);
    }
    this.judgeAll();
  }

  stepped(at: Instant, id: MemberId, event: Event, effects: readonly Effect[], state: State): void {
    this.pass(at);
    const who = this.numbers.get(id);
    const member = who === undefined ? undefined : this.members[who];
    if (who === undefined || member === undefined) return;
    const before = member.state;
    member.state = state;
    this.teller.stepped?.(who, event, effects, at);
    if ("message" in event) this.receive(who, event);
    for (const effect of effects) this.take(who, id, effect, at);
    this.watchProbe(who, before, state, at);
    if (before.view !== state.view) this.judge(member);
  }

  /** The run is over: what is still open ends here. Returns the messages that have not come in. */
  finish(): readonly Sent[] {
    this.members.forEach((member, who) => this.end(who, member, this.now));
    this.tellAgreement();
    return [...this.underWay.values()];
  }

  /** The name of a member. */
  nameOf(who: number): MemberId {
    return this.members[who]?.id ?? ("" as MemberId);
  }

  /** The name of the member that listens at an address. */
  readonly names = (address: Address): string => {
    const who = this.at.get(address);
    return who === undefined ? address : this.nameOf(who);
  };

  private pass(at: Instant): void {
    if (at > this.now) this.tellAgreement();
    this.now = at;
  }

  private tellAgreement(): void {
    if (this.isSettled || this.teller.agreed === undefined) return;
    const running = this.members.filter(({ id }) => this.truth.isRunning(id));
    const agreeing = running.filter(({ agrees }) => agrees).length;
    this.isSettled = true;
    const share = `${agreeing}/${running.length}`;
    if (share === this.told) return;
    this.told = share;
    this.teller.agreed(agreeing, running.length, this.now);
  }

  private judgeAll(): void {
    if (!this.hasTruth || this.teller.agreed === undefined) return;
    this.isSettled = false;
    for (const member of this.members) this.judge(member);
  }

  private judge(member: Member): void {
    if (!this.hasTruth || this.teller.agreed === undefined) return;
    const roster = this.truth.rosterFor(member.id);
    const agrees = roster !== undefined && sameDigest(rosterOf(member.state.view), roster);
    if (agrees === member.agrees) return;
    member.agrees = agrees;
    this.isSettled = false;
  }

  private receive(who: number, event: Extract<Event, { readonly message: unknown }>): void {
    const source = this.at.get(event.from);
    if (source === undefined) return;
    if (event.kind === "exchange-opened") this.askers.set(`${who} ${event.exchange}`, source);
    const kind = wordOf(event.message, event.kind !== "received");
    const id = this.pending.received(keyOf(source, who, kind, contentsOf(event.message)));
    const message = this.underWay.get(id);
    if (message === undefined) return;
    this.underWay.delete(id);
    message.arrivedAt = event.now;
    this.teller.arrived?.(message);
  }

  private take(who: number, id: MemberId, effect: Effect, at: Instant): void {
    switch (effect.kind) {
      case "send":     return this.send(who, this.at.get(effect.to), effect.message, false, at);
      case "exchange": return this.send(who, this.at.get(effect.with), effect.message, true, at);
      case "answer": {
        const key = `${who} ${effect.exchange}`;
        const asker = this.askers.get(key);
        this.askers.delete(key);
        return this.send(who, asker, effect.message, true, at);
      }
      case "announce": {
        const { change } = effect;
        if (change.kind === "departed") {
          this.truth.become(id, "departed");
          this.teller.became?.(who, "departed", at);
          this.judgeAll();
        }
        this.teller.announced?.(who, change, this.verdictOf(id, change), at);
      }
    }
  }

  private verdictOf(who: MemberId, change: Change): Verdict {
    if (!this.hasTruth || !("member" in change)) return "unknown";
    if (!this.truth.isRunning(change.member.id)) return "right";
    return this.truth.separates(who, change.member.id) ? "parted" : "false";
  }

  private send(source: number, target: number | undefined, message: Message, isStreamed: boolean, at: Instant): void {
    if (target === undefined) return;
    const kind = wordOf(message, isStreamed);
    const sent: Sent = { id: this.sent++, source, target, kind, at, arrivedAt: null };
    this.pending.sent(keyOf(source, target, kind, contentsOf(message)), sent.id, at);
    this.underWay.set(sent.id, sent);
    this.teller.sent?.(sent);
  }

  private watchProbe(who: number, before: State, state: State, at: Instant): void {
    const attempt = before.probe.attempt;
    if (attempt === null || attempt.seq === state.probe.attempt?.seq) return;
    const outcome = at >= attempt.failsAt ? "failed" : "answered";
    this.teller.probed?.({ who, target: attempt.target, from: attempt.startedAt, until: at, outcome });
  }

  private end(who: number, member: Member, at: Instant): void {
    const attempt = member.isOver ? null : member.state.probe.attempt;
    member.isOver = true;
    if (attempt !== null && at > attempt.startedAt) this.teller.probed?.({ who, target: attempt.target, from: attempt.startedAt, until: at, outcome: "cut short" });
  }
}

/** The kind of a message; pings and acks on streams are distinguished from those in datagrams. */
const wordOf = (message: Message, isStreamed: boolean): string => (isStreamed && (message.kind === "ping" || message.kind === "ack") ? `stream ${message.kind}` : message.kind);
