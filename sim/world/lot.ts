/** Draws some of many members, all equally likely. */

import type { Stream } from "./chance.ts";

/** This many of them, in order. */
export function draw(members: readonly number[], wanted: number, dice: Stream): readonly number[] {
  const left = [...members];
  const drawn: number[] = [];
  while (drawn.length < wanted && left.length > 0) drawn.push(...left.splice(dice.below(left.length), 1));
  return drawn.toSorted((one, other) => one - other);
}
