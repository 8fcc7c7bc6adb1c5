/** What must be true of every situation of a small world, and of every step on the way there: the oracles that need no memory of a run. */

import { brokenAfter, brokenBetween, isLiving, membersOf, rumoursWaiting, sizeOf, type View } from "../../engine/index.ts";
import type { Situation, Took } from "./world.ts";

/** An oracle, and why it is broken. */
export type Charge = { readonly oracle: string; readonly member: number; readonly why: string };

/** What a view holds of each member: its incarnation, and whether it lives. */
type Held = { readonly incarnations: readonly number[]; readonly living: number };

/** Judges steps and situations, each step once: those that are the same are one value. */
export class Judge {
  private readonly charges = new WeakMap<Took, Charge | null>();
  private readonly held = new WeakMap<NonNullable<View>, Held>();

  /** What this step, or what came of it, breaks; null if nothing. */
  chargeOf(took: Took, situation: Situation): Charge | null {
    let charge = this.charges.get(took);
    if (charge === undefined) this.charges.set(took, (charge = chargeOfStep(took, situation.states.length)));
    return charge ?? this.inventionIn(took, situation);
  }

  /** Do all whose processes run hold exactly those living? */
  isAgreed({ states, isDown }: Situation): boolean {
    let running = 0;
    for (let member = 0; member < states.length; member++) if (isDown[member] !== true) running |= 1 << member;
    return states.every((state, member) => isDown[member] === true || this.heldIn(state.view).living === running);
  }

  private inventionIn({ member, before, after }: Took, { states }: Situation): Charge | null {
    if (before.view === after.view) return null;
    const { incarnations } = this.heldIn(after.view);
    const about = incarnations.findIndex((incarnation, other) => incarnation > (states[other]?.self.incarnation ?? 0));
    if (about < 0) return null;
    return { oracle: "incarnations", member, why: `it holds m${about + 1} at incarnation ${incarnations[about] ?? 0}, which that never gave itself` };
  }

  private heldIn(view: View): Held {
    if (view === null) return nobody;
    const known = this.held.get(view);
    if (known !== undefined) return known;
    const incarnations: number[] = [];
    let living = 0;
    for (const { id, incarnation, status } of membersOf(view)) {
      const member = Number(id.slice(1)) - 1;
      incarnations[member] = incarnation;
      if (isLiving(status)) living |= 1 << member;
    }
    const held: Held = { incarnations: Array.from(incarnations, (incarnation) => incarnation ?? 0), living };
    this.held.set(view, held);
    return held;
  }
}

const nobody: Held = { incarnations: [], living: 0 };

/** What a step breaks whatever the others hold. */
function chargeOfStep({ member, before, event, effects, after }: Took, members: number): Charge | null {
  const charge = (oracle: string, why: string): Charge => ({ oracle, member, why });
  const [promise] = [...brokenAfter(before, after), ...(before === after ? [] : brokenBetween(before, event, after))];
  if (promise !== undefined) return charge("invariants", promise);
  if (sizeOf(after.view) > members || rumoursWaiting(after.rumours) > members) return charge("growth", "it keeps more than there are members");
  const heavy = effects.find((effect) => effect.kind === "send" && effect.size > after.config.datagramBudget);
  return heavy === undefined ? null : charge("datagrams", "a datagram beyond its budget");
}
