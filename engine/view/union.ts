/** Two views made one, at the cost of what they do not share: a newcomer takes over a whole group as it stands. */

import { leafAt, grownBy } from "./put.ts";
import { branchOf, childIn, firstSlot, leavesOf, type Branch, type Child, type View } from "./trie.ts";

/** Everybody whom either holds; of whom both do, what `mine` says. As if those whom only `theirs` holds had been put one by one, but what is whole in one of them is shared. */
export const union = (mine: View, theirs: View): View => bothBranches(mine, theirs, 0);

/** What hangs in one place, below `depth` branches, in both. */
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
