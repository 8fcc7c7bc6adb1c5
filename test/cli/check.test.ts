/** The check of determinism: passes where it should, and shows where two sides part if they do. */

import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { instant, milliseconds } from "../../engine/index.ts";
import { differenceText } from "../../sim/cli/check/command.ts";
import { compare } from "../../sim/cli/check/compare.ts";
import { compileScenario, type Scenario } from "../../sim/scenario/index.ts";
import { call, passingFolder, scenarioIn } from "./command.ts";

const path = scenarioIn(passingFolder(), "small");

function compiled(): Scenario {
  const result = compileScenario(readFileSync(path, "utf8"), { file: path });
  if (!result.ok) throw new Error(result.errors[0]?.message);
  return result.scenario;
}

test("identical: as many steps as the report counts, and its trace hash", async () => {
  const changes = ["--runs", "2", "--set", "network.loss=5%"];
  const { code, stdout, stderr } = await call("check", path, ...changes);
  const played = await call(path, ...changes, "--jobs", "1", "--json");
  const report = JSON.parse(played.stdout) as { readonly events: number; readonly traceHash: string };
  expect(stdout).toBe(`identical: 2 runs, ${report.events.toLocaleString("en-US")} steps, trace=${report.traceHash}\n`);
  expect(stderr).toMatch(/^checking small: seed=1 runs=2 /);
  expect(code).toBe(0);
});

test("different: the first step that differs, from both sides", async () => {
  const here = compiled();
  // A crash half a second later: until then, all is the same.
  const there: Scenario = { ...here, timeline: here.timeline.map((disruption) => ({ ...disruption, at: instant(disruption.at + milliseconds(500)) })) };
  const { difference, results } = await compare(here, there);
  expect(results).toHaveLength(1);
  expect(difference).toMatchObject({ kind: "step", run: 0, seed: "1/0" });
  const text = difference === null ? "" : differenceText(difference);
  const [, main = "", worker = ""] = /\nMain thread:\n(.*)\nWorker thread:\n(.*)\n/.exec(text) ?? [];
  expect(main).not.toBe(worker);
  // Neither side is at the same step before the crash, which happens at 5 s here and at 5.5 s there.
  for (const line of [main, worker]) expect(Number(/^ +(\d+\.\d+) /.exec(line)?.[1])).toBeGreaterThan(5);
  expect(text).toMatch(/^different: run 0 \(seed 1\/0\), step \d+ /);
  expect(text.split("\n").slice(3, 9).every((line) => /^ +\d+\.\d{6} {2}m\d {2}/.test(line))).toBe(true);
  expect(text).toMatch(/^ {2}≠ {2}/m);
  expect(text).toMatch(/^ {5}view +[0-9a-f]{16} +[0-9a-f]{16}$/m);
});

test("a side that ends earlier is told as that", async () => {
  const here = compiled();
  const { difference } = await compare(here, { ...here, duration: milliseconds(10_000) });
  const text = difference === null ? "" : differenceText(difference);
  expect(text).toMatch(/\nMain thread:\n +10\.\d+ .*\nWorker thread:\n {2}nothing: the run is over here\n/);
});

test("what is measured has to be the same as well", async () => {
  const here = compiled();
  const { difference } = await compare(here, { ...here, duration: milliseconds(20_000.001) });
  expect(difference === null ? "" : differenceText(difference)).toBe("different: run 0 (seed 1/0): every step is the same, but the measurements differ\n");
});

test("a scenario that is repeated until a figure is known wants a number of runs, from check as from compare", async () => {
  const waiting = path.replace(/small\.yaml$/, "waiting.yaml");
  writeFileSync(waiting, readFileSync(path, "utf8").replace("runs: 3", "until: { metric: load.bytesPerMemberSecond, relative: 50%, min: 2, max: 4 }"));
  const why = (who: string): object => ({ code: 64, stdout: "", stderr: expect.stringContaining(`${waiting} is repeated until load.bytesPerMemberSecond is known precisely, for which ${who} can't wait: give a number of runs with --runs`) });
  expect(await call("check", waiting)).toMatchObject(why("check"));
  expect(await call("compare", waiting, path)).toMatchObject(why("compare"));
  expect(await call("compare", "swimlab", "serf", "--on", waiting)).toMatchObject(why("compare"));
  expect((await call("check", waiting, "--runs", "1")).stdout).toMatch(/^identical: 1 run,/);
});
