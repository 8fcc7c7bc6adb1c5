/** A site of Demers' epidemics, based on the engine's own rule of dissemination: the only file that calls it. */

import { hush, incarnation, memberId, noRumours, spread, tell, type Claim, type Rumours } from "../../../../../engine/index.ts";

/** What a site is still telling: the engine's rumours, at most one. */
export type Site = Rumours;

export const silent: Site = noRumours;

const update: Claim = { kind: "suspect", about: memberId("update"), incarnation: incarnation(1), from: memberId("site") };

/** Larger than any message, and more often than anything is told: the epidemic decides when to stop. */
const ROOM = 1_400;
const NO_LIMIT = 1_000_000;

/** The site hears of the update, and tells it from now on. */
export const hears = (site: Site): Site => spread(site, update, "newest");

/** The site tells what it has to tell: is there anything? */
export function tells(site: Site): readonly [isTelling: boolean, site: Site] {
  const { items, rest } = tell(site, "newest", ROOM, NO_LIMIT, 1);
  return [items.length > 0, rest];
}

/** The site loses interest. */
export const losesInterest = (site: Site): Site => hush(site, memberId("update"));
