/** Whole views at once: built from members, and listed again. */

import type { Member } from "../words/member.ts";
import { hashOf } from "../words/mix.ts";
import type { MemberId } from "../words/units.ts";
import { leafOf } from "./leaf.ts";
import { branchOf, bucketOf, LEVELS, SLOTS, slotOf, type Branch, type Child, type Leaf, type View } from "./trie.ts";

/** The view of these members, exactly as if they had been put one by one: of two records under one id, the later counts. O(n). */
export function viewOf(members: Iterable<Member>): View {
  const latest = new Map<MemberId, Member>();
  for (const member of members) latest.set(member.id, member);
  return grown(Array.from(latest.values(), (member) => leafOf(member, hashOf(member.id))), 0);
}

/** A branch that lies below `depth` others, of leaves that agree so far. */
function grown(leaves: readonly Leaf[], depth: number): Branch {
  const groups: (Leaf[] | undefined)[] = Array.from({ length: SLOTS });
  let filled = 0;
  for (const leaf of leaves) {
    const slot = slotOf(leaf.hash, depth);
    (groups[slot] ??= []).push(leaf);
    filled |= 1 << slot;
  }
  // As long as it is: a list that grew keeps room for more, and a view has many that are short.
  const children = groups.filter((group) => group !== undefined).map((group) => childOf(group, depth + 1));
  return branchOf(filled, children);
}

function childOf(group: readonly Leaf[], depth: number): Child {
  const [first, second] = group;
  if (first !== undefined && second === undefined) return first;
  return depth === LEVELS ? bucketOf(group.toSorted(byId)) : grown(group, depth);
}

const byId = (one: Leaf, other: Leaf): number => (one.member.id < other.member.id ? -1 : 1);

/** Everybody in it, in the trie's own order: by the hashes of their ids (unsigned), then by id. O(n). */
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
