/** Adopts many unknown members at once: when a newcomer learns its group, or when two halves of a group meet. */

import { isSpeaking } from "../rules/membership.ts";
import type { Claim } from "../words/member.ts";
import type { Effect } from "../messages/effect.ts";
import { union, type DifferenceWithin, type View } from "../view/index.ts";
import type { State, Step } from "../state.ts";
import { withView, withRumours } from "../with.ts";
import { announcement } from "./announcing.ts";
import { rumoursOfStranger, type Hearing } from "./claims.ts";

/** Fewer are handled one by one. */
const MANY = 8;

/**
 * Do the two views differ only in alive members that we do not know, whose records need no weighing? Then they can be adopted at once. Not
 * where each must be multicast, or where damping counts the returns of each.
 */
export function areStrangers(found: readonly DifferenceWithin[], { config }: State, { source }: Hearing): boolean {
  if (found.length < MANY || config.flapLimit !== 0 || (config.dissemination === "multicast" && source === "first-hand")) return false;
  return found.every(({ mine, theirs }) => mine === undefined && theirs.status === "alive" && isSpeaking(theirs.versions) && theirs.meta.length <= config.metaLimit);
}

/** Adopts them all, with the same result as one by one in this order. Whole subtrees of their view become part of ours, and are shared with all members that hold them. */
export function meet(state: State, theirs: View, strangers: readonly DifferenceWithin[], { source }: Hearing): Step {
  const { config } = state;
  let { rumours } = state;
  const effects: Effect[] = [];
  for (const { theirs: member } of strangers) {
    const claim: Claim = { kind: "alive", member };
    rumours = rumoursOfStranger({ config, rumours }, claim, source);
    effects.push(announcement({ kind: "joined", member }));
  }
  return [withRumours(withView(state, union(state.view, theirs)), rumours), effects];
}
