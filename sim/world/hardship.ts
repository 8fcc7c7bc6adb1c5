/** Hardships of machines: slowness, and clocks that go otherwise; and processes that come back as somebody else. */

import { impossible } from "../../engine/index.ts";
import type { Action } from "../scenario/model.ts";
import { joinings } from "./joining.ts";
import type { Given, Stage } from "./stage.ts";

/** What befalls machines, whatever their processes do. Churn happens line by line: that it begins does nothing yet. */
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

/** Those who have gone come back under other names, each where one of them listened: as many as there are of both. */
export function replace(world: Stage, gone: readonly number[], newcomers: readonly number[]): readonly Given[] {
  const coming = newcomers.slice(0, gone.length);
  coming.forEach((newcomer, nth) => world.startMember(newcomer, { incarnation: "lost", address: "same", insteadOf: gone[nth]! }));
  return joinings(world, coming);
}
