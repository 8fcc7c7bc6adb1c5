/** The announcements to the application about what a member learns: joined, suspected, failed, and so on. Those about flapping members are damped. */

import { assert } from "../words/assert.ts";
import { lookUp } from "../words/agenda.ts";
import { isLiving, type Member } from "../words/member.ts";
import type { Cause, Ending, Grounds, Suspicion } from "../words/suspicion.ts";
import type { Instant, MemberId } from "../words/units.ts";
import type { Change, Effect } from "../messages/effect.ts";
import { isBeyond, returned, stirred } from "../rules/damping.ts";
import type { State, Step } from "../state.ts";
import { withFlaps } from "../with.ts";

export const announcement = (change: Change): Effect => ({ kind: "announce", change });
export const announce = (change: Change): readonly Effect[] => [announcement(change)];

/** Announces these changes, unless the member is damped, then lists these effects. */
export function tellApplication(state: State, held: Member | undefined, record: Member, changes: readonly Change[], effects: readonly Effect[], now: Instant): Step {
  if (state.config.flapLimit === 0 || changes.length === 0) return [state, announcing(changes, effects)];
  const [damped, announced] = damp(state, held, record, changes, now);
  return [damped, announcing(announced, effects)];
}

/** These announcements, then those effects. */
function announcing(changes: readonly Change[], effects: readonly Effect[]): readonly Effect[] {
  const [first] = changes;
  if (first === undefined) return effects;
  return changes.length === 1 && effects.length === 0 ? [announcement(first)] : [...changes.map(announcement), ...effects];
}

/** The announcements when `record` replaces `held`. */
export function changesOf(held: Member | undefined, record: Member, by: MemberId, cause: Ending, grounds: Grounds | null): readonly Change[] {
  const wasLiving = held !== undefined && isLiving(held.status);
  switch (record.status) {
    case "alive":
      if (!wasLiving) return [{ kind: "joined", member: record }];
      if (held.status === "suspect") return isUpdate(held, record) ? [{ kind: "cleared", member: record }, { kind: "updated", member: record }] : [{ kind: "cleared", member: record }];
      return isUpdate(held, record) ? [{ kind: "updated", member: record }] : [];
    case "suspect":
      if (!wasLiving) return [{ kind: "joined", member: record }, { kind: "suspected", member: record, by, cause: causeOf(cause) }];
      return held.status === "suspect" ? [] : [{ kind: "suspected", member: record, by, cause: causeOf(cause) }];
    case "dead":
      return held?.status === "dead" ? [] : [{ kind: "failed", member: record, by, cause, grounds }];
    case "left":
      return held?.status === "left" ? [] : [{ kind: "left", member: record }];
  }
}

const isUpdate = (held: Member, record: Member): boolean => held.meta !== record.meta || held.address !== record.address;

/** Withholds the changes of a member that returns from the dead too often. A farewell is always announced: it is the member's own claim. */
function damp(state: State, held: Member | undefined, record: Member, changes: readonly Change[], now: Instant): readonly [State, readonly Change[]] {
  const { config, flaps } = state;
  const isReturn = held?.status === "dead" && isLiving(record.status);
  const before = lookUp(flaps, record.id);
  const current = isReturn ? returned(flaps, record.id, now, config) : stirred(flaps, record.id, now, config);
  const next = withFlaps(state, current);
  if (record.status === "left" || !isBeyond(lookUp(current, record.id), config)) return [next, changes];
  return [next, isBeyond(before, config) ? [] : [{ kind: "damped", member: record }]];
}

/** The cause of a suspicion. */
export function causeOf(cause: Ending): Cause {
  assert(cause.kind !== "unrefuted", "a suspicion that ran out begins none");
  return cause;
}

/** The grounds of the suspicion that a death ends. */
export function groundsOf(suspicion: Suspicion | undefined): Grounds | null {
  if (suspicion === undefined) return null;
  const { by, since, cause, confirmedBy } = suspicion;
  return { by, since, cause, confirmedBy };
}
