/** Judges every situation of a small world, and every step: the oracles, as far as single steps can show a violation. */

import { brokenAfter, brokenBetween, isLiving, membersOf, rumoursWaiting, sizeOf, type View } from "../../engine/index.ts";
import { retold, risen, slandered } from "./memory.ts";
import type { Charge, Situation, SmallWorld, Took } from "./world.ts";

/** What a view holds about each member: its incarnation, and whether it is living. */
type Held = { readonly incarnations: readonly number[]; readonly living: number };

/** Judges steps and situations. Equal steps are one object, and are judged once. */
export class Judge {
  private readonly held = new WeakMap<NonNullable<View>, Held>();
  private readonly world: SmallWorld;

  constructor(world: SmallWorld) {
    this.world = world;
  }

  /** The oracle that this step or the resulting situation violates; null if none. */
  chargeOf(took: Took, situation: Situation): Charge | null {
    let { charge } = took.judged;
    if (charge === undefined) took.judged.charge = charge = chargeOfStep(took, this.world);
    return charge ?? this.inventionIn(took, situation) ?? this.slanderIn(took, situation);
  }

  /** Does every member with a process hold exactly these members living? Nothing is expected of members that are leaving, or of what others hold about them. */
  isAgreed({ states, isDown }: Situation): boolean {
    let [running, leaving] = [0, 0];
    for (let member = 0; member < states.length; member++) {
      if (isDown[member] === true) continue;
      if (states[member]!.phase.kind === "leaving") leaving |= 1 << member;
      else running |= 1 << member;
    }
    for (let member = 0; member < states.length; member++) {
      if ((running & (1 << member)) !== 0 && (this.heldIn(states[member]!.view).living & ~leaving) !== running) return false;
    }
    return true;
  }

  private inventionIn({ member, before, after }: Took, { states }: Situation): Charge | null {
    if (before.view === after.view) return null;
    const { incarnations } = this.heldIn(after.view);
    const about = incarnations.findIndex((incarnation, other) => incarnation > (states[other]?.self.incarnation ?? 0));
    if (about < 0) return null;
    return { oracle: "incarnations", member, why: `it holds m${about + 1} at incarnation ${incarnations[about] ?? 0}, which that member never gave itself` };
  }

  /** The part of `farewells` that concerns all members: if nothing but that goodbye has happened, a member that missed it is corrected before it takes the silence for a failure. */
  private slanderIn({ member, effects }: Took, { states, losses, delays, crashes, leaves }: Situation): Charge | null {
    const { world } = this;
    const isClear = losses === world.losses && delays === world.delays && crashes === world.crashes && leaves === world.leaves - 1;
    if (!isClear || world.config.correction === "off" || world.config.suspicion === "off") return null;
    for (const effect of effects) {
      if (effect.kind !== "announce" || effect.change.kind !== "failed") continue;
      const { id, incarnation } = effect.change.member;
      const its = states[Number(id.slice(1)) - 1];
      if (its !== undefined && its.phase.kind !== "member" && its.self.incarnation === incarnation) return { oracle: "farewells", member, why: `it announced that ${id} failed, and nothing kept ${id}'s farewell from anybody` };
    }
    return null;
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

/** The oracle that a step violates, whatever the other members hold. */
function chargeOfStep(took: Took, { members, config }: SmallWorld): Charge | null {
  const { member, before, event, effects, after } = took;
  // Oracles first: some of the invariants say the same in other words.
  const [oracle, why] = risen(took) ?? slandered(took) ?? retold(took, config, members) ?? [];
  if (oracle !== undefined && why !== undefined) return { oracle, member, why };
  if (sizeOf(after.view) > members || rumoursWaiting(after.rumours) > members) return { oracle: "growth", member, why: "it keeps more records or rumours than there are members" };
  const promise = brokenAfter(before, after)[0] ?? (before === after ? undefined : brokenBetween(before, event, after)[0]);
  if (promise !== undefined) return { oracle: "invariants", member, why: promise };
  const heavy = effects.find((effect) => effect.kind === "send" && effect.size > config.datagramBudget);
  return heavy === undefined ? null : { oracle: "datagrams", member, why: "a datagram exceeds its budget" };
}
