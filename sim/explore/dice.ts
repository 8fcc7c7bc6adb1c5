/** Dice for exploration: randomness is not drawn but enumerated. There are enough dice states that every member gets every order of a pass. */

import { nextLiving, rngFrom, startWalk, throwOf, below, type MemberId, type Rng, type View } from "../../engine/index.ts";

/** The dice that every state is left with, so that states which differ only in their dice are equal. */
export const noChance: Rng = rngFrom(0);

/** How many dice states are examined. */
const LOOKED_AT = 4_000;

/** For a member's view of the others: dice states whose first throws give every order of them, and both results of each choice between two. */
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
