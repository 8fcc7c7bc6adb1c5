/** The world: members, the network between them, and time, which jumps from one thing that happens to the next. */

import {
  type Address, after, bytes, type Datagram, type Effect, type Event, type ExchangeId, type Instant, instant, type Member, type MemberId, memberId,
  nextWake, type PushPull, sizeOfMessage, start, type State, step, type View, viewOf, withView,
} from "../../engine/index.ts";
import type { Recorder } from "../../trace/index.ts";
import { Observer } from "../measure/observer.ts";
import type { RunResult } from "../measure/result.ts";
import type { Scenario } from "../scenario/model.ts";
import { Calls } from "./calls.ts";
import { stream } from "./chance.ts";
import { addressOf, numberOf } from "./address.ts";
import { advance, blank, type Fingerprint, fingerprintText, stepHash } from "./fingerprint.ts";
import { Network } from "./network.ts";
import { type Call, type Parcel, Post } from "./post.ts";
import { type Stage, Timeline } from "./timeline.ts";
import { Truth } from "./truth.ts";
import { SharedViews } from "./views.ts";

export class World implements Stage {
  readonly scenario: Scenario;
  readonly ids: readonly MemberId[];
  readonly network: Network;
  readonly truth: Truth;
  readonly observer: Observer;
  private readonly recorder: Recorder;
  private readonly run: number;
  private readonly seed: string;
  private readonly memberSeed: number;
  private readonly addresses: readonly Address[];
  private readonly states: (State | null)[];
  /** How many lives each member has had. */
  private readonly lives: Uint32Array;
  /** What came in for members that stand still. */
  private readonly held = new Map<number, Parcel[]>();
  private readonly calls: Calls;
  private readonly views: SharedViews;
  private readonly timeline: Timeline;
  private readonly post: Post;
  private print: Fingerprint = blank;
  private events = 0;
  private now: Instant = instant(0);

  constructor(scenario: Scenario, run: number, recorder: Recorder = {}) {
    const count = scenario.members.length;
    this.scenario = scenario;
    this.run = run;
    this.recorder = recorder;
    this.seed = `${scenario.seed}/${run}`;
    this.memberSeed = stream(this.seed, "members").word();
    this.ids = scenario.members.map((place) => memberId(place.name));
    this.addresses = scenario.members.map((_, member) => addressOf(member));
    this.states = Array.from({ length: count }, () => null);
    this.lives = new Uint32Array(count);
    this.post = new Post(count);
    this.views = new SharedViews(4 * count + 1024);
    this.network = new Network(scenario, stream(this.seed, "network").word());
    this.calls = new Calls(this.network);
    this.truth = new Truth(this.ids, this.network);
    const numberOf = new Map(this.ids.map((id, member) => [id, member]));
    const views = (who: number): View | null => this.states[who]?.view ?? null;
    this.observer = new Observer({ ids: this.ids, numberOf, truth: this.truth, network: this.network, views, duration: scenario.duration });
    this.timeline = new Timeline(this, this.seed);
  }

  /** Lets everything happen until the scenario's end. To be called once. */
  play(): RunResult {
    this.begin();
    const end = this.scenario.duration;
    while (this.post.nextAt <= end) this.happen();
    this.now = instant(end);
    const { run, seed, events } = this;
    return this.observer.results({ run, seed, traceHash: fingerprintText(this.print), events }, end);
  }

  /** What a member holds, or null if it never ran. The last of a former life if it crashed. */
  stateOf(member: number): State | null {
    return this.states[member] ?? null;
  }

  /** Starts a process. What it knew before is lost, but perhaps its incarnation. */
  startMember(member: number, incarnation?: number, view?: View): void {
    const place = this.scenario.members[member];
    if (place === undefined) throw new RangeError(`no member ${member}`);
    const life = this.lives[member] = (this.lives[member] ?? 0) + 1;
    const state = start({
      config: this.scenario.config,
      id: this.idOf(member),
      address: this.addressFor(member),
      now: this.now,
      seed: this.memberSeed,
      stream: member + (life - 1) * this.scenario.members.length,
      meta: place.meta,
      ...(incarnation === undefined ? {} : { incarnation }),
      ...(view === undefined ? {} : { view }),
    });
    this.recorder.born?.(this.now, this.idOf(member), state);
    this.truth.become(member, "running");
    this.keep(member, state);
    this.observer.started(member, this.now);
  }

  /** Ends a process, without a word. */
  stopMember(member: number, as: "crashed" | "departed"): void {
    this.lives[member] = (this.lives[member] ?? 0) + 1;
    this.truth.become(member, as);
    this.held.delete(member);
    this.observer.stopped(member, this.now);
    this.observer.holds(member, null, this.now);
  }

  /** A process goes on after standing still: its overdue alarm first, then what has piled up, in the order in which it came. */
  resumeMember(member: number): void {
    this.truth.become(member, "running");
    this.post.wake(member, this.now);
    for (const parcel of this.held.get(member) ?? []) this.post.add(this.now, parcel);
    this.held.delete(member);
  }

  /** One event for one member; what it wants done is done. */
  give(member: number, event: Event): void {
    const before = this.states[member];
    if (before === null || before === undefined) throw new RangeError(`member ${member} never ran`);
    const [after, effects] = step(before, event);
    this.events++;
    const state = this.keep(member, after, before);
    this.print = advance(this.print, stepHash(this.now, member, event, effects, state));
    this.recorder.stepped?.(this.now, this.idOf(member), event, effects, state);
    for (const effect of effects) this.carryOut(member, effect, event.kind);
  }

  /** Tells the recorder of a line of the timeline. */
  recordDisruption(kind: string, members: readonly number[]): void {
    this.recorder.disrupted?.(this.now, kind, members.map((member) => this.idOf(member)));
  }

