/** What two views disagree on, and that finding it does not take reading all they agree on. */

import fc from "fast-check";
import { expect, test } from "vitest";
import {
  differences, differencesWithin, emptyView, find, hashOf, incarnation, memberId, membersOf, partsOf, put, remove, viewOf,
  type Difference, type Member, type View,
} from "../../../engine/index.ts";
import { aGroup, aHistoryOf, aMember, COLLIDING, inTrieOrder, NAMES, played } from "./builders.ts";

/** The same by looking at everybody. */
function byLookingAtAll(mine: View, theirs: View): readonly Difference[] {
  const either = new Map<string, Member>([...membersOf(mine), ...membersOf(theirs)].map((member) => [member.id, member]));
  return inTrieOrder(either.values())
    .map(({ id }) => ({ mine: find(mine, id), theirs: find(theirs, id) }))
    .filter((both) => JSON.stringify(both.mine) !== JSON.stringify(both.theirs));
}

test("they are what a comparison of everybody finds, in the same order", () => {
  fc.assert(fc.property(aHistoryOf(NAMES), aHistoryOf(NAMES), (one, other) => {
    const [mine, theirs] = [played(one), played(other)];
    expect(differences(mine, theirs)).toEqual(byLookingAtAll(mine, theirs));
  }), { seed: 21, numRuns: 400 });
});

test("also between views of which one came from the other", () => {
  fc.assert(fc.property(aHistoryOf(NAMES), aHistoryOf(NAMES, 5), (history, more) => {
    const mine = played(history);
    const theirs = played(more, mine);
    expect(differences(mine, theirs)).toEqual(byLookingAtAll(mine, theirs));
    expect(differences(theirs, mine)).toEqual(differences(mine, theirs).map((both) => ({ mine: both.theirs, theirs: both.mine })));
  }), { seed: 22, numRuns: 400 });
});

test("views that say the same differ in nothing, though they share nothing", () => {
  expect(differences(viewOf(aGroup(1_000)), viewOf(aGroup(1_000).toReversed()))).toEqual([]);
});

test("against nobody, everybody differs", () => {
  const view = viewOf([...aGroup(50), ...COLLIDING.flat().map((name) => aMember(name))]);
  expect(differences(view, emptyView)).toEqual(membersOf(view).map((member) => ({ mine: member, theirs: undefined })));
});

test("between 20,000 and 20,000 that differ in three, only the branches above these three are looked into", () => {
  const mine = viewOf(aGroup(20_000));
  const theirs = remove(put(put(mine, aMember("m77", { incarnation: incarnation(1) })), aMember("newcomer")), memberId("m4711"));
  // A view with the same three differences, in which whatever agrees has kept its totals and lost its members: who looks in, misses them.
  const hollow = hollowed(theirs, everyBranch(mine));

  expect(membersOf(hollow).length).toBeLessThan(200);
  expect(differences(mine, hollow)).toEqual(differences(mine, theirs));
  expect(differences(mine, theirs)).toEqual(byLookingAtAll(mine, theirs));
  expect(differences(mine, theirs).length).toBe(3);
});

test("within a part of theirs, they are those of whom the part holds something, in the same order", () => {
  fc.assert(fc.property(aHistoryOf(NAMES), aHistoryOf(NAMES), (one, other) => {
    const [mine, part] = [played(one), played(other)];
    expect(differencesWithin(mine, part)).toEqual(byLookingAtAll(mine, part).filter(({ theirs }) => theirs !== undefined));
  }), { seed: 23, numRuns: 400 });
});

test("within a part of theirs, whoever only we hold is not looked at", () => {
  const mine = viewOf(aGroup(20_000));
  const changed = aMember("m77", { incarnation: incarnation(1) });
  const hash = hashOf(changed.id);
  const part = partsOf(put(mine, changed), 2, [hash >>> 22]);
  expect(membersOf(part).length).toBeLessThan(100);
  expect(differencesWithin(closedBeside(mine, hash, 2), part)).toEqual([{ mine: find(mine, changed.id), theirs: changed }]);
});

/** The view, in which nobody can look into what hangs beside the way of this hash, so many levels down. */
function closedBeside(branch: View, hash: number, levels: number): View {
  const slots = Array.from({ length: 32 }, (_, slot) => slot).filter((slot) => (branch.filled & (1 << slot)) !== 0);
  const closed = { get children(): never { throw new Error("looked into"); }, get member(): never { throw new Error("looked at"); } };
  const children = branch.children.map((child, place) => {
    if (slots[place] !== hash >>> 27) return Object.defineProperties({ ...child }, Object.getOwnPropertyDescriptors(closed));
    return levels > 1 && child.kind === "branch" ? closedBeside(child, hash << 5, levels - 1) : child;
  });
  return { ...branch, children };
}

function everyBranch(branch: View, into = new Set<View>()): ReadonlySet<View> {
  into.add(branch);
  for (const child of branch.children) if (child.kind === "branch") everyBranch(child, into);
  return into;
}

function hollowed(branch: View, agreed: ReadonlySet<View>): View {
  if (agreed.has(branch)) return { ...branch, filled: 0, children: [] };
  return { ...branch, children: branch.children.map((child) => (child.kind === "branch" ? hollowed(child, agreed) : child)) };
}
