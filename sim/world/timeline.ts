/** The timeline: what the scenario wrote to happen, happening. */

import { type Address, type Event, impossible, type Instant, type MemberId, type State } from "../../engine/index.ts";
import type { Observer } from "../measure/observer.ts";
import type { Action, Scenario, Selector } from "../scenario/model.ts";
import { stream } from "./chance.ts";
import { choose, chooseSides } from "./choice.ts";
import type { Fault, Network, Sides } from "./network.ts";
import type { Existence, Truth } from "./truth.ts";

/** What the timeline acts upon: the world, as far as it needs it. */
export type Stage = {
  readonly scenario: Scenario;
  readonly ids: readonly MemberId[];
  readonly network: Network;
  readonly truth: Truth;
  readonly observer: Observer;
  readonly clock: Instant;
  readonly startMember: (member: number, incarnation?: number) => void;
  readonly stopMember: (member: number, as: "crashed" | "departed") => void;
  readonly resumeMember: (member: number) => void;
  /** What a member holds, or held when it crashed; null if it never ran. */
  readonly stateOf: (member: number) => State | null;
  readonly addressFor: (member: number) => Address;
  readonly idOf: (member: number) => MemberId;
  readonly give: (member: number, event: Event) => void;
  readonly recordDisruption: (kind: string, members: readonly number[]) => void;
};

/** Who could be struck by each kind of action. */
const strikes: Readonly<Record<Exclude<Action["kind"], "partition" | "cut" | "impair" | "heal">, readonly Existence[]>> = {
  crash: ["running", "paused"],
  restart: ["crashed", "departed"],
  pause: ["running"],
  resume: ["paused"],
  join: ["absent"],
  leave: ["running"],
  update: ["running"],
};

export class Timeline {
  private readonly world: Stage;
  private readonly seed: string;
  private readonly chosen = new Map<number, readonly number[]>();

  constructor(world: Stage, seed: string) {
    this.world = world;
    this.seed = seed;
  }

  /** The origin: these members run. In a cold start all but the seeds join, and that is the first disruption. */
  begin(present: readonly number[]): void {
    const { world } = this;
    const { scenario, observer } = world;
    world.truth.settle();
    const newcomers = scenario.start === "warm" ? [] : present.filter((member) => scenario.members[member]?.seed !== true);
    if (newcomers.length > 0) observer.agreement.disrupted(null, "join", this.names(newcomers), true, world.clock);
    observer.afterDisruption(world.clock);
    for (const [member, event] of this.joinings(newcomers)) world.give(member, event);
  }

  /** One line of the timeline. */
  happen(index: number): void {
    const { world } = this;
    const disruption = world.scenario.timeline[index];
    if (disruption === undefined) throw new RangeError(`no disruption ${index}`);
    const { action, entry } = disruption;
    const changesTruth = action.kind !== "impair" && action.kind !== "update";
    if (changesTruth) world.observer.beforeDisruption(world.clock);
    const { members, events } = this.strike(action, index);
    this.chosen.set(index, members);
    world.observer.agreement.disrupted(entry, action.kind, this.names(members), changesTruth, world.clock);
    if (changesTruth) this.settle();
    for (const [member, event] of events) world.give(member, event);
  }

  /** A member's farewell has been told, or it obeys the news of its own death: the process ends. */
  depart(member: number): void {
    const { world } = this;
    const wasRunning = world.truth.isRunning(member);
    if (wasRunning) world.observer.beforeDisruption(world.clock);
    world.stopMember(member, "departed");
    if (wasRunning) this.settle();
  }

  private settle(): void {
    this.world.truth.settle();
    this.world.observer.afterDisruption(this.world.clock);
  }

