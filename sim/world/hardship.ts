/** Hardships of machines: slowness, clocks that run wrong; and processes that come back under another name. */

import { impossible } from "../../engine/index.ts";
import type { Action } from "../scenario/model.ts";
import { joinings } from "./joining.ts";
import type { Given, Stage } from "./stage.ts";

/** Changes that affect machines, whatever their processes do. Churn is carried out by other lines of the timeline: its own line does nothing. */
export function befall(world: Stage, action: Extract<Action, { kind: "slow" | "hasten" | "clock" | "churn" }>, members: readonly number[]): void {
  for (const member of members) {
    switch (action.kind) {
      case "slow":   world.slowMember(member, action); break;
      case "hasten": world.hastenMember(member); break;
      case "clock":  world.changeClock(member, action); break;
      case "churn":  break;
      default: impossible(action);
    }
  }
}

/** Newcomers take the addresses of members that are gone: as many as there are of both. */
export function replace(world: Stage, gone: readonly number[], newcomers: readonly number[]): readonly Given[] {
  const coming = newcomers.slice(0, gone.length);
  coming.forEach((newcomer, nth) => world.startMember(newcomer, { incarnation: "lost", address: "same", insteadOf: gone[nth]! }));
  return joinings(world, coming);
}
