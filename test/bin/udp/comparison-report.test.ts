/** What a comparison means, in sentences. */

import { expect, test } from "vitest";
import { comparisonReport, meaning, type Told } from "../../../bin/udp/comparison-report.ts";
import { compareWorlds, playRun, summarise, type RunResult, type Scenario } from "../../../sim/index.ts";
import { scenarioOf } from "../../sim/scenario/builders.ts";

const yaml = "name: x\nmembers: 8\nduration: 15s\nconfig: { periodEvery: 500ms, askRelaysAfter: 250ms }\ntimeline:\n  - { at: 1s, crash: 1 }";
const plays = (scenario: Scenario, runs: number): readonly RunResult[] => Array.from({ length: runs }, (_, run) => playRun(scenario, run));
const simulated = plays(scenarioOf(yaml), 40);

function told(real: readonly RunResult[], p99 = 3): Told {
  return { real: summarise(scenarioOf(yaml), "0123456789abcdef", real), simulatedRuns: 40, processes: 2, comparison: compareWorlds(real, simulated), lateness: [{ p50: 1, p99, max: 30 }] };
}

test("the same world: detection times cannot be told apart, nor anything else", () => {
  const sentences = meaning(told(plays({ ...scenarioOf(yaml), seed: "other" }, 3)));
  expect(sentences[0]).toMatch(/^The simulator's detection times and the real ones cannot be told apart \(p = [\d.]+\): if they differ, then by −?[\d.]+ to [\d.]+ s\.$/);
  expect(sentences[1]).toMatch(/^None of \d+ figures tells the real group from the simulated one/);
  expect(sentences).toHaveLength(2);
});

test("another world: which figures tell, and by how much", () => {
  const sentences = meaning(told(plays({ ...scenarioOf(yaml, ["config.suspicionMult=9"]), seed: "other" }, 4)));
  expect(sentences[0]).toMatch(/can be told apart \(p = <0\.001/);
  expect(sentences[1]).toMatch(/first detection \([\d.]+ % more for real, corrected p = /);
});

test("one run says nothing; and a late machine is named as what it is", () => {
  const sentences = meaning(told(plays({ ...scenarioOf(yaml), seed: "other" }, 1), 250));
  expect(sentences[0]).toMatch(/^So few runs could not have told the simulator's detection times and the real ones apart \(p = [\d.]+ at least, corrected [\d.]+\)\.$/);
  expect(sentences[1]).toMatch(/^1 real run beside 40 simulated: no difference could have been found/);
  expect(sentences[2]).toContain("This machine was busy: one alarm in a hundred rang 250 ms late");
});

test("the report has a line a figure, and its last line is for programs", () => {
  const report = comparisonReport(told(plays({ ...scenarioOf(yaml), seed: "other" }, 3)), { color: false, width: 100 });
  expect(report).toMatch(/^x, for real\n/);
  expect(report).toMatch(/\n {2}first detection +[\d.]+ \[[\d.]+–[\d.]+\] +[\d.]+ \[/);
  expect(report).toMatch(/\nseed=1 scenario=0123456789abcdef trace=[0-9a-f]{16} expectations=pass comparison=pass\n$/);
});
