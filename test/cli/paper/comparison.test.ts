/** Figures of ours beside published ones: what is a match, what a miss, and what chance may do. */

import { describe, expect, test } from "vitest";
import { atMost, exactly, forgiving, inRange, markOf, shown, within, withinFactor, withinShare, type Comparison } from "../../../sim/cli/paper/model/comparison.ts";
import { addUp, tallyOf, type Table } from "../../../sim/cli/paper/model/findings.ts";

describe("a figure is marked by its tolerance", () => {
  test.for([
    ["inside, at either end", within(1.9, 2, 0.1), "pass"],
    ["outside", within(2.2, 2, 0.1), "miss"],
    ["a share of theirs", withinShare(0.9, 1, 0.1), "pass"],
    ["a share of what is below nothing", withinShare(-0.9, -1, 0.1), "pass"],
    ["more than the share", withinShare(0.8, 1, 0.1), "miss"],
    ["so many times theirs", withinFactor(2.5, 1, 2.5), "pass"],
    ["theirs so many times ours", withinFactor(0.4, 1, 2.5), "pass"],
    ["more times theirs", withinFactor(2.6, 1, 2.5), "miss"],
    ["the same", exactly(9, 9), "pass"],
    ["nearly the same", exactly(9.000001, 9), "miss"],
    ["no more", atMost(1, 1), "pass"],
    ["more", atMost(1.01, 1), "miss"],
    ["in a range that has no theirs", inRange(3, null, [2, null]), "pass"],
    ["below it", inRange(1, null, [2, null]), "miss"],
    ["not judged, whatever it is", shown(7, 2), "shown"],
    ["not measured, though it should have been", within(null, 2, 0.1), "miss"],
  ] as const)("%s: %o", ([, comparison, mark]) => {
    expect(markOf(comparison)).toBe(mark);
  });
});

test("chance may carry a mean three standard errors beyond the tolerance, and no further", () => {
  const off = (ours: number): Comparison => forgiving(within(ours, 2, 0.1), 0.1);
  expect([2.39, 2.41, 1.61, 1.59].map((ours) => markOf(off(ours)))).toEqual(["pass", "miss", "pass", "miss"]);
  expect(forgiving(atMost(1, 1), 0.1).accepts).toEqual([null, 1.3]);
  expect(forgiving(shown(1), 0.1)).toEqual({ ours: 1, theirs: null, accepts: null, error: 0.1 });
});

test("tallies count every comparison once, and nothing where there is none", () => {
  const table = (...cells: Table["body"][number]["cells"]): Table => ({ title: "", lines: "", columns: [], body: [{ name: "", cells }], notes: [] });
  const tally = tallyOf([table(exactly(1, 1), null, shown(1)), table(exactly(2, 1))]);
  expect(tally).toEqual({ pass: 1, miss: 1, shown: 1 });
  expect(addUp([tally, tally])).toEqual({ pass: 2, miss: 2, shown: 2 });
});
