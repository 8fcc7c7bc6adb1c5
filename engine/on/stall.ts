/**
 * Stalls. A member whose own process stood still must not blame others for answers that it has not read yet: it listens for a period before it accuses
 * (`stallAfter`). It notices the stall by a deadline that is long overdue: when its alarm goes off at last, or when a message that it reads before that removes the deadline.
 */

import { rankOf } from "../words/agenda.ts";
import type { Member } from "../words/member.ts";
import type { Instant } from "../words/units.ts";
import { after, NEVER } from "../words/units.ts";
import type { State } from "../state.ts";
import { withListening } from "../with.ts";

/** Notes a stall if the deadline that was due at `due`, and is met or removed now, is too late. */
export function noteStall(state: State, due: Instant, now: Instant): State {
  const { stallAfter, periodEvery } = state.config;
  return stallAfter > 0 && now - due > stallAfter ? withListening(state, after(now, periodEvery)) : state;
}

/** The same for the deadline of a suspicion that a new record ends. */
export const noteCleared = (state: State, { id, status }: Member, now: Instant): State =>
  status === "suspect" || state.suspicions === null ? state : noteStall(state, (rankOf(state.suspicions, id) ?? NEVER) as Instant, now);

/** When we last noticed a stall: the answers to what was due by then may be unread. −Infinity where stalls are not noted. */
export const sleptUntil = ({ listensUntil, config }: State): number => (config.stallAfter > 0 ? listensUntil - config.periodEvery : -Infinity);
