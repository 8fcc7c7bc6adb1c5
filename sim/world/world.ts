/** The world: members, the network between them, and time, which jumps from one event to the next. */

import {
  type Address, type Change, type Effect, type Event, type Instant, instant, type MemberId, memberId, nextMuteWake, nextWake, rngFrom, type State, step, type View,
  viewOf, withView,
} from "../../engine/index.ts";
import type { Rift, Recorder } from "../../trace/index.ts";
import { Observer } from "../measure/observer.ts";
import type { RunResult } from "../measure/result.ts";
import type { Action, ClockChange, Scenario } from "../scenario/model.ts";
import { Births, type Rebirth } from "./birth.ts";
import { Calls } from "./calls.ts";
import { withChurn } from "./churn.ts";
import { Clocks } from "./clock.ts";
import { stream } from "./chance.ts";
import { Datagrams } from "./datagrams.ts";
import { Fingerprint, stepHash } from "./fingerprint.ts";
import { Inbox, type Pace } from "./inbox.ts";
import { Network } from "./network.ts";
import { type Parcel, Post } from "./post.ts";
import { Reception } from "./reception.ts";
import type { Stage } from "./stage.ts";
import { Standstill } from "./standstill.ts";
import { Timeline } from "./timeline.ts";
import { Truth } from "./truth.ts";
import { SharedViews } from "./views.ts";

/** One run, which can be inspected and disrupted (`disrupt`) while it goes on. The methods from `startMember` to `recordDisruption` are only for the timeline: calling them directly is not measured. */
export class World implements Stage {
  readonly scenario: Scenario;
  readonly ids: readonly MemberId[];
  readonly network: Network;
  readonly truth: Truth;
  readonly observer: Observer;
  private readonly recorder: Recorder;
  private readonly rule: typeof step;
  private readonly run: number;
  private readonly seed: string;
  private readonly states: (State | null)[];
  private readonly births: Births;
  /** For each member, when its state wants to be woken. */
  private readonly wakesAt: Float64Array;
  private readonly standstill = new Standstill();
  private readonly inbox: Inbox;
  private readonly reception: Reception;
  private readonly clocks: Clocks;
  private readonly calls: Calls;
  private readonly datagrams: Datagrams;
  private readonly views: SharedViews;
  private readonly timeline: Timeline;
  private readonly post: Post;
  private readonly print = new Fingerprint();
  private events = 0;
  private hasBegun = false;
  private now: Instant = instant(0);

  /** `rule` takes the members' steps: the engine, except in tests of the oracles. */
  constructor(written: Scenario, run: number, recorder: Recorder = {}, rule: typeof step = step) {
    this.seed = `${written.seed}/${run}`;
    const scenario = withChurn(written, this.seed);
    const count = scenario.members.length;
    this.scenario = scenario;
    this.run = run;
    this.recorder = recorder;
    this.rule = rule;
    this.ids = scenario.members.map((place) => memberId(place.name));
    this.states = Array.from({ length: count }, () => null);
    this.births = new Births(scenario, this.ids, stream(this.seed, "members").word());
    this.post = new Post(count);
    this.wakesAt = new Float64Array(count);
    this.views = new SharedViews(count);
    this.network = new Network(scenario, stream(this.seed, "network").word());
    this.truth = new Truth(this.ids, this.network);
    const views = (who: number): View | null => this.states[who]?.view ?? null;
    this.observer = new Observer({ ids: this.ids, numberOf: new Map(this.ids.map((id, member) => [id, member])), truth: this.truth, network: this.network, views, duration: scenario.duration });
    const { network, births, post, observer } = this;
    const { catchUp, catchUpAlarms = "on-time", receiveBuffer: buffer, streamDeadline: deadline } = scenario.network;
    this.clocks = new Clocks(scenario.members, stream(this.seed, "clocks").word());
    this.inbox = new Inbox({ post, catchUp, catchUpAlarms, buffer, fates: network.fates, seed: stream(this.seed, "service").word() });
    this.reception = new Reception({ truth: this.truth, inbox: this.inbox, fates: network.fates, deliver: (parcel) => this.deliver(parcel), give: (member, event) => this.give(member, event) });
    const line = { network, births, post, load: observer.load, clock: () => this.now };
    this.datagrams = new Datagrams(line);
    this.calls = new Calls({ ...line, deadline });
    this.timeline = new Timeline(this, this.seed);
  }

  /** Plays the run to the scenario's end. Call it once. */
  play(): RunResult {
    this.playTo(instant(this.scenario.duration));
    return this.results();
  }

