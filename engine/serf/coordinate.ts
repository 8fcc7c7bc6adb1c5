/**
 * Network coordinates: a place for each member, such that the distance between two places is about the round-trip time between the members (Vivaldi: Dabek et al., SIGCOMM 2004;
 * with Serf's numbers). All lengths are in seconds. Only additions, products, quotients and square roots, which are the same on every machine.
 */

import { below, type Rng } from "../words/rng.ts";
import { micros, type Micros } from "../words/units.ts";

/** Serf `Coordinate`. */
export type Coordinate = {
  /** Eight numbers: a place in the core of the network. Serf `Vec`. */
  readonly vector: readonly number[];
  /** How far from the core: the member's own access link. Counts on the way to any other member. */
  readonly height: number;
  /** Half of the average by which measured round-trip times to this member exceed the distance between places; the other member has the other half. */
  readonly adjustment: number;
  /** The error of the place, relative to a round-trip time: 0 is exact, 1.5 is unknown. */
  readonly error: number;
};

/** Serf `Dimensionality`. */
const DIMENSIONS = 8;
/** Serf `VivaldiErrorMax`. */
export const WORST_ERROR = 1.5;
/** Serf `HeightMin`. */
const LEAST_HEIGHT = 1e-5;
/** Places closer than this count as the same. Serf `zeroThreshold`. */
export const NEAR = 1e-6;

/** The place at which every member begins. */
export const origin: Coordinate = { vector: Array.from({ length: DIMENSIONS }, () => 0), height: LEAST_HEIGHT, adjustment: 0, error: WORST_ERROR };

/** Does it have eight finite numbers, and three more? Strangers may send anything. */
export const isSound = ({ vector, height, adjustment, error }: Coordinate): boolean =>
  vector.length === DIMENSIONS && [...vector, height, adjustment, error].every(Number.isFinite);

/** The estimated round-trip time between the members at these places. */
export const roundTripBetween = (one: Coordinate, other: Coordinate): Micros => micros(Math.round(adjustedDistance(one, other) * 1_000_000));

/** The distance with both adjustments, unless that is not positive. In seconds. */
export function adjustedDistance(one: Coordinate, other: Coordinate): number {
  const distance = distanceBetween(one, other);
  const adjusted = distance + one.adjustment + other.adjustment;
  return adjusted > 0 ? adjusted : distance;
}

/** The distance between two places, including both access links. In seconds. */
export const distanceBetween = (one: Coordinate, other: Coordinate): number => lengthOf(between(one.vector, other.vector)) + one.height + other.height;

/** The coordinate, moved away from `from` by `by` seconds; towards it if `by` is negative. From the same place it moves in a random direction. */
export function pushed(coordinate: Coordinate, by: number, from: Coordinate, rng: Rng): readonly [moved: Coordinate, rng: Rng] {
  const way = between(coordinate.vector, from.vector);
  const distance = lengthOf(way);
  if (distance <= NEAR) {
    const [direction, next] = randomDirection(rng);
    return [{ ...coordinate, vector: along(coordinate.vector, direction, by) }, next];
  }
  const height = coordinate.height + (by * (coordinate.height + from.height)) / distance;
  return [{ ...coordinate, vector: along(coordinate.vector, way, by / distance), height: Math.max(height, LEAST_HEIGHT) }, rng];
}

function randomDirection(rng: Rng): readonly [direction: readonly number[], rng: Rng] {
  let box = rng;
  const way = origin.vector.map(() => {
    let thrown: number;
    [thrown, box] = below(2_000_001, box);
    return thrown - 1_000_000;
  });
  const length = lengthOf(way);
  return [length === 0 ? way.map((_, axis) => (axis === 0 ? 1 : 0)) : way.map((part) => part / length), box];
}

const between = (to: readonly number[], from: readonly number[]): readonly number[] => to.map((value, axis) => value - (from[axis] ?? 0));

const along = (start: readonly number[], way: readonly number[], by: number): readonly number[] => start.map((value, axis) => value + by * (way[axis] ?? 0));

const lengthOf = (way: readonly number[]): number => Math.sqrt(way.reduce((sum, part) => sum + part * part, 0));
