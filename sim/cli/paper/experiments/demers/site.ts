/** A site of Demers' epidemics, over the engine's own rule of dissemination: the one place that knows how that is called. */

import { hush, incarnation, memberId, noRumours, spread, tell, type Claim, type Rumours } from "../../../../../engine/index.ts";

/** What a site is still telling: the engine's rumours, of which there is one or none. */
export type Site = Rumours;

export const silent: Site = noRumours;

const update: Claim = { kind: "suspect", about: memberId("update"), incarnation: incarnation(1), from: memberId("site") };

/** More than any message takes, and more often than anything is told: when to stop is for the epidemic to decide. */
const ROOM = 1_400;
const NO_LIMIT = 1_000_000;

/** It hears of the update, and tells it from now on. */
export const hears = (site: Site): Site => spread(site, update, "newest");

/** It tells what it has to tell: is that anything? */
export function tells(site: Site): readonly [isTelling: boolean, site: Site] {
  const { items, rest } = tell(site, "newest", ROOM, NO_LIMIT, 1);
  return [items.length > 0, rest];
}

/** It loses interest. */
export const losesInterest = (site: Site): Site => hush(site, memberId("update"));
