/** Carries out the scenario's timeline. */

import { type MemberId, memberId } from "../../engine/index.ts";
import type { Rift } from "../../trace/index.ts";
import { type Action, changesTruth, type Disruption } from "../scenario/model.ts";
import { stream, type Stream } from "./chance.ts";
import { type Ballot, choose, chooseSides, type Ends } from "./choice.ts";
import { Deeds, strikes } from "./deed.ts";
import { joinings } from "./joining.ts";
import { shapedSides } from "./shape.ts";
import type { Stage } from "./stage.ts";
import type { Existence } from "./truth.ts";
import { Turns } from "./turns.ts";

export class Timeline {
  private readonly world: Stage;
  private seed: string;
  private readonly deeds: Deeds;
  private readonly turns: Turns;
  private readonly chosen = new Map<number, Ends>();
  /** Lines that did not come about. */
  private readonly missed = new Set<number>();
  /** Lines that the scenario does not have; their indices follow the scenario's. */
  private readonly added: Disruption[] = [];

  constructor(world: Stage, seed: string) {
    this.world = world;
    this.seed = seed;
    this.deeds = new Deeds(world);
    this.turns = new Turns(world, (index, isOn) => this.toggle(index, isOn));
  }

  /** From now on another seed decides which members are affected. */
  reseed(seed: string): void {
    this.seed = seed;
  }

  /** The origin: these members run. In a cold start all except the seeds join, and that is the first disruption. */
  begin(present: readonly number[]): void {
    const { world } = this;
    const { scenario, observer } = world;
    world.truth.settle();
    const newcomers = scenario.start === "warm" ? [] : present.filter((member) => scenario.members[member]?.seed !== true);
    if (newcomers.length > 0) observer.agreement.disrupted(null, "join", this.names(newcomers), true, world.clock);
    observer.afterDisruption(world.clock);
    for (const [member, event] of joinings(world, newcomers)) world.give(member, event);
  }

  /** One line of the timeline. Returns whether it came about. */
  happen(index: number): boolean {
    const { world } = this;
    if (!this.comesAbout(this.lineOf(index), index)) {
      this.missed.add(index);
      return false;
    }
    const { action, entry, dice = `disruption ${index}` } = this.lineOf(index);
    const ends = this.endsOf(action, stream(this.seed, dice));
    this.chosen.set(index, ends);
    const struck = this.struckBy(action, ends);
    const isDisruptive = this.isDisruptive(action, ends);
    if (isDisruptive) world.observer.beforeDisruption(world.clock);
    // Recorded before it starts any member, so that a trace reads in order.
    world.recordDisruption(wordFor(action), struck, this.riftOf(action, index, ends));
    const given = this.deeds.carryOut(action, index, ends, struck);
    if (action.kind === "heal") this.turns.ended(action.of);
    else this.turns.begun(action, index, struck, stream(this.seed, `${dice} by and by`));
    world.observer.agreement.disrupted(entry, action.kind, this.names(struck), isDisruptive, world.clock);
    if (isDisruptive) this.settle();
    for (const [member, event] of given) world.give(member, event);
    return true;
  }

  /** A line that the scenario does not have, at this moment: its dice are those of the scenario's next `added` line, and it is an entry of its own. Returns its index. */
  add(action: Action): number {
    const { ids, clock, observer, scenario: { timeline } } = this.world;
    if (action.kind === "churn") throw new RangeError("churn is drawn before a run begins: write it into the timeline");
    const stranger = namesIn(action).find((name) => !ids.includes(memberId(name)));
    if (stranger !== undefined) throw new RangeError(`no member is called "${stranger}"`);
    observer.pass(clock);
    const entries = timeline.reduce((count, { entry }) => Math.max(count, entry + 1), 0);
    const before = timeline.filter(({ dice }) => dice?.startsWith("added ") === true).length;
    const nth = this.added.push({ at: clock, entry: entries + this.added.length, action, dice: `added ${before + this.added.length}` });
    const index = timeline.length + nth - 1;
    this.happen(index);
    return index;
  }

  /** A cascade may stop, and a fault that did not begin cannot end. */
  private comesAbout({ action, given }: Disruption, index: number): boolean {
    if (given !== undefined) return !this.missed.has(given.as) && stream(this.seed, `cascade ${index}`).below(MILLION) < given.chance * MILLION;
    if (this.missed.size === 0) return true;
    if (action.kind === "heal") return action.of === null || !this.missed.has(action.of);
    return !("members" in action && action.members.kind === "same" && this.missed.has(action.members.as));
  }

  /** A later step of a line. */
  turn(index: number, step: number): void {
    this.turns.turn(index, step);
  }

  /** An intermittent fault begins or ends: a disruption each time, if the fault is one. */
  private toggle(index: number, isOn: boolean): void {
    const { world } = this;
    const { action, entry } = this.lineOf(index);
    const ends = this.chosen.get(index) ?? [];
    const struck = this.struckBy(action, ends);
    const isDisruptive = changesTruth(action.kind);
    if (isDisruptive) world.observer.beforeDisruption(world.clock);
    world.recordDisruption(isOn ? wordFor(action) : "heal", struck, isOn ? this.riftOf(action, index, ends) : { kind: "ended", faults: [index] });
    if (isOn) this.deeds.carryOut(action, index, ends, struck);
    else world.network.end(index);
    world.observer.agreement.disrupted(entry, isOn ? action.kind : "heal", this.names(struck), isDisruptive, world.clock);
    if (isDisruptive) this.settle();
  }

