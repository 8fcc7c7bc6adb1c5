/** How a member forgets gone members. */

import { assert } from "../words/assert.ts";
import { first, firstName, firstRank, strikeFirst } from "../words/agenda.ts";
import type { Instant } from "../words/units.ts";
import { NEVER } from "../words/units.ts";
import { find, remove } from "../view/index.ts";
import { hush } from "../rules/dissemination.ts";
import type { State, Step } from "../state.ts";
import { andThen, noEffects } from "../state.ts";
import { withRumours, withTombstones, withView } from "../with.ts";
import { announce } from "./announcing.ts";

/** Removes the tombstone that is due first, and its member. */
export function onTombstoneGone(state: State): Step {
  const id = first(state.tombstones);
  assert(id !== undefined, "a tombstone goes");
  assert(firstName(state.tombstones) === id, "a tombstone stands under its member's name");
  const member = find(state.view, id);
  assert(member !== undefined, "a tombstone is of somebody remembered");
  const forgetful = withTombstones(withView(state, remove(state.view, id)), strikeFirst(state.tombstones));
  return [withRumours(forgetful, hush(state.rumours, id)), announce({ kind: "forgotten", member })];
}

/** Forgets, at the end of a pass, all members whose tombstones are overdue (memberlist rule 9: strictly). */
export function forgetOverdue(state: State, now: Instant): Step {
  let step: Step = [state, noEffects];
  while (firstRank(step[0].tombstones, NEVER) < now) step = andThen(step, onTombstoneGone);
  return step;
}
