/** What a change costs in memory: a path, not a view. */

import { describe, expect, test } from "vitest";
import { memberId, mix, put, remove, viewOf, type View } from "../../../engine/index.ts";
import { aGroup, aMember, COLLIDING } from "./builders.ts";

type Part = View | View["children"][number];

const partsOf = (part: Part): readonly Part[] => (part.kind === "branch" ? part.children : part.kind === "bucket" ? part.leaves : []);

function everyPart(part: Part, into = new Set<Part>()): ReadonlySet<Part> {
  into.add(part);
  for (const child of partsOf(part)) everyPart(child, into);
  return into;
}

/** How many parts of a view are not parts of the view before. */
function newParts(part: Part, before: ReadonlySet<Part>): number {
  if (before.has(part)) return 0;
  return partsOf(part).reduce((sum, child) => sum + newParts(child, before), 1);
}

describe("of 100,000 members", () => {
  const view = viewOf(aGroup(100_000));
  const before = everyPart(view);
  const somebody = Array.from({ length: 500 }, (_, i) => `m${(mix(i) >>> 0) % 100_000}`);

  // Three branches and a bit tell 100,000 apart, 32 ways each; a few members have a neighbour with whom they share three more.
  const pathLength = Math.ceil(Math.log(100_000) / Math.log(32)) + 1;

  test.for<readonly [string, (name: string) => View]>([
    ["one record changed", (name) => put(view, aMember(name, { status: "suspect" }))],
    ["a newcomer", (name) => put(view, aMember(`new-${name}`))],
    ["one forgotten", (name) => remove(view, memberId(name))],
  ])("%s makes new the path from the root to it, and nothing else", ([, change]) => {
    const counts = somebody.map((name) => newParts(change(name), before));
    expect(Math.min(...counts)).toBeGreaterThan(1);
    expect(Math.max(...counts)).toBeLessThanOrEqual(8);
    expect(counts.reduce((sum, count) => sum + count, 0) / counts.length).toBeLessThan(pathLength + 0.5);
  });
});

test("no path is longer than seven branches, a bucket and a leaf, even where strangers choose names to collide", () => {
  const depthOf = (part: Part): number => 1 + Math.max(0, ...partsOf(part).map(depthOf));
  expect(depthOf(viewOf([...aGroup(1_000), ...COLLIDING.flat().map((name) => aMember(name))]))).toBe(9);
});
