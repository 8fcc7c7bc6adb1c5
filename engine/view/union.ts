/** Merges two views, at the cost of what they do not share: so a newcomer takes over the view of a whole group. */

import { leafAt, grownBy } from "./put.ts";
import { branchOf, childIn, firstSlot, leavesOf, type Branch, type Child, type View } from "./trie.ts";

/** All members that either view holds; for those in both, the record in `mine`. The same as putting each member that only `theirs` holds, but whole subtrees are shared. */
export const union = (mine: View, theirs: View): View => bothBranches(mine, theirs, 0);

/** Merges two children of one place, below `depth` branches. */
function both(mine: Child, theirs: Child, depth: number): Child {
  if (mine === theirs) return mine;
  if (theirs.kind === "branch") return mine.kind === "branch" ? bothBranches(mine, theirs, depth) : leavesOf(mine).reduce((child: Child, leaf) => grownBy(child, depth, leaf), theirs);
  const strangers = leavesOf(theirs).filter((leaf) => leafAt(mine, depth, leaf.hash, leaf.member.id) === undefined);
  return strangers.reduce((child: Child, leaf) => grownBy(child, depth, leaf), mine);
}

function bothBranches(mine: Branch, theirs: Branch, depth: number): Branch {
  const children: Child[] = [];
  let [isMine, isTheirs] = [true, true];
  for (let rest = mine.filled | theirs.filled; rest !== 0; rest &= rest - 1) {
    const slot = firstSlot(rest);
    const [one, other] = [childIn(mine, slot), childIn(theirs, slot)];
    const child = one === undefined ? other! : other === undefined ? one : both(one, other, depth + 1);
    isMine &&= child === one;
    isTheirs &&= child === other;
    children.push(child);
  }
  if (isMine) return mine;
  return isTheirs ? theirs : branchOf(mine.filled | theirs.filled, children);
}