  /** Plays the run up to this moment. */
  playTo(moment: Instant): void {
    if (!this.hasBegun) this.begin();
    while (this.post.nextAt <= moment) this.happen();
    this.now = instant(Math.max(this.now, moment));
  }

  /** Carries this out now, after everything else of this moment, like a line `added` to the timeline here. Returns its index, for a `heal`. A RangeError for unknown names, and for `churn`. */
  disrupt(action: Action): number {
    if (!this.hasBegun) this.begin();
    return this.timeline.add(action);
  }

  /** Handles at most this many events; returns whether the run is at its end. For callers that inspect the run in between. */
  goOn(most: number): boolean {
    if (!this.hasBegun) this.begin();
    for (let left = most; left > 0 && this.post.nextAt <= this.scenario.duration; left--) this.happen();
    return this.post.nextAt > this.scenario.duration;
  }

  /** What was measured so far. Call it once, at the end. */
  results(): RunResult {
    const { post, inbox, network: { clogs, fates } } = this;
    const result = this.observer.results({ run: this.run, seed: this.seed, traceHash: this.print.text, events: this.events }, this.now);
    return { ...result, fates: fates.results(post.datagrams + inbox.datagrams + clogs.datagrams) };
  }

  /** From now on all randomness comes from another seed: what happens to packets, which members disruptions affect, members' own dice. The past stays as it was. */
  reseed(seed: string): void {
    const members = stream(seed, "members").word();
    this.network.reseed(stream(seed, "network").word());
    this.births.reseed(members);
    this.inbox.reseed(stream(seed, "service").word());
    this.timeline.reseed(seed);
    this.states.forEach((state, member) => void (this.states[member] = state && { ...state, rng: rngFrom(members, member) }));
  }

  /** A member's state, or null if it never ran. The last state of its former life if it crashed. */
  stateOf(member: number): State | null {
    return this.states[member] ?? null;
  }

  startMember(member: number, rebirth?: Rebirth, view?: View): void {
    const state = this.births.begin(member, this.clocks.read(member, this.now), this.stateOf(member), rebirth, view);
    if (rebirth?.address === "new") this.network.fates.lost("nobody", this.post.loseAllTo(member));
    this.recorder.born?.(this.now, this.idOf(member), state);
    this.truth.become(member, "running");
    this.keep(member, state);
    this.observer.started(member, this.now);
  }

  /** Ends a process, without a goodbye. */
  stopMember(member: number, as: "crashed" | "departed"): void {
    this.births.end(member);
    this.truth.become(member, as);
    this.standstill.forget(member);
    this.network.fates.lost("nobody", this.inbox.forget(member));
    this.observer.stopped(member, this.now);
    this.observer.holds(member, null, this.now);
  }

  pauseMember(member: number): void {
    this.truth.become(member, "paused");
    this.observer.paused(member, this.now);
  }

  /** A process resumes: first its overdue alarm goes off, then it gets what has piled up, in the order in which it came. */
  resumeMember(member: number): void {
    this.truth.become(member, "running");
    this.inbox.goOn(member, this.now);
  }

  /** From now on the member can neither send nor receive, but meets the deadlines that need neither. */
  blockMember(member: number): void {
    this.truth.become(member, "blocked");
    this.standstill.mute(member);
    const state = this.stateOf(member);
    if (state !== null) this.setAlarm(member, state);
    this.observer.blocked(member, this.now);
  }

  /** Sends what the member has wanted to send since it was blocked; then it resumes like any other that stood still. */
  unblockMember(member: number): void {
    this.observer.unblocked(member, this.now);
    for (const utterance of this.standstill.unmute(member)) this.carryOut(member, utterance);
    this.resumeMember(member);
  }

  /** From now on the member handles what arrives one after another, and slowly. */
  slowMember(member: number, pace: Pace): void {
    this.inbox.slow(member, pace);
    this.observer.falsehood.touch(member);
  }

  hastenMember(member: number): void {
    this.inbox.hasten(member);
    if (this.reception.isAwake(member)) this.inbox.goOn(member, this.now);
  }

  changeClock(member: number, change: ClockChange): void {
    this.clocks.change(member, change, this.now);
    if (change.rate !== null || change.step > 0) this.observer.falsehood.touch(member);
    const state = this.stateOf(member);
    if (state !== null && this.truth.isPresent(member)) this.setAlarm(member, state);
  }

