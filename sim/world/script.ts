/** The script of a run without its members: timeline, truth and faults, for worlds that play the members elsewhere, or have played them. */

import { type Address, type Event, type Instant, instant, type MemberId, memberId, type View } from "../../engine/index.ts";
import { Observer } from "../measure/observer.ts";
import type { Scenario } from "../scenario/model.ts";
import type { Rebirth } from "./birth.ts";
import { stream } from "./chance.ts";
import { withChurn } from "./churn.ts";
import { Network } from "./network.ts";
import type { Stage } from "./stage.ts";
import { Timeline } from "./timeline.ts";
import { Truth } from "./truth.ts";

/** Carries out what the script says. For a run that is only watched, these do nothing. */
export type Hands = {
  readonly start: (member: number, rebirth: Rebirth | undefined) => void;
  /** Kills the process, without a goodbye; not called for a member that has departed. */
  readonly crash: (member: number) => void;
  readonly pause: (member: number) => void;
  readonly resume: (member: number) => void;
  readonly give: (member: number, event: Event) => void;
  /** A line affects these members; called before it is carried out. */
  readonly note: (kind: string, members: readonly MemberId[]) => void;
  readonly addressFor: (member: number) => Address;
};

/** What a script is made from. `seed`: that of this run. `views`: what each member holds, as far as it is known. */
export type Play = { readonly scenario: Scenario; readonly seed: string; readonly hands: Hands; readonly views: (member: number) => View | null };

/** With the same seed and the same departures it chooses the same members, whoever carries it out. */
export class Script implements Stage {
  readonly scenario: Scenario;
  readonly ids: readonly MemberId[];
  readonly network: Network;
  readonly truth: Truth;
  readonly observer: Observer;
  readonly numberOf: ReadonlyMap<MemberId, number>;
  private readonly hands: Hands;
  private readonly timeline: Timeline;
  private now: Instant = instant(0);

  constructor({ scenario: written, seed, hands, views }: Play) {
    const scenario = withChurn(written, seed);
    this.scenario = scenario;
    this.hands = hands;
    this.ids = scenario.members.map(({ name }) => memberId(name));
    this.numberOf = new Map(this.ids.map((id, member) => [id, member]));
    this.network = new Network(scenario, stream(seed, "network").word());
    this.truth = new Truth(this.ids, this.network);
    const { ids, numberOf, truth, network } = this;
    this.observer = new Observer({ ids, numberOf, truth, network, views, duration: scenario.duration });
    this.timeline = new Timeline(this, seed);
  }

  /** The members that are present at the origin. */
  get present(): readonly number[] {
    return this.scenario.members.flatMap(({ present }, member) => (present ? [member] : []));
  }

  /** The origin: the present members are running already. */
  begin(): void {
    for (const member of this.present) {
      this.truth.become(member, "running");
      this.observer.started(member, this.now);
    }
    this.timeline.begin(this.present);
  }

  /** A line of the timeline happens at this moment, which may be later than scheduled, but not before the last one. Returns whether it came about. */
  happen(index: number, now: Instant): boolean {
    this.pass(now);
    return this.timeline.happen(index);
  }

  /** The lines of the timeline, in the order in which they should happen. */
  get order(): readonly number[] {
    const { timeline } = this.scenario;
    return [...timeline.keys()].toSorted((one, other) => timeline[one]!.at - timeline[other]!.at || one - other);
  }

  /** A member has departed: its farewell has been told, or it accepted the news of its own death. */
  depart(member: number, now: Instant): void {
    this.pass(now);
    this.timeline.depart(member);
  }

  pass(now: Instant): void {
    this.now = instant(Math.max(this.now, now));
    this.observer.pass(this.now);
  }

  get clock(): Instant {
    return this.now;
  }

  startMember(member: number, rebirth?: Rebirth): void {
    this.truth.become(member, "running");
    this.hands.start(member, rebirth);
    this.observer.started(member, this.now);
  }

  stopMember(member: number, as: "crashed" | "departed"): void {
    this.truth.become(member, as);
    if (as === "crashed") this.hands.crash(member);
    this.observer.stopped(member, this.now);
    this.observer.holds(member, null, this.now);
  }

  pauseMember(member: number): void {
    this.truth.become(member, "paused");
    this.hands.pause(member);
    this.observer.paused(member, this.now);
  }

  resumeMember(member: number): void {
    this.truth.become(member, "running");
    this.hands.resume(member);
  }

  blockMember(member: number): void {
    throw new RangeError(`nobody blocks but in the simulated world, and member ${member} is not there`);
  }

  unblockMember(member: number): void {
    this.blockMember(member);
  }

  slowMember(member: number): void {
    throw new RangeError(`no machine is slow but in the simulated world, and member ${member} is not there`);
  }

  hastenMember(member: number): void {
    this.slowMember(member);
  }

  changeClock(member: number): void {
    throw new RangeError(`no clock is changed but in the simulated world, and member ${member} is not there`);
  }

  postpone(_: Instant, index: number): void {
    throw new RangeError(`nothing comes and goes by itself but in the simulated world, and timeline[${index}] is not there`);
  }

  addressFor(member: number): Address {
    return this.hands.addressFor(member);
  }

  idOf(member: number): MemberId {
    return this.ids[member] ?? memberId("");
  }

  give(member: number, event: Event): void {
    this.hands.give(member, event);
  }

  recordDisruption(kind: string, members: readonly number[]): void {
    this.hands.note(kind, members.map((member) => this.idOf(member)));
  }
}
