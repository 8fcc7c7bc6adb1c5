/** Flap damping: members that come and go too often, of whom the application should not hear each time (ringpop's, in a form without votes). */

import type { Agenda } from "../words/agenda.ts";
import { enter, lookUp } from "../words/agenda.ts";
import type { Config } from "../words/config.ts";
import type { Instant, MemberId } from "../words/units.ts";
import { after } from "../words/units.ts";

/** What a member has on its account. Stands in the agenda of flaps under its name, ranked by when all of it is forgotten. */
export type Flap = {
  readonly about: MemberId;
  /** How often it came back from the dead without having been still for `flapFor` in between. */
  readonly returns: number;
};

export type Flaps = Agenda<Flap>;

/** Is this member's coming and going kept from the application? */
export const isDamped = (flaps: Flaps, about: MemberId, config: Config): boolean => flaps !== null && isBeyond(lookUp(flaps, about), config);

/** Does this account damp a member? */
export const isBeyond = (flap: Flap | undefined, config: Config): boolean => flap !== undefined && flap.returns > config.flapLimit;

/** It came back from the dead: one more on its account, which is kept for `flapFor` from now on. */
export function returned(flaps: Flaps, about: MemberId, now: Instant, config: Config): Flaps {
  if (config.flapLimit === 0) return flaps;
  const returns = (lookUp(flaps, about)?.returns ?? 0) + 1;
  return enter(flaps, about, after(now, config.flapFor), { about, returns });
}

/** It is not still: what is on its account is kept for as long again. */
export function stirred(flaps: Flaps, about: MemberId, now: Instant, config: Config): Flaps {
  const flap = lookUp(flaps, about);
  return flap === undefined ? flaps : enter(flaps, about, after(now, config.flapFor), flap);
}
