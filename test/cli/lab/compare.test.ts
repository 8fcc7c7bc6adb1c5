/** Comparisons on the same seeds: presets, scenarios, and folders of both kinds. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { comparisonReport } from "../../../sim/cli/lab/comparison-report.ts";
import type { Difference } from "../../../sim/lab/compare.ts";
import { timeNames } from "../../../sim/lab/model.ts";
import { call, passingFolder, scenarioIn } from "../command.ts";

const folder = passingFolder();
const scenario = scenarioIn(folder, "base");

test("two presets: what differs is told in sentences, and in the code", async () => {
  const { code, stdout } = await call("compare", "memberlist-lan", "swimlab", "--on", scenario, "--runs", "12", "--jobs", "1", "--quiet");
  expect(code).toBe(1);
  expect(stdout).toMatch(/^memberlist-lan → swimlab\n12 pairs of runs on the same seeds/);
  expect(stdout.replace(/\s+/g, " ")).toMatch(/Health is better by 0\.\d+ with swimlab than with memberlist-lan \(95 %: 0\.\d+ to 0\.\d+; p = 0\.\d+ after Holm\)\./);
});

test("a mean of which some was given up is marked: of that, only the watch is known", async () => {
  const { stdout } = await call("compare", "memberlist-lan", "swim-basic", "--on", scenario, "--runs", "3", "--set", "duration=10s", "--jobs", "1", "--quiet");
  expect(stdout).toMatch(/^ {2}firstDetection +≥ 5\.00 +\d\.\d+ +– /m);
});

test.for(timeNames.flatMap((figure) => [[figure, 12, 0], [figure, 0, 12]] as const))("%s is spoken of in words, whichever way it differs", ([figure, above, below]) => {
  const difference: Difference = { cell: "", figure, unit: "s", pairs: 12, censored: 1, censoredEach: [1, 0], one: 1, other: 2, mean: null, ci95: null, above, below, p: 0.0005, corrected: 0.005, leastP: 0.0005 };
  const text = comparisonReport({ one: "a", other: "b", pairs: 12, cells: 1 }, { differences: [difference], alike: [], verdict: "different" }).replace(/\s+/g, " ");
  expect(text).toContain(" with b than with a (in 12 of 12 pairs; 1 was given up, so by how much is not known;");
  expect(text).not.toMatch(/is (?:more|less) with b/);
});

test("a scenario and itself: nothing differs, in any pair", async () => {
  const { code, stdout } = await call("compare", scenario, scenario, "--jobs", "1", "--quiet", "--json");
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ pairs: 3, differences: [], verdict: "alike" });
});

test("with three pairs nobody can tell", async () => {
  const { code, stdout } = await call("compare", "swimlab", "memberlist-lan", "--on", scenario, "--jobs", "1", "--quiet");
  expect(code).toBe(2);
  expect(stdout).toContain("With so few pairs nothing could have been told from chance: ask for more runs.");
});

test("folders of an experiment and of a sweep are compared run by run; what has no counterpart is told", async () => {
  const [experiment, swept] = [join(folder, "experiment"), join(folder, "swept")];
  writeFileSync(join(folder, "one.yaml"), "scenario: base.yaml\ngrid: [{ network.loss: [0%] }]\nrepeats: 5\n");
  await call(scenario, "--jobs", "1", "--quiet", "--out", experiment);
  await call("sweep", join(folder, "one.yaml"), "--jobs", "1", "--quiet", "--out", swept);
  const { code, stderr, stdout } = await call("compare", experiment, swept);
  expect({ code, stderr }).toEqual({ code: 0, stderr: `3 runs are compared; 0 of ${experiment} and 2 of ${swept} have no counterpart with the same seed and settings\n` });
  expect(stdout).toContain("no figure differs in any pair");
});

test("what would change nothing is refused", async () => {
  const out = join(folder, "played");
  await call(scenario, "--jobs", "1", "--quiet", "--out", out);
  for (const given of [["--set", "network.loss=50%"], ["--seed", "9"], ["--runs", "1"]]) {
    const stderr: unknown = expect.stringContaining(`${given[0]} works only with a scenario or a preset: both of these are folders of recorded runs`);
    expect(await call("compare", out, out, ...given)).toMatchObject({ code: 64, stdout: "", stderr });
  }
  const stderr: unknown = expect.stringContaining("--on works only with a preset: it names the scenario to play under it");
  for (const side of [out, scenario]) expect(await call("compare", side, side, "--on", join(folder, "nowhere.yaml"))).toMatchObject({ code: 64, stdout: "", stderr });
  expect(await call("compare", out, scenario, "--runs", "2", "--jobs", "1", "--quiet"), "one of them is played").toMatchObject({ code: 0 });
});

test.for([
  [["swimlab", "serf"], 64, "swimlab is a preset: name a scenario to play under it, such as --on scenarios/crash.yaml"],
  [["swimlap", "serf"], 64, 'swimlap is neither a folder, a file nor a preset: did you mean "swimlab"?'],
  [["swimlab"], 64, "name two results: folders, scenarios or presets"],
  [["a", "b", "c"], 64, "too many arguments"],
] as const)("%o makes no comparison", async ([words, code, message]) => {
  expect(await call("compare", ...words)).toMatchObject({ code, stderr: expect.stringContaining(message) });
});
