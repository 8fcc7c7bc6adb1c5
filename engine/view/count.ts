/** What a view knows of itself as a whole, in O(1); and its members by number, for whoever throws dice. */

import { assert } from "../words/assert.ts";
import type { Member } from "../words/member.ts";
import { byteCount, type ByteCount } from "../words/units.ts";
import { isUnderstood, isUnderstoodBy, together, type Speech } from "./speech.ts";
import type { Child, View } from "./trie.ts";

/** How many records it holds, tombstones included. */
export const sizeOf = (view: View): number => view.size;

/** How many are alive or suspect. */
export const livingIn = (view: View): number => view.living;

/** How many are dead: declared so, not departed. */
export const deadIn = (view: View): number => view.dead;

/** The encoded length of all its records, as a push-pull carries them. */
export const bytesOf = (view: View): ByteCount => byteCount(view.bytes);

/**
 * Could these two be one group: does everybody living in them speak what all the alive understand? O(1). With `all` the gone are asked as well, as long as they are
 * remembered (memberlist rule 52): O(log n) for each of them.
 */
export function areCompatible(one: View, other: View, whose: "all" | "living"): boolean {
  const speech = together(one.speech, other.speech);
  return isUnderstood(speech) && (whose === "living" || (areGoneUnderstood(one, speech) && areGoneUnderstood(other, speech)));
}

/** Passes over whatever holds nobody gone. */
function areGoneUnderstood(child: Child, speech: Speech): boolean {
  if (child.living === child.size) return true;
  if (child.kind === "leaf") return isUnderstoodBy(child.member.versions, speech);
  return (child.kind === "branch" ? child.children : child.leaves).every((part) => areGoneUnderstood(part, speech));
}

/** The living by number, from 0 to `livingIn(view) − 1`, in the trie's order. O(log n). Any other number is our own bug. */
export function livingAt(view: View, rank: number): Member {
  assert(Number.isInteger(rank) && rank >= 0 && rank < view.living, "the number of one of the living");
  let child: Child = view;
  let before = rank;
  while (child.kind !== "leaf") {
    const parts: readonly Child[] = child.kind === "branch" ? child.children : child.leaves;
    let place = 0;
    for (; before >= parts[place]!.living; place++) before -= parts[place]!.living;
    child = parts[place]!;
  }
  return child.member;
}

/** The dead by number, from 0 to `deadIn(view) − 1`, in the trie's order. O(log n). Any other number is our own bug. */
export function deadAt(view: View, rank: number): Member {
  assert(Number.isInteger(rank) && rank >= 0 && rank < view.dead, "the number of one of the dead");
  let child: Child = view;
  let before = rank;
  while (child.kind !== "leaf") {
    const parts: readonly Child[] = child.kind === "branch" ? child.children : child.leaves;
    let place = 0;
    for (; before >= parts[place]!.dead; place++) before -= parts[place]!.dead;
    child = parts[place]!;
  }
  return child.member;
}
