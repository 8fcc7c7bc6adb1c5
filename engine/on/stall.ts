/**
 * Oversleeping. A member whose own process stood still must not blame others for what it has not read yet: it listens for a period before it judges
 * (`stallAfter`). It notices by a deadline that is overdue by too much: when its alarm rings at last, or when what it reads before that removes the deadline.
 */

import { rankOf } from "../words/agenda.ts";
import type { Member } from "../words/member.ts";
import type { Instant } from "../words/units.ts";
import { after, NEVER } from "../words/units.ts";
import type { State } from "../state.ts";
import { withListening } from "../with.ts";

/** A deadline that was due at `due` is met now, or removed. */
export function noteStall(state: State, due: Instant, now: Instant): State {
  const { stallAfter, periodEvery } = state.config;
  return stallAfter > 0 && now - due > stallAfter ? withListening(state, after(now, periodEvery)) : state;
}

/** The same, where a member is not suspected any more. */
export const noteCleared = (state: State, { id, status }: Member, now: Instant): State =>
  status === "suspect" || state.suspicions === null ? state : noteStall(state, (rankOf(state.suspicions, id) ?? NEVER) as Instant, now);

/** When we last noticed that we had overslept: what was due by then may have been answered unread. Before all time, if no stall is ever noted. */
export const sleptUntil = ({ listensUntil, config }: State): number => (config.stallAfter > 0 ? listensUntil - config.periodEvery : -Infinity);