  private strike(action: Action, index: number): { readonly members: readonly number[]; readonly events: readonly (readonly [number, Event])[] } {
    const { world } = this;
    const now = world.clock;
    // Written down before anybody is born of it, so that a trace reads in order.
    const recorded = (struck: readonly number[]): readonly number[] => {
      world.recordDisruption(action.kind, struck);
      return struck;
    };
    switch (action.kind) {
      case "partition": return { members: recorded(this.part(action.sides, index)), events: [] };
      case "cut":       return { members: recorded(this.between(action, index, (from, to) => ({ kind: "cut", of: index, from, to, bothWays: action.bothWays }))), events: [] };
      case "impair": {
        const { loss, duplicate, delay, bothWays } = action;
        return { members: recorded(this.between(action, index, (from, to) => ({ kind: "impair", of: index, from, to, bothWays, loss, duplicate, delay }))), events: [] };
      }
      case "heal": {
        const struck = this.struckBy(action.of);
        world.network.end(action.of);
        return { members: recorded(struck), events: [] };
      }
    }
    const members = recorded(choose(action.members, this.ballot(index, strikes[action.kind])));
    switch (action.kind) {
      case "crash":
        for (const member of members) { world.stopMember(member, "crashed"); world.observer.crashed(member, now); }
        return { members, events: [] };
      case "restart":
        for (const member of members) world.startMember(member, action.incarnation === "kept" ? this.nextLife(member) : undefined);
        return { members, events: this.joinings(members) };
      case "join":
        for (const member of members) world.startMember(member);
        return { members, events: this.joinings(members) };
      case "pause":
        for (const member of members) this.pause(member);
        return { members, events: [] };
      case "resume":
        for (const member of members) world.resumeMember(member);
        return { members, events: [] };
      case "leave":
        for (const member of members) { world.truth.become(member, "leaving"); world.observer.stopped(member, now); }
        return { members, events: members.map((member) => [member, { kind: "asked-to-leave", now }]) };
      case "update":
        return { members, events: members.map((member) => [member, { kind: "asked-to-update", now, meta: action.meta }]) };
      default: return impossible(action);
    }
  }

  /** Whom this fault struck, or all that are in force. */
  private struckBy(fault: number | null): readonly number[] {
    const ofs = fault === null ? this.world.network.faultsInForce.map(({ of }) => of) : [fault];
    return [...new Set(ofs.flatMap((of) => this.chosen.get(of) ?? []))].toSorted((one, other) => one - other);
  }

  private pause(member: number): void {
    const { truth, observer, clock } = this.world;
    truth.become(member, "paused");
    observer.falsehood.touch(member);
    observer.stopped(member, clock);
  }

  private part(sides: readonly Selector[], index: number): readonly number[] {
    const { world } = this;
    const marks = this.blankSides();
    const chosen = chooseSides(sides, this.ballot(index));
    chosen.forEach((side, number) => { for (const member of side) marks[member] = number + 1; });
    world.network.begin({ kind: "partition", of: index, sides: marks });
    return chosen.flat().toSorted((one, other) => one - other);
  }

  private between(ends: { readonly from: Selector; readonly to: Selector }, index: number, fault: (from: Sides, to: Sides) => Fault): readonly number[] {
    const { world } = this;
    const from = choose(ends.from, this.ballot(index));
    const to = ends.to.kind === "rest" ? choose(ends.to, { ...this.ballot(index), taken: new Set(from) }) : choose(ends.to, this.ballot(index));
    const mark = (members: readonly number[]): Sides => {
      const sides = this.blankSides();
      for (const member of members) sides[member] = 1;
      return sides;
    };
    world.network.begin(fault(mark(from), mark(to)));
    // Whoever is on an end that means everybody has not been singled out.
    const struck = [from, to].filter((end) => end.length < world.ids.length).flat();
    for (const member of struck) world.observer.falsehood.touch(member);
    return [...new Set(struck)].toSorted((one, other) => one - other);
  }

  /**
   * Each newcomer asks the seeds that the scenario names, itself excepted. If that leaves none, it asks somebody who was there before: those who
   * start together know nobody, and would form a group of their own.
   */
  private joinings(newcomers: readonly number[]): readonly (readonly [number, Event])[] {
    const { world } = this;
    const flagged = world.scenario.members.flatMap((place, member) => (place.seed ? [member] : []));
    const isNew = new Set(newcomers);
    const running = world.ids.flatMap((_, member) => (world.truth.isRunning(member) ? [member] : []));
    const resident = running.find((member) => !isNew.has(member));
    return newcomers.map((newcomer) => {
      const named = flagged.filter((member) => member !== newcomer);
      const other = resident ?? running.find((member) => member !== newcomer);
      const seeds = named.length > 0 ? named : other === undefined ? [] : [other];
      return [newcomer, { kind: "asked-to-join", now: world.clock, seeds: seeds.map((member) => world.addressFor(member)) }];
    });
  }

  private nextLife(member: number): number {
    return (this.world.stateOf(member)?.self.incarnation ?? 0) + 1;
  }

  private ballot(index: number, existences?: readonly Existence[]): Parameters<typeof choose>[1] {
    const { world } = this;
    const candidates = world.ids.flatMap((_, member) => (existences === undefined || existences.includes(world.truth.of(member)) ? [member] : []));
    return { places: world.scenario.members, candidates, chosen: this.chosen, dice: stream(this.seed, `disruption ${index}`), taken: new Set() };
  }

  private blankSides(): Sides {
    return new Uint8Array(this.world.ids.length);
  }

  private names(members: readonly number[]): readonly MemberId[] {
    return members.map((member) => this.world.idOf(member));
  }
}
