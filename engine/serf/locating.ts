/** How a member finds its network coordinate: each of its probes that is answered moves it a little (Vivaldi, with the corrections that Serf makes). */

import { enter, lookUp, nothing, strike, type Agenda } from "../words/agenda.ts";
import { foldText } from "../words/mix.ts";
import { rngFrom, type Rng } from "../words/rng.ts";
import { ORIGIN, type Instant, type MemberId, type Micros } from "../words/units.ts";
import { adjustedDistance, distanceBetween, isSound, NEAR, origin, pushed, WORST_ERROR, type Coordinate } from "./coordinate.ts";

/** Our place, and those of the members that we have probed. */
export type Locating = {
  readonly own: Coordinate;
  /** By name; all of one rank. */
  readonly others: Agenda<Located>;
  /** By how much the last round-trip times were longer than the places say, in seconds: the latest last. */
  readonly surplus: readonly number[];
  readonly rng: Rng;
  /** What our acks say of it: null before they say anything. And when they may say something else. */
  readonly told: Coordinate | null;
  readonly tellAt: Instant;
};

/** Another member: where it said that it was, and the last round-trip times to it, in seconds. */
export type Located = { readonly coordinate: Coordinate; readonly roundTrips: readonly number[] };

/** How much one probe moves us and our error: Serf `VivaldiCC` and `VivaldiCE`. */
const [PUSH, TRUST] = [0.25, 0.25];
/** Of so many round-trip times to a member the median counts, because single ones are often late. Serf `LatencyFilterSize`. */
const FILTER = 3;
/** Over so many probes the adjustment is averaged. Serf `AdjustmentWindowSize`. */
const WINDOW = 20;
/** Everybody is pulled towards the origin, or else a group drifts: by (distance / this)² seconds for each probe. Serf `GravityRho`. */
const GRAVITY = 150;
/** Longer ones are not believed. Serf `maxRTT`: 10 s. */
const LONGEST: number = 10_000_000;

/** Nothing is known, and nothing told. All chance comes from our name: it only decides in which direction we leave the place where all begin. */
export const startLocating = (self: MemberId): Locating =>
  ({ own: origin, others: nothing, surplus: Array.from({ length: WINDOW }, () => 0), rng: rngFrom(foldText(0, self)), told: null, tellAt: ORIGIN });

/** After a member answered that is at `coordinate`, as it says. What makes no sense moves nothing. */
export function located(locating: Locating, member: MemberId, coordinate: Coordinate, roundTrip: Micros): Locating {
  if (!isSound(coordinate) || roundTrip < 0 || roundTrip > LONGEST) return locating;
  const known = lookUp(locating.others, member)?.roundTrips ?? [];
  const roundTrips = [...known, roundTrip / 1_000_000].slice(-FILTER);
  const others = enter(locating.others, member, 0, { coordinate, roundTrips });
  return moved({ ...locating, others }, coordinate, Math.max(medianOf(roundTrips), NEAR));
}

/** Without a member that is not remembered any longer. */
export const unlocated = (locating: Locating, member: MemberId): Locating =>
  lookUp(locating.others, member) === undefined ? locating : { ...locating, others: strike(locating.others, member) };

const medianOf = (values: readonly number[]): number => values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;

/** Towards the other member if it is nearer than we thought, away from it if it is farther: the more, the less we trust our place and the more it trusts its own. */
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
