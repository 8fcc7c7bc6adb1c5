/** What faults do, by the words that lines have for them: who is parted from whom, for readers of traces that know nothing else. */

import { expect, test } from "vitest";
import { memberId } from "../../engine/index.ts";
import { blocking, reachInRing, riftKindOf } from "../../trace/index.ts";
import { Truth } from "../../trace/export/truth.ts";

const ids = ["a", "b", "c", "d", "e"].map(memberId);

test.each([
  ["partition", [["a"], ["b", "c"]], ["ab", "ac", "ba", "ca"]],
  ["one-way partition", [["a"], ["b"], ["c"]], ["ab", "ac", "bc"]],
  ["cut", [["a"], ["b", "c"]], ["ab", "ac"]],
  ["ring partition", [["a"], ["b"], ["c"], ["d"], ["e"]], ["ac", "ad", "bd", "be", "ca", "ce", "da", "db", "eb", "ec"]],
  ["slow partition", [["a"], ["b"]], []],
  ["clog", [["a"], ["b"]], []],
  ["impair", [["a"], ["b"]], []],
] as const)("%s: nothing passes where it says so", (action, sides, blocked) => {
  const blocks = blocking<string>(riftKindOf(action), sides, false);
  const all = ids.flatMap((source) => ids.map((target) => [source, target] as const));
  expect(all.filter(([source, target]) => blocks(source, target)).map(([source, target]) => source + target)).toEqual(blocked);
});

test("in a ring of seven each reaches two on either side, and an export's truth parts it from the other two", () => {
  const seven = ["a", "b", "c", "d", "e", "f", "g"].map(memberId);
  expect(reachInRing(7)).toBe(2);
  const truth = new Truth();
  for (const id of seven) truth.become(id, "running");
  truth.struck("ring partition", seven, { kind: "began", fault: 1, sides: seven.map((id) => [id]), bothWays: true });
  const [first = memberId("a")] = seven;
  expect(seven.filter((id) => truth.separates(first, id))).toEqual(["d", "e"]);
  // Nobody is out of everybody's reach: all should hold all living.
  expect(new Set(seven.map((id) => truth.rosterFor(id))).size).toBe(1);
  truth.struck("heal", seven, { kind: "ended", faults: [1] });
  expect(seven.filter((id) => truth.separates(first, id))).toEqual([]);
});
