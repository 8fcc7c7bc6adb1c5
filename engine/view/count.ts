/** What a view knows of itself as a whole, in O(1); and its members by number, for whoever throws dice. */

import { assert } from "../words/assert.ts";
import type { Member } from "../words/member.ts";
import { byteCount, type ByteCount } from "../words/units.ts";
import { isUnderstood, together } from "./speech.ts";
import type { Child, View } from "./trie.ts";

/** How many records it holds, tombstones included. */
export const sizeOf = (view: View): number => view.size;

/** How many are alive or suspect. */
export const livingIn = (view: View): number => view.living;

/** How many are dead: declared so, not departed. */
export const deadIn = (view: View): number => view.dead;

/** The encoded length of all its records, as a push-pull carries them. */
export const bytesOf = (view: View): ByteCount => byteCount(view.bytes);

/** Could these two be one group: does everybody in them speak what all the living understand? O(1). (memberlist rule 52) */
export const areCompatible = (one: View, other: View): boolean => isUnderstood(together(one.speech, other.speech));

/** The living by number, from 0 to `livingIn(view) − 1`, in the trie's order. O(log n). Any other number is our own bug. */
export const livingAt = (view: View, rank: number): Member => memberAt(view, rank, living);

/** The dead by number, from 0 to `deadIn(view) − 1`, in the trie's order. O(log n). Any other number is our own bug. */
export const deadAt = (view: View, rank: number): Member => memberAt(view, rank, dead);

const living = (child: Child): number => child.living;
const dead = (child: Child): number => child.dead;

function memberAt(view: View, rank: number, countIn: (child: Child) => number): Member {
  assert(Number.isInteger(rank) && rank >= 0 && rank < countIn(view), "the number of one of those counted");
  let child: Child = view;
  let before = rank;
  while (child.kind !== "leaf") {
    let chosen: Child | undefined;
    for (const part of child.kind === "branch" ? child.children : child.leaves) {
      const count = countIn(part);
      if (before < count) { chosen = part; break; }
      before -= count;
    }
    assert(chosen !== undefined, "as many in the parts as in the whole");
    child = chosen;
  }
  return child.member;
}
