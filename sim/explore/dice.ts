/** Throws: chance is not drawn but tried out. Enough dice boxes that every order of a pass comes up for every member. */

import { nextLiving, rngFrom, startWalk, throwOf, below, type MemberId, type Rng, type View } from "../../engine/index.ts";

/** The box that every state is left with, so that states which differ in their chance alone are one. */
export const noChance: Rng = rngFrom(0);

/** How many boxes are looked at. */
const LOOKED_AT = 4_000;

/** For each member's view of who else there is: boxes whose first throws put the others in every order, and choose each of two. */
export function throwsFor(view: View, self: MemberId, others: number): readonly Rng[] {
  const wanted = factorial(others) * (others > 1 ? 2 : 1);
  const found = new Map<string, Rng>();
  for (let number = 0; number <= LOOKED_AT && found.size < wanted; number++) {
    const box = number === 0 ? noChance : rngFrom(number);
    const order = orderOf(view, throwOf(box)).filter((id) => id !== self).join();
    const sign = others > 1 ? `${order} ${below(2, box)[0]}` : order;
    if (!found.has(sign)) found.set(sign, box);
  }
  return [...found.values()];
}

function orderOf(view: View, key: number): readonly MemberId[] {
  const order: MemberId[] = [];
  let [member, walk] = nextLiving(view, startWalk(key));
  while (member !== undefined) {
    order.push(member.id);
    [member, walk] = nextLiving(view, walk);
  }
  return order;
}

const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
