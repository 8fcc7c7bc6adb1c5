/** Reach: whether what members know of each other is enough for all of them to meet. */

import { find } from "../../engine/index.ts";
import type { Scene } from "./oracle.ts";

/**
 * Is somebody asking seeds to let it in, none of whom runs on its side where it is being asked, or who will not be asked again? Then nobody promises that
 * it gets in. `core`: an entry a member.
 */
export function areNewcomersLost({ ids, stateOf, scenario, truth }: Scene, core: Uint8Array): boolean {
  return ids.some((_, member) => {
    const state = stateOf(member);
    if (core[member] === 0 || state === null || state.sync.joining !== "asking") return false;
    const isThere = (seed: number): boolean => core[seed] !== 0 && truth.sideOf(seed) === truth.sideOf(member) && state.sync.seeds.includes(stateOf(seed)!.self.address);
    return scenario.config.joinAgainAfter === 0 || !ids.some((__, seed) => isThere(seed));
  });
}

/**
 * Is there, on some side, a group that nobody else there knows where to call, and that knows nobody else? Then they never hear of each other: who comes
 * back elsewhere, or after a goodbye, is known only to whom it asked. Whom one holds gone is called, but for those who left.
 */
export function areAnyStrangers(scene: Scene, core: Uint8Array): boolean {
  const { ids, truth } = scene;
  const left = new Set(ids.flatMap((_, member) => (core[member] === 0 ? [] : [member])));
  const sides = new Set<number>();
  for (const one of left) {
    if (sides.has(truth.sideOf(one))) return true;
    sides.add(truth.sideOf(one));
    const reached = [one];
    left.delete(one);
    for (let member = reached.pop(); member !== undefined; member = reached.pop()) {
      for (const other of left) {
        if (truth.sideOf(other) !== truth.sideOf(member) || !(callsAt(scene, member, other) || callsAt(scene, other, member))) continue;
        left.delete(other);
        reached.push(other);
      }
    }
  }
  return false;
}

/** Does it know where to call one of the others, or one of them it? Else they never hear of each other: see above. */
export const mayMeet = (scene: Scene, member: number, others: readonly number[]): boolean =>
  others.some((other) => other !== member && (callsAt(scene, member, other) || callsAt(scene, other, member)));

/** Does one call the other where that is: as a seed, as one of the living, or as one of the dead? */
function callsAt({ ids, stateOf }: Scene, one: number, other: number): boolean {
  const [state, called] = [stateOf(one), stateOf(other)];
  if (state === null || called === null) return false;
  const held = find(state.view, ids[other]!);
  return (held !== undefined && held.status !== "left" && held.address === called.self.address) || (state.sync.joining === "asking" && state.sync.seeds.includes(called.self.address));
}
