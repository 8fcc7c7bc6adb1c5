/** Deeds: what each line of the timeline does to the members it affects, and which events it gives them. */

import { type Bytes, bytes, impossible } from "../../engine/index.ts";
import type { Action, Scenario } from "../scenario/model.ts";
import type { Shape } from "../scenario/split.ts";
import type { Ends } from "./choice.ts";
import { befall, replace } from "./hardship.ts";
import { joinings } from "./joining.ts";
import { type Fault, ringOf, type Sides } from "./fault.ts";
import type { Given, Stage } from "./stage.ts";
import type { Existence } from "./truth.ts";

/** No member gets an event. */
const nothing: readonly Given[] = [];

/** The states in which something under way to a member can arrive: there is a process. */
const present: readonly Existence[] = ["running", "paused", "blocked", "leaving"];

/** In which state a member must be for each kind of action, at each of its ends; kinds that are not listed accept every member. */
export const strikes: Readonly<Partial<Record<Action["kind"], readonly (readonly Existence[])[]>>> = {
  crash: [["running", "paused", "blocked"]],
  restart: [["crashed", "departed"]],
  pause: [["running"]],
  resume: [["paused"]],
  block: [["running"]],
  unblock: [["blocked"]],
  slow: [["running", "paused", "blocked"]],
  replace: [["crashed", "departed"], ["absent"]],
  join: [["absent"]],
  leave: [["running"]],
  update: [["running"]],
  broadcast: [["running"]],
  send: [["running"], present],
};

export class Deeds {
  private readonly world: Stage;
  /** How many broadcasts there have been. */
  private broadcasts = 0;

  constructor(world: Stage) {
    this.world = world;
  }

  /** Carries out an action and returns the events that members are to get once everything is settled. `struck`: the members that it singles out, of all its ends. */
  carryOut(action: Action, index: number, ends: Ends, struck: readonly number[]): readonly Given[] {
    const { world } = this;
    const [members = [], others = []] = ends;
    switch (action.kind) {
      case "partition": return this.begin(this.partition(action, index, ends), []);
      case "cut":       return this.begin({ kind: "cut", of: index, from: this.sidesOf([members]), to: this.sidesOf([others]), bothWays: action.bothWays }, struck);
      case "impair": {
        const { kind, loss, duplicate, delay, bothWays, harms } = action;
        const harm = { loss, duplicate, delay, ...(harms === undefined ? {} : { harms }) };
        return this.begin({ kind, of: index, from: this.sidesOf([members]), to: this.sidesOf([others]), bothWays, ...harm }, struck);
      }
      case "clog": {
        const { kind, bothWays, capacity } = action;
        return this.begin({ kind, of: index, from: this.sidesOf([members]), to: this.sidesOf([others]), bothWays, capacity }, struck);
      }
      // No links are clogged yet: `Turns` does that, member after member.
      case "swizzle": {
        const everybody = this.sidesOf([world.ids.map((_, member) => member)]);
        return this.begin({ kind: "clog", of: index, from: this.sidesOf([]), to: everybody, bothWays: true, capacity: null }, struck);
      }
      case "heal":
        world.network.end(action.of);
        return nothing;
      case "restart":
        for (const member of members) world.startMember(member, action);
        return joinings(world, members);
      case "join":
        for (const member of members) world.startMember(member);
        return joinings(world, members);
      case "replace": return replace(world, members, others);
      case "slow":
      case "hasten":
      case "clock":
      case "churn":
        befall(world, action, members);
        return nothing;
      case "update":
        for (const member of members) world.observer.updated(member, action.meta, world.clock);
        return members.map((member) => [member, { kind: "asked-to-update", now: world.clock, meta: action.meta }]);
      case "broadcast": return members.map((member) => this.broadcast(member, action));
      case "send":      return members.flatMap((member) => this.send(member, others, action));
      default:          return this.strike(action.kind, members);
    }
  }

  /** Actions that affect each member separately. */
  private strike(kind: "crash" | "pause" | "resume" | "block" | "unblock" | "leave", members: readonly number[]): readonly Given[] {
    const { world } = this;
    for (const member of members) {
      switch (kind) {
        case "crash":
          world.stopMember(member, "crashed");
          world.observer.crashed(member, world.clock);
          break;
        case "pause":   world.pauseMember(member); break;
        case "resume":  world.resumeMember(member); break;
        case "block":   world.blockMember(member); break;
        case "unblock": world.unblockMember(member); break;
        case "leave":
          world.truth.become(member, "leaving");
          world.observer.stopped(member, world.clock);
          break;
        default: return impossible(kind);
      }
    }
    return kind === "leave" ? members.map((member) => [member, { kind: "asked-to-leave", now: world.clock }]) : nothing;
  }

  /** A fault begins. The members that it singles out no longer count as healthy witnesses. */
  private begin(fault: Fault, struck: readonly number[]): readonly Given[] {
    this.world.network.begin(fault);
    for (const member of struck) this.world.observer.falsehood.touch(member);
    return nothing;
  }

  private partition({ shape, way, crossing }: Extract<Action, { kind: "partition" }>, of: number, ends: Ends): Fault {
    return {
      kind: "partition", of, sides: this.sidesOf(ends),
      ...(isRing(this.world.scenario, shape) ? { ring: ringOf(ends.length) } : {}), ...(way === undefined ? {} : { way }), ...(crossing === undefined ? {} : { crossing }),
    };
  }

  private broadcast(member: number, { payload, priority }: Extract<Action, { kind: "broadcast" }>): Given {
    const { observer, clock } = this.world;
    const said = numbered(payload, ++this.broadcasts);
    observer.broadcast(member, said, clock);
    return [member, { kind: "asked-to-broadcast", now: clock, payload: said, key: "", priority }];
  }

  private send(member: number, others: readonly number[], { payload, over }: Extract<Action, { kind: "send" }>): readonly Given[] {
    const { world } = this;
    return others.flatMap((other) =>
      (other === member ? [] : [[member, { kind: "asked-to-send", now: world.clock, to: world.addressFor(other), payload, over }]]));
  }

  /** The end that each member is on, from 1; 0 for a member on none. */
  private sidesOf(ends: Ends): Sides {
    const { length } = this.world.ids;
    const sides = ends.length < 256 ? new Uint8Array(length) : new Int32Array(length);
    ends.forEach((end, number) => { for (const member of end) sides[member] = number + 1; });
    return sides;
  }
}

/** The payload, with the number of the broadcast in place of {n}. */
const numbered = (payload: Bytes, number: number): Bytes => bytes(payload.replaceAll("{n}", String(number)));

/** Is the shape a ring, or a repetition of an earlier partition that was one? */
const isRing = (scenario: Scenario, shape: Shape | undefined): boolean => {
  if (shape?.kind !== "same") return shape?.kind === "ring";
  const before = scenario.timeline[shape.as]?.action;
  return before?.kind === "partition" && isRing(scenario, before.shape);
};
