/** The totals of a view, in O(1); and its members by number, for random choices. */

import { assert } from "../words/assert.ts";
import type { Member } from "../words/member.ts";
import { byteCount, type ByteCount } from "../words/units.ts";
import { isUnderstood, isUnderstoodBy, together, type Speech } from "./speech.ts";
import type { Child, View } from "./trie.ts";

/** How many records it holds, tombstones included. */
export const sizeOf = (view: View): number => view.size;

/** How many are alive or suspect. */
export const livingIn = (view: View): number => view.living;

/** How many are dead (not left). */
export const deadIn = (view: View): number => view.dead;

/** The encoded length of all records in a push-pull. */
export const bytesOf = (view: View): ByteCount => byteCount(view.bytes);

/**
 * Can these two views be one group: does every living member speak versions that all alive members understand? O(1). With `all`, the gone members that are still
 * remembered are checked as well (memberlist rule 52): O(log n) for each of them.
 */
export function areCompatible(one: View, other: View, whose: "all" | "living"): boolean {
  const speech = together(one.speech, other.speech);
  return isUnderstood(speech) && (whose === "living" || (areGoneUnderstood(one, speech) && areGoneUnderstood(other, speech)));
}

/** Skips subtrees in which nobody is gone. */
function areGoneUnderstood(child: Child, speech: Speech): boolean {
  if (child.living === child.size) return true;
  if (child.kind === "leaf") return isUnderstoodBy(child.member.versions, speech);
  return (child.kind === "branch" ? child.children : child.leaves).every((part) => areGoneUnderstood(part, speech));
}

/** The living member with this number, from 0 to `livingIn(view) − 1`, in the trie's order. O(log n). Any other number is our own bug. */
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

/** The dead member with this number, from 0 to `deadIn(view) − 1`, in the trie's order. O(log n). Any other number is our own bug. */
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
