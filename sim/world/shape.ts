/** Partitions whose sides follow from a shape: k ways, isolated, in a ring, over a bridge, by tag. */

import { impossible } from "../../engine/index.ts";
import type { Selector } from "../scenario/model.ts";
import type { Shape } from "../scenario/split.ts";
import type { Stream } from "./chance.ts";
import { type Ballot, choose, type Ends } from "./choice.ts";

/** The sides, in order; for a ring, one for each place. A member on none of them reaches everybody. */
export function shapedSides(shape: Shape, [selector]: readonly Selector[], ballot: Ballot): Ends {
  const chosen = selector === undefined ? [] : choose(selector, ballot);
  const others = ballot.candidates.filter((member) => !chosen.includes(member));
  switch (shape.kind) {
    case "ways":    return dealt(shuffled(others, ballot.dice), shape.count);
    case "isolate": return [...chosen.map((member) => [member]), others].filter((side) => side.length > 0);
    case "ring":    return shuffled(others, ballot.dice).map((member) => [member]);
    case "bridge":  return dealt(shuffled(others, ballot.dice), 2);
    case "tag":     return byTag(shape.tag, ballot);
    case "same":    return ballot.chosen.get(shape.as) ?? [];
    default:        return impossible(shape);
  }
}

/** This many sides, whose sizes differ by one at most; each in order. */
const dealt = (members: readonly number[], ways: number): Ends =>
  Array.from({ length: ways }, (_, side) => members.filter((__, nth) => nth % ways === side).toSorted((one, other) => one - other));

/** The members with each value of a tag, in the order in which the values first occur. */
function byTag(tag: string, { places, candidates }: Ballot): Ends {
  const sides = new Map<string, number[]>();
  for (const member of candidates) {
    const value = places[member]?.tags[tag];
    if (value === undefined) continue;
    const side = sides.get(value);
    if (side === undefined) sides.set(value, [member]);
    else side.push(member);
  }
  return [...sides.values()];
}

/** All members in random order, every order equally likely (Fisher-Yates). */
export function shuffled(members: readonly number[], dice: Stream): readonly number[] {
  const order = [...members];
  for (let last = order.length - 1; last > 0; last--) {
    const other = dice.below(last + 1);
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}
