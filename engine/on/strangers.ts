/** Meeting many at once whom we never heard of: what a newcomer learns first, and the other half of a group when it comes back. */

import { isSpeaking } from "../rules/membership.ts";
import type { Claim } from "../words/member.ts";
import type { Effect } from "../messages/effect.ts";
import { union, type DifferenceWithin, type View } from "../view/index.ts";
import type { State, Step } from "../state.ts";
import { withView, withRumours } from "../with.ts";
import { announcement } from "./announcing.ts";
import { rumoursOfStranger, type Hearing } from "./claims.ts";

/** Fewer are met one by one. */
const MANY = 8;

/**
 * Is all that differs between our view and another's that it holds living members whom we do not know, and nothing is to be weighed in what it says of them? Then they can be met at once. Not
 * where each of them is told to everyone, or how often each comes and goes is watched: there one by one says more.
 */
export function areStrangers(found: readonly DifferenceWithin[], { config }: State, { source }: Hearing): boolean {
  if (found.length < MANY || config.flapLimit !== 0 || (config.dissemination === "multicast" && source === "first-hand")) return false;
  return found.every(({ mine, theirs }) => mine === undefined && theirs.status === "alive" && isSpeaking(theirs.versions) && theirs.meta.length <= config.metaLimit);
}

/** Takes them all in, as if each had been heard of by itself, in this order. What hangs together in their view is taken over as it is, so that we share it with whoever holds the same. */
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