  /** Gives a member one event, with the time of its own clock, and carries out the effects. */
  give(member: number, happened: Event): void {
    const local = this.clocks.read(member, this.now);
    const event = local === this.now ? happened : { ...happened, now: local };
    const before = this.states[member];
    if (before === null || before === undefined) throw new RangeError(`member ${member} never ran`);
    const [after, effects] = this.rule(before, event);
    this.events++;
    // Most gossip is known already, and leaves the state unchanged, the alarm too.
    const state = after === before && event.kind === "received" ? before : this.keep(member, after, before);
    this.print.add(stepHash(this.now, member, event, effects, state, this.wakesAt[member]! as Instant));
    this.recorder.stepped?.(this.now, this.idOf(member), event, effects, state);
    for (const effect of effects) this.carryOut(member, effect);
  }

  /** Reports a line of the timeline to the recorder. */
  readonly recordDisruption = (kind: string, members: readonly number[], rift?: Rift): void =>
    this.recorder.disrupted?.(this.now, kind, members.map((member) => this.idOf(member)), rift);

  readonly postpone = (at: Instant, index: number, step: number): void => this.post.add(at, { kind: "turn", index, step });

  get clock(): Instant {
    return this.now;
  }

  addressFor(member: number): Address {
    return this.births.addressFor(member);
  }

  idOf(member: number): MemberId {
    return this.ids[member] ?? memberId("");
  }

  /** The origin. Call it to inspect the world before anything happens; otherwise it comes with the first event. */
  begin(): void {
    this.hasBegun = true;
    const { members, start: manner, timeline } = this.scenario;
    const present = members.flatMap((place, member) => (place.present ? [member] : []));
    const view = manner === "warm" ? viewOf(present.map((member) => this.births.recordOf(member, this.now))) : undefined;
    for (const member of present) this.startMember(member, undefined, view);
    this.timeline.begin(present);
    timeline.forEach(({ at }, index) => this.post.add(at, { kind: "disruption", index }));
  }

  private happen(): void {
    this.now = this.post.nextAt as Instant;
    this.observer.pass(this.now);
    const next = this.post.next(this.now);
    if (typeof next === "number") this.reception.ring(next, this.now);
    else if (next?.kind === "disruption") this.timeline.happen(next.index);
    else if (next?.kind === "turn") this.timeline.turn(next.index, next.step);
    else if (next?.kind === "catch-up") this.reception.catchUp(next, this.now);
    else if (next?.kind === "late") this.reception.arriveLate(next);
    else if (next !== null) this.reception.arrive(next, this.now);
  }

  private deliver(parcel: Parcel): void {
    const from = this.addressFor(parcel.from);
    if (parcel.kind === "datagram") this.network.fates.datagramDelivered();
    if (parcel.kind === "datagram") return this.give(parcel.to, { kind: "received", now: this.now, from, message: parcel.message });
    const event = this.calls.eventOf(parcel, from, this.now);
    if (event !== null) this.give(parcel.to, event);
    if (event?.kind === "exchange-opened") this.calls.hangUp(event.exchange);
  }

  private carryOut(member: number, effect: Effect): void {
    if (effect.kind === "announce") return this.announce(member, effect.change);
    if (this.standstill.isMute(member)) return this.standstill.withhold(member, effect);
    switch (effect.kind) {
      case "send":     return this.datagrams.send(member, effect);
      case "exchange": return this.calls.call(member, effect.with, effect.message, this.now);
      case "answer":   return this.calls.answer(effect.exchange, effect.message);
    }
  }

  private announce(member: number, change: Change): void {
    this.observer.announced(member, change, this.now);
    if (change.kind === "departed") this.timeline.depart(member);
  }

  /** Stores a member's new state, shares its view with members that have an equal one, and sets its alarm. */
  private keep(member: number, state: State, before?: State): State {
    let kept = state;
    if (before === undefined || state.view !== before.view) {
      const view = this.views.share(state.view);
      if (view !== state.view) kept = withView(state, view);
      this.states[member] = kept;
      this.observer.holds(member, view, this.now);
    } else this.states[member] = kept;
    if (before?.health !== kept.health) this.observer.health.becomes(member, kept.health);
    this.setAlarm(member, kept);
    return kept;
  }

  /** Sets the alarm to when the state wants to be woken, or to now if that is past, for example when a probe that outlasted its period has just been answered. */
  private setAlarm(member: number, state: State): void {
    const wakesAt = this.wakesAt[member] = nextWake(state);
    const at = this.clocks.momentOf(member, this.standstill.isMute(member) ? nextMuteWake(state) : wakesAt);
    this.post.wake(member, at < this.now ? this.now : at);
  }
}
