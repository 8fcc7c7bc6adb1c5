/** What a profile is summed up to, by one that was made by hand. */

import { expect, test } from "vitest";
import { type CpuProfile, type Frame, memoryOf, roomOf, summaryOf, timeOf } from "../../bench/profile/summary.ts";

const root = "file:///house/";
const frame = (functionName: string, url = "", lineNumber = -1): Frame => ({ functionName, url, lineNumber, columnNumber: 0 });
const get = frame("get", `${root}engine/view/trie.ts`, 41);
const give = frame("give", `${root}sim/world/world.ts`, 191);
const collector = frame("(garbage collector)");

/** From 100 µs to 1,000 µs: get twice, by different callers, who are different nodes; nothing to do for 200 µs; the collector; and give. */
const byHand: CpuProfile = {
  startTime: 100,
  endTime: 1_000,
  nodes: [
    { id: 1, callFrame: frame("(root)") }, { id: 2, callFrame: get }, { id: 3, callFrame: get }, { id: 4, callFrame: frame("(idle)") },
    { id: 5, callFrame: collector }, { id: 6, callFrame: give },
  ],
  samples: [2, 4, 3, 5, 6],
  timeDeltas: [50, 100, 200, 300, 50],
};

test("a sample lasts until the next, the last until the end, and idleness is nobody's", () => {
  expect(timeOf(byHand)).toEqual([{ frame: get, amount: 100 }, { frame: get, amount: 300 }, { frame: collector, amount: 50 }, { frame: give, amount: 200 }]);
});

test("functions are gathered whoever called them, and stand in the order of what they took", () => {
  const { total, functions, rooms } = summaryOf(timeOf(byHand), root);
  expect(total).toBe(650);
  expect(functions).toEqual([
    { name: "get", where: "engine/view/trie.ts:42", amount: 400, share: 400 / 650 },
    { name: "give", where: "sim/world/world.ts:192", amount: 200, share: 200 / 650 },
    { name: "(garbage collector)", where: "", amount: 50, share: 50 / 650 },
  ]);
  expect(rooms.map(({ name, amount }) => [name, amount])).toEqual([["engine/view", 400], ["sim/world", 200], ["garbage collector", 50]]);
});

test("of memory, every node of the tree counts for itself", () => {
  const leaf = { callFrame: get, selfSize: 24, children: [] };
  const head = { callFrame: frame("(root)"), selfSize: 0, children: [{ callFrame: give, selfSize: 8, children: [leaf, { callFrame: collector, selfSize: 0, children: [leaf] }] }] };
  const { total, functions } = summaryOf(memoryOf(head), root);
  expect(total).toBe(56);
  expect(functions.map(({ name, amount }) => [name, amount])).toEqual([["get", 48], ["give", 8]]);
});

test.for([
  ["engine/step.ts", "engine"], ["engine/view/trie.ts", "engine/view"], ["sim/world/harm/pipe.ts", "sim/world"], ["node_modules/msgpackr/pack.js", "msgpackr"],
  ["node_modules/@observablehq/plot/src/mark.js", "@observablehq/plot"],
] as const)("%s is in the room %s", ([file, room]) => expect(roomOf(frame("f", root + file), root)).toBe(room));

test("what is in no file is the collector's or node's, and node's own files are node's", () => {
  expect([collector, frame("(program)"), frame("set"), frame("openSync", "node:fs", 12)].map((each) => roomOf(each, root))).toEqual(["garbage collector", "node", "node", "node"]);
});

test("a profile without a sample is summed up to nothing", () => {
  expect(summaryOf(timeOf({ ...byHand, samples: [], timeDeltas: [] }), root)).toEqual({ total: 0, functions: [], rooms: [] });
});
