/** How a member finds its network coordinate: each answered probe moves it a little (Vivaldi, with Serf's corrections). */

import { enter, lookUp, nothing, strike, type Agenda } from "../words/agenda.ts";
import { foldText } from "../words/mix.ts";
import { rngFrom, type Rng } from "../words/rng.ts";
import { ORIGIN, type Instant, type MemberId, type Micros } from "../words/units.ts";
import { adjustedDistance, distanceBetween, isSound, NEAR, origin, pushed, WORST_ERROR, type Coordinate } from "./coordinate.ts";

/** Our coordinate, and those of the members that we have probed. */
export type Locating = {
  readonly own: Coordinate;
  /** By name; all have the same rank. */
  readonly others: Agenda<Located>;
  /** By how much the last round-trip times exceeded the distances between places, in seconds: the latest last. */
  readonly surplus: readonly number[];
  readonly rng: Rng;
  /** The coordinate in our acks, null if there is none yet; and the earliest time for the next one. */
  readonly told: Coordinate | null;
  readonly tellAt: Instant;
};

/** Another member: the coordinate that it sent, and the last round-trip times to it, in seconds. */
export type Located = { readonly coordinate: Coordinate; readonly roundTrips: readonly number[] };

/** How much one probe changes our place and our error: Serf `VivaldiCC` and `VivaldiCE`. */
const [PUSH, TRUST] = [0.25, 0.25];
/** The median of this many round-trip times to a member is used, because single ones are often too long. Serf `LatencyFilterSize`. */
const FILTER = 3;
/** The adjustment is averaged over this many probes. Serf `AdjustmentWindowSize`. */
const WINDOW = 20;
/** Every member is pulled towards the origin, so that the group does not drift: by (distance / this)² seconds for each probe. Serf `GravityRho`. */
const GRAVITY = 150;
/** Longer round-trip times are ignored, in microseconds. Serf `maxRTT`: 10 s. */
const LONGEST: number = 10_000_000;

/** The start: no coordinates known, none sent. The random generator is seeded by our name; it only decides in which direction we leave the origin. */
export const startLocating = (self: MemberId): Locating =>
  ({ own: origin, others: nothing, surplus: Array.from({ length: WINDOW }, () => 0), rng: rngFrom(foldText(0, self)), told: null, tellAt: ORIGIN });

/** The state after a member with this coordinate answered. Input that makes no sense changes nothing. */
export function located(locating: Locating, member: MemberId, coordinate: Coordinate, roundTrip: Micros): Locating {
  if (!isSound(coordinate) || roundTrip < 0 || roundTrip > LONGEST) return locating;
  const known = lookUp(locating.others, member)?.roundTrips ?? [];
  const roundTrips = [...known, roundTrip / 1_000_000].slice(-FILTER);
  const others = enter(locating.others, member, 0, { coordinate, roundTrips });
  return moved({ ...locating, others }, coordinate, Math.max(medianOf(roundTrips), NEAR));
}

/** Removes a forgotten member. */
export const unlocated = (locating: Locating, member: MemberId): Locating =>
  lookUp(locating.others, member) === undefined ? locating : { ...locating, others: strike(locating.others, member) };

const medianOf = (values: readonly number[]): number => values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;

/** Moves us towards the other member if it is nearer than expected, away from it if it is farther: the further, the greater our error is compared to its error. */
function moved(locating: Locating, theirs: Coordinate, seconds: number): Locating {
  const { own } = locating;
  const expected = adjustedDistance(own, theirs);
  const weight = own.error / Math.max(own.error + theirs.error, NEAR);
  const mistake = Math.abs(expected - seconds) / seconds;
  const error = Math.min(WORST_ERROR, TRUST * weight * mistake + own.error * (1 - TRUST * weight));
  const [placed, rng] = pushed({ ...own, error }, PUSH * weight * (seconds - expected), theirs, locating.rng);
  const surplus = [...locating.surplus.slice(1), seconds - distanceBetween(placed, theirs)];
  const adjustment = surplus.reduce((sum, each) => sum + each, 0) / (2 * WINDOW);
  const adjusted = { ...placed, adjustment };
  const far = adjustedDistance(origin, adjusted) / GRAVITY;
  const [settled, next] = pushed(adjusted, -far * far, origin, rng);
  return { ...locating, surplus, rng: next, own: isSound(settled) ? settled : origin };
}