  private lineOf(index: number): Disruption {
    const { timeline } = this.world.scenario;
    const disruption = timeline[index] ?? this.added[index - timeline.length];
    if (disruption === undefined) throw new RangeError(`no disruption ${index}`);
    return disruption;
  }

  /** The faults between members that begin or end with this line. */
  private riftOf(action: Action, index: number, ends: Ends): Rift | undefined {
    switch (action.kind) {
      case "heal":      return { kind: "ended", faults: this.faultsEndedBy(action.of) };
      case "partition": return { kind: "began", fault: index, ...partedBy(action, ends.map((end) => this.names(end))) };
      case "cut":
      case "clog":
      case "impair":    return { kind: "began", fault: index, sides: ends.map((end) => this.names(end)), bothWays: action.bothWays };
      default:          return undefined;
    }
  }

  /** A member's farewell has been told, or it accepted the news of its own death: the process ends. */
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

  /** The members that an action means, end by end. */
  private endsOf(action: Action, dice: Stream): Ends {
    // One stream for all ends: otherwise the second end would draw the same members as the first.
    const [first, second] = strikes[action.kind] ?? [];
    switch (action.kind) {
      case "heal":      return [];
      case "partition": return action.shape === undefined ? chooseSides(action.sides, this.ballot(dice)) : shapedSides(action.shape, action.sides, this.ballot(dice));
      case "cut":
      case "clog":
      case "impair":
      case "send": {
        const from = choose(action.from, this.ballot(dice, first));
        const ballot = this.ballot(dice, second);
        return [from, choose(action.to, action.to.kind === "rest" ? { ...ballot, taken: new Set(from) } : ballot)];
      }
      case "replace": return [choose(action.members, this.ballot(dice, first)), choose(action.by, this.ballot(dice, second))];
      default: return [choose(action.members, this.ballot(dice, first))];
    }
  }

  /** The members that it singles out, in order. An end that means all members singles out nobody. */
  private struckBy(action: Action, ends: Ends): readonly number[] {
    if (action.kind === "heal") return inOrder(this.faultsEndedBy(action.of).flatMap((of) => this.struckBefore(of)));
    const isDirected = action.kind === "cut" || action.kind === "impair" || action.kind === "clog" || action.kind === "send";
    return inOrder((isDirected ? ends.filter((end) => end.length < this.world.ids.length) : ends).flat());
  }

  /** Is there anything to agree upon afterwards? Not if it affects nobody; and the end of an impairment changes the truth as little as its beginning. */
  private isDisruptive(action: Action, ends: Ends): boolean {
    switch (action.kind) {
      case "heal":      return this.world.network.faultsInForce.some(({ kind, of }) => (action.of === null || action.of === of) && changesTruth(kind));
      case "partition":
      case "cut":       return true;
      default:          return changesTruth(action.kind) && ends.every((end) => end.length > 0);
    }
  }

  private faultsEndedBy(fault: number | null): readonly number[] {
    return fault === null ? this.world.network.faultsInForce.map(({ of }) => of) : [fault];
  }

  private struckBefore(index: number): readonly number[] {
    return this.struckBy(this.lineOf(index).action, this.chosen.get(index) ?? []);
  }

  private ballot(dice: Stream, existences?: readonly Existence[]): Ballot {
    const { scenario, ids, truth } = this.world;
    const candidates = ids.flatMap((_, member) => (existences === undefined || existences.includes(truth.of(member)) ? [member] : []));
    return { places: scenario.members, candidates, chosen: this.chosen, dice, taken: new Set() };
  }

  private names(members: readonly number[]): readonly MemberId[] {
    return members.map((member) => this.world.idOf(member));
  }
}

/** The resolution of a chance. */
const MILLION = 1_000_000;

/** The members that an action names. */
const namesIn = (part: unknown): readonly string[] =>
  typeof part !== "object" || part === null ? [] : "names" in part ? (part.names as readonly string[]) : Object.values(part).flatMap(namesIn);

/** Sorted, without duplicates. */
const inOrder = (members: readonly number[]): readonly number[] => [...new Set(members)].toSorted((one, other) => one - other);

/**
 * The name of an action in a recording. Readers of traces rely on it: a "partition" separates all its sides from each other, and a "cut" the first side
 * from the second.
 */
function wordFor(action: Action): string {
  if (action.kind !== "partition") return action.kind;
  const { shape, way, crossing, sides } = action;
  if (crossing?.kind === "slow") return "slow partition";
  if (shape?.kind === "ring") return "ring partition";
  if (way === undefined) return "partition";
  return sides.length === 2 && shape === undefined ? "cut" : "one-way partition";
}

/** The sides of a partition; of two that are cut one way, first the one whose packets are lost. */
const partedBy = ({ way }: Action & { readonly kind: "partition" }, sides: readonly (readonly MemberId[])[]): Pick<Rift & { kind: "began" }, "sides" | "bothWays"> =>
  ({ sides: way === "in" ? sides.toReversed() : sides, bothWays: way === undefined });
