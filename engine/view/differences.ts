/** Finds where two views differ, at a cost proportional to the difference, not to the group. */

import type { Member } from "../words/member.ts";
import { list } from "./build.ts";
import { sameDigest } from "./digest.ts";
import { planted } from "./put.ts";
import { childIn, emptyView, firstSlot, leavesOf, type Branch, type Child, type Leaf, type View } from "./trie.ts";

/** One member on which two views differ; undefined on the side that holds no record of it. */
export type Difference = { readonly mine: Member | undefined; readonly theirs: Member | undefined };

/** A difference in which theirs holds a record. */
export type DifferenceWithin = Difference & { readonly theirs: Member };

/** Which differences are listed: all, or only those of members that `theirs` holds. */
type Scope = "all" | "theirs";

/**
 * Each member on which they differ, in the trie's order. Walks both tries side by side and skips subtrees that are shared or have equal digests:
 * O(d · log n) for d differences.
 */
export const differences = (mine: View, theirs: View): readonly Difference[] => compared(mine, theirs, "all");

/**
 * The same, but only for members that `part`, a part of another's view, holds: that it lacks other members says nothing about them. The cost depends on the size
 * of the part, not of the group.
 */
export const differencesWithin = (mine: View, part: View): readonly DifferenceWithin[] =>
  compared(mine, part, "theirs") as readonly DifferenceWithin[]; // Whoever only we hold was passed by.

function compared(mine: View, theirs: View, scope: Scope): readonly Difference[] {
  const found: Difference[] = [];
  compare(mine, theirs, 0, scope, found);
  return found;
}

/** Appends the differences of two subtrees in the same place, below `depth` branches. */
function compare(mine: Child | undefined, theirs: Child | undefined, depth: number, scope: Scope, found: Difference[]): void {
  if (theirs === undefined) {
    if (scope === "all") for (const member of membersIn(mine)) found.push({ mine: member, theirs: undefined });
  } else if (mine === undefined) {
    for (const member of membersIn(theirs)) found.push({ mine: undefined, theirs: member });
  } else if (mine === theirs || sameDigest(mine, theirs)) {
    return;
  } else if (mine.kind !== "branch" && theirs.kind !== "branch") {
    compareLeaves(leavesOf(mine), leavesOf(theirs), scope, found);
  } else {
    compareBranches(asBranch(mine, depth), asBranch(theirs, depth), depth, scope, found);
  }
}

function compareBranches(mine: Branch, theirs: Branch, depth: number, scope: Scope, found: Difference[]): void {
  for (let rest = mine.filled | theirs.filled; rest !== 0; rest &= rest - 1) {
    const slot = firstSlot(rest);
    compare(childIn(mine, slot), childIn(theirs, slot), depth + 1, scope, found);
  }
}

/** Merges two short lists in the trie's order: each one leaf, or the leaves of one hash. */
function compareLeaves(mine: readonly Leaf[], theirs: readonly Leaf[], scope: Scope, found: Difference[]): void {
  let i = 0;
  let j = 0;
  for (let one = mine[0], other = theirs[0]; one !== undefined || other !== undefined; one = mine[i], other = theirs[j]) {
    if (other === undefined || (one !== undefined && isBefore(one, other))) {
      if (scope === "all") found.push({ mine: one?.member, theirs: undefined });
      i++;
    } else if (one === undefined || isBefore(other, one)) {
      found.push({ mine: undefined, theirs: other.member });
      j++;
    } else {
      if (!sameDigest(one, other)) found.push({ mine: one.member, theirs: other.member });
      i++;
      j++;
    }
  }
}

const isBefore = (one: Leaf, other: Leaf): boolean =>
  one.hash === other.hash ? one.member.id < other.member.id : one.hash >>> 0 < other.hash >>> 0;

/** The child as a branch, so that a leaf or bucket can be compared with a branch. */
const asBranch = (child: Child, depth: number): Branch =>
  child.kind === "branch" ? child : leavesOf(child).reduce((branch, leaf) => planted(branch, depth, leaf), emptyView);

function membersIn(child: Child | undefined): readonly Member[] {
  const members: Member[] = [];
  if (child !== undefined) list(child, members);
  return members;
}
