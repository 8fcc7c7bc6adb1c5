/** Distances between members, by the network coordinates that Serf's layer knows. */

import { lookUp, memberId, roundTripBetween, type Coordinate, type SerfState } from "../../engine/index.ts";

/** The coordinate that a member sent us (or our own); undefined for one that we have not probed yet, or that has none. */
export function coordinateIn(state: SerfState | undefined, name: string): Coordinate | undefined {
  if (state === undefined || state.config.coordinateEvery === 0) return undefined;
  const { self, locating } = state;
  return name === self ? locating.own : lookUp(locating.others, memberId(name))?.coordinate;
}

/** The estimated round-trip time between two members, in microseconds; undefined unless the coordinates of both are known, and for a member and itself. */
export function distanceIn(state: SerfState | undefined, to: string, from: string): number | undefined {
  const [one, other] = [coordinateIn(state, to), coordinateIn(state, from)];
  return one === undefined || other === undefined || to === from ? undefined : roundTripBetween(one, other);
}
