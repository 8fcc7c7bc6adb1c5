/**
 * Oracles that need a memory, checked on single steps: a member's state holds what a run would have to remember, and each step must preserve it. A member that is
 * gone is either still held so, or forgotten (the invariants say when); a rumour's count of tellings is part of the state. So what holds for each step holds for each run.
 */

import { differences, find, isLiving, rumourOf, subject, tellLimit, type Claim, type Config, type State } from "../../engine/index.ts";
import { nameOf, type Took } from "./world.ts";

type Broken = readonly [oracle: string, why: string];

/** `resurrection`: a member that it held gone is living again, with no higher incarnation and at the same address. */
export function risen({ before, after }: Took): Broken | undefined {
  if (before.view === after.view) return undefined;
  for (const { mine: was, theirs: is } of differences(before.view, after.view)) {
    if (was === undefined || is === undefined || isLiving(was.status) || !isLiving(is.status) || is.id === after.self.id) continue;
    if (is.incarnation <= was.incarnation && is.address === was.address) return ["resurrection", `it holds ${is.id} living again at incarnation ${is.incarnation}, and had held it gone at ${was.incarnation}`];
  }
  return undefined;
}

/** `farewells`, for a member that heard the goodbye: it announces a failure of a member that it knows to have left. */
export function slandered({ before, effects }: Took): Broken | undefined {
  for (const effect of effects) {
    if (effect.kind !== "announce" || effect.change.kind !== "failed") continue;
    const { member } = effect.change;
    const held = find(before.view, member.id);
    if (held?.status === "left" && held.incarnation === member.incarnation) return ["farewells", `it announced that ${member.id} failed, and had known that it left`];
  }
  return undefined;
}

/** `tellings`: a rumour was told beyond its limit, or its count was lost. */
export function retold({ before, effects, after }: Took, config: Config, members: number): Broken | undefined {
  if (config.dissemination === "multicast" || (before.rumours === after.rumours && effects.length === 0)) return undefined;
  const times = new Map<Claim, number>();
  for (const effect of effects) if (effect.kind === "send") for (const claim of effect.message.gossip) times.set(claim, (times.get(claim) ?? 0) + 1);
  const limit = tellLimit(config, members);
  for (const [claim, told] of times) {
    const extra = claim.kind === "left" ? config.farewells : 0;
    const all = toldOf(before, claim) + told;
    if (all > limit + extra) return ["tellings", `it told ${all} times that ${subject(claim)} is ${claim.kind}; the limit is ${limit + extra}`];
  }
  for (let number = 0; number < members; number++) {
    const is = rumourOf(after.rumours, nameOf(number));
    if (is === undefined) continue;
    const due = toldOf(before, is.claim) + (times.get(is.claim) ?? 0) - (is.claim.kind === "left" ? config.farewells : 0);
    if (is.told < due) return ["tellings", `it told ${due} times that ${nameOf(number)} is ${is.claim.kind}, and counted ${is.told}`];
  }
  return undefined;
}

/** How often exactly this claim was told. */
function toldOf({ rumours }: State, claim: Claim): number {
  const waiting = rumourOf(rumours, subject(claim));
  return waiting?.claim === claim ? waiting.told : 0;
}
