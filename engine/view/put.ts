/** Finds, puts and removes one record. A changed view shares everything but the changed path with the view before. */

import { assert } from "../words/assert.ts";
import type { Member } from "../words/member.ts";
import { hashOf } from "../words/mix.ts";
import type { MemberId } from "../words/units.ts";
import { leafOf, sameRecord } from "./leaf.ts";
import {
  bucketOf, childIn, collapsed, emptyView, indexOf, LEVELS, slotOf, withChild, withOther, withoutChild,
  type Branch, type Child, type Leaf, type View,
} from "./trie.ts";

/** The record of this member, or undefined. O(log n). */
export const find = (view: View, id: MemberId): Member | undefined => leafAt(view, 0, hashOf(id), id)?.member;

/** Adds a record, or replaces the one with its id. If they are equal, returns the same view. O(log n). */
export function put(view: View, member: Member): View {
  const hash = hashOf(member.id);
  const held = leafAt(view, 0, hash, member.id);
  if (held !== undefined && sameRecord(held.member, member)) return view;
  return planted(view, 0, leafOf(member, hash, held));
}

/** Removes a member. If the view does not hold it, returns the same view. O(log n). */
export function remove(view: View, id: MemberId): View {
  const held = leafAt(view, 0, hashOf(id), id);
  return held === undefined ? view : without(view, 0, held);
}

/** The leaf of this id in a subtree below `above` branches. */
export function leafAt(part: Child, above: number, hash: number, id: MemberId): Leaf | undefined {
  let child: Child | undefined = part;
  for (let depth = above; child?.kind === "branch"; depth++) child = childIn(child, slotOf(hash, depth));
  if (child?.kind === "bucket") child = child.leaves.find((leaf) => leaf.member.id === id);
  return child?.hash === hash && child.member.id === id ? child : undefined;
}

/** The branch, below `depth` others, with this leaf in it. */
export function planted(branch: Branch, depth: number, leaf: Leaf): Branch {
  const slot = slotOf(leaf.hash, depth);
  const index = indexOf(branch.filled, slot);
  const old = childIn(branch, slot);
  if (old === undefined) return withChild(branch, branch.filled | (1 << slot), index, leaf);
  return withOther(branch, index, old, grownBy(old, depth + 1, leaf));
}

/** The child `old` of a slot, with a leaf added that belongs there too. `depth` branches lie above. */
export function grownBy(old: Child, depth: number, leaf: Leaf): Child {
  if (old.kind === "branch") return planted(old, depth, leaf);
  if (old.kind === "bucket") return bucketOf(amongst(old.leaves, leaf));
  if (old.member.id === leaf.member.id) return leaf;
  if (depth === LEVELS) return bucketOf(amongst([old], leaf));
  return planted(planted(emptyView, depth, old), depth, leaf);
}

/** The leaves, in order of their ids, with this one inserted; it replaces another record of its member. */
const amongst = (leaves: readonly Leaf[], leaf: Leaf): readonly Leaf[] => [
  ...leaves.filter((other) => other.member.id < leaf.member.id),
  leaf,
  ...leaves.filter((other) => other.member.id > leaf.member.id),
];

/** The branch, below `depth` others, without a leaf that is in it. */
function without(branch: Branch, depth: number, leaf: Leaf): Branch {
  const slot = slotOf(leaf.hash, depth);
  const index = indexOf(branch.filled, slot);
  const old = childIn(branch, slot);
  assert(old !== undefined, "a branch on the way to a leaf that was found");
  if (old.kind === "leaf") return withoutChild(branch, branch.filled & ~(1 << slot), index, old);
  const rest = old.kind === "branch" ? without(old, depth + 1, leaf) : bucketOf(old.leaves.filter((other) => other !== leaf));
  return withOther(branch, index, old, collapsed(rest));
}
