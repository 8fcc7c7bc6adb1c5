/** What a line of the timeline does later, after it has happened: links that are clogged one after another, intermittent faults. */

import { after, type Instant, stretch } from "../../engine/index.ts";
import type { Action } from "../scenario/model.ts";
import type { Flap } from "../scenario/split.ts";
import type { Stream } from "./chance.ts";
import { latencyAt } from "./latency.ts";
import { shuffled } from "./shape.ts";
import type { Stage } from "./stage.ts";

type Valve = { readonly at: Instant; readonly member: number; readonly isShut: boolean };
type Swizzle = Extract<Action, { kind: "swizzle" }>;

export class Turns {
  private readonly world: Pick<Stage, "clock" | "network" | "postpone">;
  /** Begins or ends the fault of the line of this index. */
  private readonly toggle: (index: number, isOn: boolean) => void;
  private readonly valves = new Map<number, readonly Valve[]>();
  private readonly flaps = new Map<number, { readonly flap: Flap; readonly dice: Stream }>();

  constructor(world: Turns["world"], toggle: Turns["toggle"]) {
    this.world = world;
    this.toggle = toggle;
  }

  /** A line has happened to these members: schedules what it does later. */
  begun(action: Action, index: number, members: readonly number[], dice: Stream): void {
    if (action.kind === "swizzle") this.swizzle(action, index, members, dice);
    else if ("flap" in action && action.flap !== undefined) {
      this.flaps.set(index, { flap: action.flap, dice });
      this.dwell(index, 0);
    }
  }

  /** The line's faults have ended, which cancels its remaining steps; those of all lines, if null. */
  ended(index: number | null): void {
    for (const waiting of [this.valves, this.flaps]) {
      if (index === null) waiting.clear();
      else waiting.delete(index);
    }
  }

  /** One later step of a line. */
  turn(index: number, step: number): void {
    const valves = this.valves.get(index);
    const valve = valves?.[step];
    if (valve !== undefined) this.world.network.turnValve(index, valve.member, valve.isShut);
    if (valves !== undefined && step === valves.length - 1) this.world.network.end(index);
    if (!this.flaps.has(index)) return;
    this.toggle(index, step % 2 === 1);
    this.dwell(index, step + 1);
  }

  /** Schedules the end of the current phase: the fault is in force before even steps, and not before odd ones. */
  private dwell(index: number, step: number): void {
    const { world } = this;
    const { flap, dice } = this.flaps.get(index)!;
    world.postpone(after(world.clock, latencyAt(step % 2 === 0 ? flap.on : flap.off, dice.share())), index, step);
  }

  /** The first member is clogged at once, the last when `clogFor` is over; they are opened likewise, in another order. */
  private swizzle({ clogFor, holdFor, unclogFor }: Swizzle, index: number, members: readonly number[], dice: Stream): void {
    const { world } = this;
    const spread = (from: Instant, length: Swizzle["clogFor"], isShut: boolean): readonly Valve[] => shuffled(members, dice).map((member, nth, { length: count }) =>
      ({ at: after(from, stretch(length, count === 1 ? 0 : nth / (count - 1))), member, isShut }));
    const opensAt = after(after(world.clock, clogFor), holdFor);
    const valves = [...spread(world.clock, clogFor, true), ...spread(opensAt, unclogFor, false)];
    this.valves.set(index, valves);
    valves.forEach(({ at }, step) => world.postpone(at, index, step));
  }
}
