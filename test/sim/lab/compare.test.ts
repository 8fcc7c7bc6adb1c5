/** Two scenarios' runs, paired by their seeds. */

import { expect, test } from "vitest";
import { compareCouples, compareRuns } from "../../../sim/lab/compare.ts";
import { rowOf } from "../../../sim/lab/row.ts";
import type { RunResult } from "../../../sim/measure/result.ts";
import { compileScenario } from "../../../sim/scenario/compile/compile.ts";
import { playRun } from "../../../sim/run.ts";

function runsOf(count: number, settings: readonly string[] = []): readonly RunResult[] {
  const compiled = compileScenario("{ members: 6, duration: 20s, timeline: [{ at: 2s, crash: 1 }] }", { file: "compared.yaml", settings });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.errors));
  return Array.from({ length: count }, (_, run) => playRun(compiled.scenario, run));
}

const patient = runsOf(8, ["config.suspicionMult=6"]);
const hasty = runsOf(7, ["config.suspicionMult=2"]);

test("runs of one seed are a pair, in whatever order they come; who is alone is left out", () => {
  const compared = compareRuns(hasty.toReversed(), patient);
  const pairs = compareCouples([{ name: "", couples: hasty.map((run, nth) => [rowOf(0, run), rowOf(0, patient[nth]!)] as const) }]);
  expect(compared.differences.map(({ figure, pairs: n, above }) => [figure, n, above])).toContainEqual(["firstDetection", 7, 7]);
  expect(compared).toEqual(pairs);
});

test("runs of other seeds are no pairs", () => {
  expect(() => compareRuns(hasty, runsOf(2, ["seed=2"]))).toThrow(RangeError);
});
