/** The protocol versions that the members of a view speak: whether two views can be one group (memberlist rule 52). */

import { isLiving, type Status, type Versions } from "../words/member.ts";

/** The versions that members understand, and those that they speak. Equal ones are mostly one object, so that an update costs only a comparison of pointers. */
export type Speech = {
  /** The range that all alive members understand: the greatest of their minima, the least of their maxima; then the same for the application's versions. */
  readonly from: number;
  readonly to: number;
  readonly applicationFrom: number;
  readonly applicationTo: number;
  /** The least and the greatest version that a living member speaks; then the same for the application's versions. */
  readonly least: number;
  readonly greatest: number;
  readonly applicationLeast: number;
  readonly applicationGreatest: number;
};

/** No members: no version is spoken, and none excluded. */
export const silence: Speech =
  { from: 0, to: 255, applicationFrom: 0, applicationTo: 255, least: 255, greatest: 0, applicationLeast: 255, applicationGreatest: 0 };

/** What one member adds. Only alive members restrict the range; suspects count as speakers; the gone do not count. */
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

/** Caches: all members born in one process share one `versions` object. */
const ofAlive = new WeakMap<Versions, Speech>();
const ofSuspects = new WeakMap<Versions, Speech>();

/** Combines two. Returns one of them if it equals the result. */
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

/** Does every living member speak versions that all alive members understand? */
export const isUnderstood = (speech: Speech): boolean =>
  speech.least >= speech.from && speech.greatest <= speech.to &&
  speech.applicationLeast >= speech.applicationFrom && speech.applicationGreatest <= speech.applicationTo;

/** Do all alive members understand what this member speaks? */
export const isUnderstoodBy = ([, , current, , , application]: Versions, { from, to, applicationFrom, applicationTo }: Speech): boolean =>
  current >= from && current <= to && application >= applicationFrom && application <= applicationTo;
