/** Two views made one: everybody whom either holds, ours where both do, and nothing anew that one of them has. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { emptyView, find, membersOf, put, union, viewOf, type View } from "../../../engine/index.ts";
import { aGroup, aHistoryOf, aMember, COLLIDING, NAMES, NEARLY_COLLIDING, played } from "./builders.ts";

const oneByOne = (mine: View, theirs: View): View => membersOf(theirs).reduce((view, member) => (find(mine, member.id) === undefined ? put(view, member) : view), mine);

test("is as if whom we do not hold had been put one by one", () => {
  const views = fc.tuple(aHistoryOf(NAMES), aHistoryOf(NAMES)).map(([one, other]) => [played(one), played(other)] as const);
  fc.assert(fc.property(views, ([mine, theirs]) => {
    expect(union(mine, theirs)).toEqual(oneByOne(mine, theirs));
  }), { seed: 41, numRuns: 500 });
});

test.for([[1, 2_000], [40, 2_000], [1_000, 1_000], [2_000, 3]] as const)("of %i and %i members and some whose names collide, likewise", ([ours, others]) => {
  const crowd = [...COLLIDING.flat(), ...NEARLY_COLLIDING.flat()].map((name) => aMember(name));
  const mine = viewOf([...aGroup(ours), ...crowd.slice(0, 5)]);
  const theirs = viewOf([...aGroup(ours + others).slice(Math.floor(ours / 2)), ...crowd.slice(3)]);
  expect(union(mine, theirs)).toEqual(oneByOne(mine, theirs));
});

test("shares what is whole in one of them: a newcomer makes new no more than the paths to the few whom it knew", () => {
  const theirs = viewOf(aGroup(20_000));
  const both = union(viewOf([aMember("new"), aMember("other")]), theirs);
  expect(both.size).toBe(20_002);
  expect(both.children.filter((child, slot) => child !== theirs.children[slot])).toHaveLength(2);
  expect(union(emptyView, theirs)).toBe(theirs);
  expect(union(theirs, emptyView)).toBe(theirs);
  expect(union(theirs, viewOf(aGroup(5)))).toBe(theirs);
});
