/** Builds whole views from members, and lists their members. */

import type { Member } from "../words/member.ts";
import { hashOf } from "../words/mix.ts";
import type { MemberId } from "../words/units.ts";
import { leafOf } from "./leaf.ts";
import { branchOf, bucketOf, LEVELS, slotOf, type Branch, type Child, type Leaf, type View } from "./trie.ts";

/** The view of these members, exactly as if they had been put one by one: of two records with one id, the later counts. O(n log n). */
export function viewOf(members: Iterable<Member>): View {
  const latest = new Map<MemberId, Member>();
  for (const member of members) latest.set(member.id, member);
  const leaves = inOrder(Array.from(latest.values(), (member) => leafOf(member, hashOf(member.id))));
  return grown(leaves, 0, leaves.length, 0);
}

/** From MANY leaves on they are sorted as numbers that combine hash and index, which is twice as fast; up to TOO_MANY such a number is exact. */
const [MANY, TOO_MANY] = [64, 2 ** 21];

/** The leaves sorted by hash, which is the trie's order. */
function inOrder(leaves: readonly Leaf[]): readonly Leaf[] {
  const { length } = leaves;
  if (length < MANY || length > TOO_MANY) return leaves.toSorted((one, other) => (one.hash >>> 0) - (other.hash >>> 0));
  const keys = new Float64Array(length);
  for (let k = 0; k < length; k++) keys[k] = (leaves[k]!.hash >>> 0) * TOO_MANY + k;
  return Array.from(keys.toSorted(), (key) => leaves[key % TOO_MANY]!);
}

/** A branch below `depth` others, of the sorted leaves in [from, to), whose hashes agree up to this depth. */
function grown(leaves: readonly Leaf[], from: number, to: number, depth: number): Branch {
  const children: Child[] = [];
  let filled = 0;
  for (let start = from; start < to; ) {
    const slot = slotAt(leaves, start, depth);
    let end = start + 1;
    while (end < to && slotAt(leaves, end, depth) === slot) end++;
    children.push(childOf(leaves, start, end, depth + 1));
    filled |= 1 << slot;
    start = end;
  }
  // `slice` trims the list: one that grew keeps spare room, and a view has many short lists.
  return branchOf(filled, children.slice());
}

const slotAt = (leaves: readonly Leaf[], at: number, depth: number): number => slotOf(leaves[at]!.hash, depth);

function childOf(leaves: readonly Leaf[], from: number, to: number, depth: number): Child {
  if (to === from + 1) return leaves[from]!;
  return depth === LEVELS ? bucketOf(leaves.slice(from, to).toSorted(byId)) : grown(leaves, from, to, depth);
}

const byId = (one: Leaf, other: Leaf): number => (one.member.id < other.member.id ? -1 : 1);

/** All members of a view, in the trie's order: by the hash of the id (unsigned), then by id. O(n). */
export function membersOf(view: View): readonly Member[] {
  const members: Member[] = [];
  list(view, members);
  return members;
}

/** Appends the members of a part of a view to a list. */
export function list(child: Child, members: Member[]): void {
  if (child.kind === "leaf") {
    members.push(child.member);
    return;
  }
  for (const part of child.kind === "branch" ? child.children : child.leaves) list(part, members);
}
