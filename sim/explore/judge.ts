/** What must be true of every situation of a small world, and of every step on the way there: the oracles that need no memory of a run. */

import { brokenAfter, brokenBetween, find, isLiving, membersOf, rumoursWaiting, sizeOf } from "../../engine/index.ts";
import type { Took } from "./moves.ts";
import { nameOf, type Situation } from "./world.ts";

/** An oracle, and why it is broken. */
export type Charge = { readonly oracle: string; readonly member: number; readonly why: string };

/** What this step, or what came of it, breaks; null if nothing. */
export function chargeOf({ member, before, event, effects, after }: Took, { states }: Situation): Charge | null {
  const charge = (oracle: string, why: string): Charge => ({ oracle, member, why });
  const [promise] = [...brokenAfter(before, after), ...(before === after ? [] : brokenBetween(before, event, after))];
  if (promise !== undefined) return charge("invariants", promise);
  if (before.view !== after.view) {
    const invented = membersOf(after.view).find(({ id, incarnation }) => incarnation > (states[Number(id.slice(1)) - 1]?.self.incarnation ?? 0));
    if (invented !== undefined) return charge("incarnations", `it holds ${invented.id} at incarnation ${invented.incarnation}, which that never gave itself`);
  }
  if (sizeOf(after.view) > states.length || rumoursWaiting(after.rumours) > states.length) return charge("growth", "it keeps more than there are members");
  const heavy = effects.find((effect) => effect.kind === "send" && effect.size > after.config.datagramBudget);
  return heavy === undefined ? null : charge("datagrams", "a datagram beyond its budget");
}

/** Do all whose processes run hold exactly those living? */
export const isAgreed = ({ states, isDown }: Situation): boolean => states.every((state, who) => isDown[who] === true || states.every((_, about) => {
  const held = find(state.view, nameOf(about));
  return (held !== undefined && isLiving(held.status)) !== (isDown[about] === true);
}));
