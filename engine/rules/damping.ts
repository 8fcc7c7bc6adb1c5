/** Flap damping: changes of members that return from the dead too often are not announced (ringpop's, in a form without votes). */

import type { Agenda } from "../words/agenda.ts";
import { enter, lookUp } from "../words/agenda.ts";
import type { Config } from "../words/config.ts";
import type { Instant, MemberId } from "../words/units.ts";
import { after } from "../words/units.ts";

/** The returns of one member. In the agenda of flaps under its name, ranked by when they are forgotten. */
export type Flap = {
  readonly about: MemberId;
  /** How often it returned from the dead without having been stable for `flapFor` in between. */
  readonly returns: number;
};

export type Flaps = Agenda<Flap>;

/** Are this member's changes kept from the application? */
export const isDamped = (flaps: Flaps, about: MemberId, config: Config): boolean => flaps !== null && isBeyond(lookUp(flaps, about), config);

/** Are these returns too many? */
export const isBeyond = (flap: Flap | undefined, config: Config): boolean => flap !== undefined && flap.returns > config.flapLimit;

/** The member returned from the dead: counts it, and keeps the count for `flapFor` from now on. */
export function returned(flaps: Flaps, about: MemberId, now: Instant, config: Config): Flaps {
  if (config.flapLimit === 0) return flaps;
  const returns = (lookUp(flaps, about)?.returns ?? 0) + 1;
  return enter(flaps, about, after(now, config.flapFor), { about, returns });
}

/** The member changed again: its count, if it has one, is kept for `flapFor` from now on. */
export function stirred(flaps: Flaps, about: MemberId, now: Instant, config: Config): Flaps {
  const flap = lookUp(flaps, about);
  return flap === undefined ? flaps : enter(flaps, about, after(now, config.flapFor), flap);
}
