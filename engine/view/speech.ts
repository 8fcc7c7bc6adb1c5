/** What protocol versions the members of a view speak, all together: whether two views can be one group (memberlist rule 52). */

import { isLiving, type Status, type Versions } from "../words/member.ts";

/** The bounds that members set, and what they speak. Equal ones are mostly one object, so that keeping it up costs a comparison of pointers. */
export type Speech = {
  /** The greatest of the least versions that the alive understand, and the least of the greatest; then the same of the application's. */
  readonly from: number;
  readonly to: number;
  readonly applicationFrom: number;
  readonly applicationTo: number;
  /** The least version that anybody living speaks, and the greatest; then the same of the application's. */
  readonly least: number;
  readonly greatest: number;
  readonly applicationLeast: number;
  readonly applicationGreatest: number;
};

/** Nobody speaks, and nobody sets a bound. */
export const silence: Speech =
  { from: 0, to: 255, applicationFrom: 0, applicationTo: 255, least: 255, greatest: 0, applicationLeast: 255, applicationGreatest: 0 };

/** What one member adds. Suspects speak, but set no bounds; the gone are silent. */
export function speechOf(versions: Versions, status: Status): Speech {
  if (!isLiving(status)) return silence;
  const isAlive = status === "alive";
  const known = (isAlive ? ofAlive : ofSuspects).get(versions);
  if (known !== undefined) return known;
  const [from, to, current, applicationFrom, applicationTo, application] = versions;
  const spoken = { least: current, greatest: current, applicationLeast: application, applicationGreatest: application };
  const speech = isAlive ? { from, to, applicationFrom, applicationTo, ...spoken } : { ...silence, ...spoken };
  (isAlive ? ofAlive : ofSuspects).set(versions, speech);
  return speech;
}

/** Members born in one process have one object of versions; these remember what was made of it. */
const ofAlive = new WeakMap<Versions, Speech>();
const ofSuspects = new WeakMap<Versions, Speech>();

/** Both together: one of the two themselves, where it says it all. */
export function together(one: Speech, other: Speech): Speech {
  if (one === other) return one;
  const both: Speech = {
    from: Math.max(one.from, other.from),
    to: Math.min(one.to, other.to),
    applicationFrom: Math.max(one.applicationFrom, other.applicationFrom),
    applicationTo: Math.min(one.applicationTo, other.applicationTo),
    least: Math.min(one.least, other.least),
    greatest: Math.max(one.greatest, other.greatest),
    applicationLeast: Math.min(one.applicationLeast, other.applicationLeast),
    applicationGreatest: Math.max(one.applicationGreatest, other.applicationGreatest),
  };
  return isSame(both, one) ? one : isSame(both, other) ? other : both;
}

const isSame = (one: Speech, other: Speech): boolean =>
  one.from === other.from && one.to === other.to && one.least === other.least && one.greatest === other.greatest &&
  one.applicationFrom === other.applicationFrom && one.applicationTo === other.applicationTo &&
  one.applicationLeast === other.applicationLeast && one.applicationGreatest === other.applicationGreatest;

/** Does everybody living speak what all the alive understand? */
export const isUnderstood = (speech: Speech): boolean =>
  speech.least >= speech.from && speech.greatest <= speech.to &&
  speech.applicationLeast >= speech.applicationFrom && speech.applicationGreatest <= speech.applicationTo;

/** Is what one member speaks understood by all the alive? */
export const isUnderstoodBy = ([, , current, , , application]: Versions, { from, to, applicationFrom, applicationTo }: Speech): boolean =>
  current >= from && current <= to && application >= applicationFrom && application <= applicationTo;