  get clock(): Instant {
    return this.now;
  }

  addressFor(member: number): Address {
    return this.addresses[member] ?? addressOf(member);
  }

  idOf(member: number): MemberId {
    return this.ids[member] ?? memberId("");
  }

  private begin(): void {
    const { members, start: manner, timeline } = this.scenario;
    const present = members.flatMap((place, member) => (place.present ? [member] : []));
    const view = manner === "warm" ? viewOf(present.map((member) => this.recordAtBirth(member))) : undefined;
    for (const member of present) this.startMember(member, undefined, view);
    this.timeline.begin(present);
    timeline.forEach(({ at }, index) => this.post.add(at, { kind: "disruption", index }));
  }

  private recordAtBirth(member: number): Member {
    const { config, members } = this.scenario;
    const meta = members[member]?.meta ?? bytes("");
    return start({ config, id: this.idOf(member), address: this.addressFor(member), now: this.now, seed: 0, meta }).self;
  }

  private happen(): void {
    this.now = this.post.nextAt as Instant;
    this.observer.pass(this.now);
    const next = this.post.next(this.now);
    if (next === null) return;
    if (typeof next === "number") this.ring(next);
    else if (next.kind === "disruption") this.timeline.happen(next.index);
    else this.arrive(next);
  }

  /** A member's alarm goes off. Who stands still does not hear it. */
  private ring(member: number): void {
    if (this.isAwake(member)) this.give(member, { kind: "woke", now: this.now });
  }

  private arrive(parcel: Parcel): void {
    if (this.truth.of(parcel.to) === "paused") return this.hold(parcel);
    if (!this.isAwake(parcel.to)) return;
    const [from, now] = [this.addressFor(parcel.from), this.now];
    switch (parcel.kind) {
      case "datagram": return this.give(parcel.to, { kind: "received", now, from, message: parcel.message });
      case "request":  return this.deliverCall(parcel.to, parcel.call, parcel.message);
      case "answer":   return this.isWhole(parcel.call, parcel.from) ? this.give(parcel.to, { kind: "exchange-answered", now, from, message: parcel.message }) : undefined;
    }
  }

  private hold(parcel: Parcel): void {
    const waiting = this.held.get(parcel.to);
    if (waiting === undefined) this.held.set(parcel.to, [parcel]);
    else waiting.push(parcel);
  }

  private carryOut(member: number, effect: Effect, cause: Event["kind"]): void {
    switch (effect.kind) {
      case "send":     return this.send(member, effect.to, effect.message);
      case "exchange": return this.call(member, effect.with, effect.message);
      case "answer":   return this.answer(effect.exchange, effect.message);
      case "announce":
        this.observer.announced(member, this.idOf(member), effect.change, cause, this.now);
        if (effect.change.kind === "departed") this.timeline.depart(member);
    }
  }

  private send(source: number, to: Address, message: Datagram): void {
    this.observer.sent(message.kind, sizeOfMessage(message));
    const target = this.memberAt(to);
    if (target === undefined) return;
    const { first, second } = this.network.fateOf(source, target, this.now);
    const parcel: Parcel = { kind: "datagram", from: source, to: target, message };
    if (first !== null) this.post.add(first, parcel);
    if (second !== null) this.post.add(second, parcel);
  }

  private call(opener: number, to: Address, message: PushPull): void {
    this.observer.load.opened();
    const target = this.memberAt(to);
    const arrives = target === undefined ? null : this.calls.requestArrivesAt(opener, target, this.now);
    if (target === undefined || arrives === null) return;
    const call: Call = { opener, life: this.lives[opener] ?? 0, openedAt: this.now };
    this.post.add(arrives, { kind: "request", from: opener, to: target, message, call });
  }

  private deliverCall(answerer: number, call: Call, message: PushPull): void {
    // A cut that came in between breaks the stream, and so does an opener that is gone.
    if (!this.isWhole(call, answerer)) return;
    this.observer.sent("push-pull", sizeOfMessage(message));
    const exchange = this.calls.deliver(call, answerer);
    this.give(answerer, { kind: "exchange-opened", now: this.now, from: this.addressFor(call.opener), exchange, message });
    this.calls.hangUp(exchange);
  }

  private answer(exchange: ExchangeId, message: PushPull): void {
    const waiting = this.calls.waitingFor(exchange);
    if (waiting === undefined) return;
    const { call, answerer } = waiting;
    this.observer.sent("push-pull", sizeOfMessage(message));
    const arrives = this.calls.answerArrivesAt(answerer, call.opener, this.now);
    if (arrives !== null) this.post.add(arrives, { kind: "answer", from: answerer, to: call.opener, message, call });
  }

  /** Who listens at an address; undefined if nobody ever did. */
  private memberAt(where: Address): number | undefined {
    const member = numberOf(where);
    return this.addresses[member] === where ? member : undefined;
  }

  private isWhole({ opener, life, openedAt }: Call, answerer: number): boolean {
    return !this.network.separates(opener, answerer) && this.lives[opener] === life && this.now <= after(openedAt, this.scenario.network.streamDeadline);
  }

  private isAwake(member: number): boolean {
    const existence = this.truth.of(member);
    return existence === "running" || existence === "leaving";
  }

  /** Holds a member's new state, sharing its view with whoever has an equal one, and sets its alarm. */
  private keep(member: number, state: State, before?: State): State {
    let kept = state;
    if (before === undefined || state.view !== before.view) {
      const view = this.views.share(state.view);
      if (view !== state.view) kept = withView(state, view);
      this.states[member] = kept;
      if (this.truth.isRunning(member)) this.observer.holds(member, view, this.now);
    } else this.states[member] = kept;
    this.post.wake(member, nextWake(kept));
    return kept;
  }
}
