/** Names that were looked for because their hashes have so much in common: what a peer can choose who wants to cost much. */

import { hashOf, memberId } from "../../../engine/index.ts";

const LETTERS = 128;
const IDS = LETTERS ** 3;
/** The seven branches of a path in a view read 32 bits of a hash; the last one reads two. */
const LAST = 2;

const idOf = (number: number): string => String.fromCharCode(number % LETTERS, Math.floor(number / LETTERS) % LETTERS, Math.floor(number / LETTERS ** 2));

/** Pairs of ids of three letters that have all branches of a view to themselves, in the order of the ids. About a thousand. */
export function collidingIds(): readonly (readonly [string, string])[] {
  const hashed = Float64Array.from({ length: IDS }, (_, number) => (hashOf(memberId(idOf(number))) >>> LAST) * IDS + number).toSorted();
  const pairs: (readonly [string, string])[] = [];
  for (let k = 1; k < IDS; k++) {
    const [one = 0, other = 0] = hashed.subarray(k - 1, k + 1);
    if (Math.floor(one / IDS) === Math.floor(other / IDS)) pairs.push([idOf(one % IDS), idOf(other % IDS)]);
  }
  // Not in the order of their hashes: the first few are to be far apart.
  return pairs.toSorted(([one], [other]) => (one < other ? -1 : 1));
}
