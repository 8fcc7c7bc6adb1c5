/** What is said of a figure that runs are repeated for: that two looks in a row found it precise only if two did. */

import { expect, test } from "vitest";
import { Precision } from "../../sim/cli/play/precision.ts";
import { playRun } from "../../sim/index.ts";
import { scenarioOf } from "../sim/scenario/builders.ts";

const scenario = scenarioOf("name: x\nmembers: 6\nduration: 10s\n");
const results = [0, 1, 2, 3].map((run) => playRun(scenario, run));

/** After so many runs, of which the figure is precise at every look. */
function sentenceAfter(runs: number, extent: { readonly min: number; readonly max: number }): string {
  const precision = new Precision(scenario, { metric: "load.bytesPerMemberSecond", relative: 10, confidence: 0.95, ...extent }, { extend: () => {}, settle: () => {} });
  for (const result of results.slice(0, runs)) precision.add(result);
  return precision.sentence;
}

test("two looks in a row", () => {
  expect(sentenceAfter(4, { min: 2, max: 40 })).toMatch(/^stopped after 4 runs: load\.bytesPerMemberSecond is within ±[\d.]+ % at 95 % confidence, and was within ±1000 % at the look before as well$/);
});

test.each([["that the most runs left no room for a second", { min: 2, max: 2 }], ["that was interrupted before the second", { min: 2, max: 40 }]])("one look %s", (_, extent) => {
  expect(sentenceAfter(2, extent)).toMatch(new RegExp(`^2 of at most ${extent.max} runs: load\\.bytesPerMemberSecond is within ±[\\d.]+ % at 95 % confidence, as was wanted, at this look alone$`));
});
