/** Reach: whether members know enough of each other to be able to meet. */

import { find } from "../../engine/index.ts";
import type { Scene } from "./oracle.ts";

/**
 * Is there a newcomer of whose seeds none runs on its side, or that never asks again? Then nothing promises that
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
 * Is there, on some side, a group that nobody else there can address, and that knows nobody else? Then they never hear of each other: a member that
 * returns at another address, or after a goodbye, is known only to the seed that it asked. Members call those that they hold gone, except those that left.
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

/** Does it know where to reach one of the others, or one of them it? Otherwise they never hear of each other: see above. */
export const mayMeet = (scene: Scene, member: number, others: readonly number[]): boolean =>
  others.some((other) => other !== member && (callsAt(scene, member, other) || callsAt(scene, other, member)));

/** Does one know the other's current address: as that of a seed, of a living member, or of a dead one? */
function callsAt({ ids, stateOf }: Scene, one: number, other: number): boolean {
  const [state, called] = [stateOf(one), stateOf(other)];
  if (state === null || called === null) return false;
  const held = find(state.view, ids[other]!);
  return (held !== undefined && held.status !== "left" && held.address === called.self.address) || (state.sync.joining === "asking" && state.sync.seeds.includes(called.self.address));
}
