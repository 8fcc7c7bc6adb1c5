/**
 * Passes over the living: each member once, in a pseudo-random order, without a list of that order.
 *
 * In SWIM §4.3 each member keeps a shuffled list; with n members that is n² of memory. Here the order is a function: the key of
 * the pass gives each slot of each branch a number (the fold of the branch's own number and the slot), and the children of a branch come
 * in the order of their numbers. So each member has a fixed place in a pass, whichever other members the view gains or loses. To find
 * the next member after a place, go down to it, and up again to the nearest branch with a living member after it.
 *
 * A pass begins with a random living member, goes on to the end of the order, and from its beginning to where it began. An order made
 * of nested orders favours some places for some members; the random beginning makes every place equally likely for every member.
 */

import type { Member } from "../words/member.ts";
import { fold, hashOf } from "../words/mix.ts";
import type { MemberId } from "../words/units.ts";
import { livingAt } from "./count.ts";
import { childIn, firstSlot, LEVELS, SLOTS, slotOf, type Branch, type Bucket, type Child, type Leaf, type View } from "./trie.ts";

/** How far a pass has come. Plain data, independent of the view. Flat, because each member reads and replaces its walk in each period. */
export type Walk = {
  /** The key of the pass. */
  readonly key: number;
  /** Where it began: the hash and id of a member, in the view or not; null before that. */
  readonly firstHash: number;
  readonly firstId: MemberId | null;
  /** The member visited last; it may have been removed since. */
  readonly lastHash: number;
  readonly lastId: MemberId | null;
  /** Has it passed the end of the order, and gone on from the beginning? */
  readonly isRound: boolean;
};

/** A pass that has not begun. `key` is 32 random bits; another key gives another order. */
export const startWalk = (key: number): Walk => ({ key: key | 0, firstHash: 0, firstId: null, lastHash: 0, lastId: null, isRound: false });

/**
 * The next living member in this pass, and the pass after it; undefined when the pass is over. O(log n).
 *
 * No member is visited twice in a pass, and each that lives throughout it is visited. A member that joins during a pass is visited if its place
 * lies ahead, else in the next pass. So between two visits of one member, in one pass and the next, each other member comes at most twice: the
 * two visits are at most 2n − 1 apart, where n counts all members that lived at some moment of the two passes (SWIM §4.3).
 */
export function nextLiving(view: View, walk: Walk): readonly [member: Member | undefined, walk: Walk] {
  const { key, firstHash, firstId, lastHash, lastId, isRound } = walk;
  if (firstId === null || lastId === null) return begin(view, walk);
  const ahead = nextIn(view, 0, key, lastHash, lastId);
  const next = ahead === undefined && !isRound ? firstLiving(view, key) : ahead;
  const goesRound = isRound || ahead === undefined;
  if (next === undefined) return [undefined, walk];
  const { hash, member } = next;
  if (goesRound && !precedes(hash, member.id, firstHash, firstId, 0, key)) return [undefined, walk];
  return [member, { key, firstHash, firstId, lastHash: hash, lastId: member.id, isRound: goesRound }];
}

function begin(view: View, walk: Walk): readonly [member: Member | undefined, walk: Walk] {
  if (view.living === 0) return [undefined, walk];
  // A number derived from the key that no slot uses.
  const dice = fold(walk.key, SLOTS) >>> 0;
  const member = livingAt(view, Math.floor((dice * view.living) / 4_294_967_296));
  const hash = hashOf(member.id);
  return [member, { key: walk.key, firstHash: hash, firstId: member.id, lastHash: hash, lastId: member.id, isRound: false }];
}

/** The first living member of a subtree with this number; undefined if it has none. */
function firstLiving(part: Child, numberOfPart: number): Leaf | undefined {
  let child = part;
  let number = numberOfPart;
  while (child.kind === "branch") {
    const slot = nextSlot(child, number, LEAST);
    const next = slot === NONE ? undefined : childIn(child, slot);
    if (next === undefined) return undefined;
    child = next;
    number = fold(number, slot);
  }
  return child.kind === "bucket" ? nextInBucket(child, number, null) : child;
}

/** The first living member after a place, in a branch with this number below `depth` others; undefined if there is none. */
function nextIn(branch: Branch, depth: number, number: number, hash: number, id: MemberId): Leaf | undefined {
  const slot = slotOf(hash, depth);
  const numberOfSlot = fold(number, slot);
  const child = childIn(branch, slot);
  if (child !== undefined && child.living > 0) {
    const within = nextWithin(child, depth + 1, numberOfSlot, hash, id);
    if (within !== undefined) return within;
  }
  const nextOne = nextSlot(branch, number, numberOfSlot + 1);
  const sibling = nextOne === NONE ? undefined : childIn(branch, nextOne);
  return sibling === undefined ? undefined : firstLiving(sibling, fold(number, nextOne));
}

function nextWithin(child: Child, depth: number, number: number, hash: number, id: MemberId): Leaf | undefined {
  if (child.kind === "branch") return nextIn(child, depth, number, hash, id);
  if (child.kind === "bucket") return nextInBucket(child, number, id);
  // Mostly this leaf is the member visited last itself; but another may have taken its slot.
  return child.member.id !== id && precedes(hash, id, child.hash, child.member.id, depth, number) ? child : undefined;
}

/** Does one place come before another? Both lie in the subtree with this number, below `depth` branches. */
function precedes(oneHash: number, oneId: MemberId, otherHash: number, otherId: MemberId, depth: number, number: number): boolean {
  let shared = number;
  for (let level = depth; level < LEVELS; level++) {
    const numberOfOne = fold(shared, slotOf(oneHash, level));
    const numberOfOther = fold(shared, slotOf(otherHash, level));
    if (numberOfOne !== numberOfOther) return numberOfOne < numberOfOther;
    shared = numberOfOne;
  }
  return precedesInBucket(oneId, otherId, shared);
}

/** Of the slots that hold a living member and have a number of at least `from`, the one with the least number; or NONE. No two slots of a branch have the same number. */
function nextSlot(branch: Branch, number: number, from: number): number {
  // If all members are living, the children need not be checked.
  const isWhole = branch.living === branch.size;
  let next = NONE;
  let least = 0;
  let index = 0;
  for (let rest = branch.filled; rest !== 0; rest &= rest - 1) {
    const slot = firstSlot(rest);
    const candidate = fold(number, slot);
    // Numbers are compared first, because that excludes most slots before their child is read.
    if (candidate >= from && (next === NONE || candidate < least) && (isWhole || livesIn(branch.children[index]))) {
      next = slot;
      least = candidate;
    }
    index++;
  }
  return next;
}

const livesIn = (child: Child | undefined): boolean => child !== undefined && child.living > 0;

const NONE = -1;
/** The least of the 32-bit numbers. */
const LEAST = -2_147_483_648;

/** The first living member of a bucket, or the first after `last`. */
function nextInBucket(bucket: Bucket, number: number, last: MemberId | null): Leaf | undefined {
  let next: Leaf | undefined;
  for (const leaf of bucket.leaves) {
    const isAhead = leaf.living > 0 && (last === null || precedesInBucket(last, leaf.member.id, number));
    if (isAhead && (next === undefined || precedesInBucket(leaf.member.id, next.member.id, number))) next = leaf;
  }
  return next;
}

/** Members of one hash come in order of their ids: ascending for half of the keys, descending for the other half. */
const precedesInBucket = (one: MemberId, other: MemberId, number: number): boolean => (number < 0 ? one > other : one < other);
