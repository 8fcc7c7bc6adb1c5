/** Ctrl-C, and readers who turn away. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { outcomeOf, passingFolder, scenarioIn, start } from "./command.ts";

const folder = passingFolder();
const patience = { timeout: 20_000, interval: 20 };

test("Ctrl-C: finished runs are kept, counted, reported and written down", async () => {
  const out = join(folder, "out");
  const child = start(scenarioIn(folder, "long", "config: { periodEvery: 0.6s }"), "--runs", "100000", "--jobs", "2", "--out", out, "--trace");
  const ending = outcomeOf(child);
  await vi.waitFor(() => expect(existsSync(join(out, ".unfinished", "run3.trace"))).toBe(true), patience);
  child.kill("SIGINT");
  const { code, stdout, stderr } = await ending;
  const finished = Number(/^interrupted: (\d+) of 100000 runs finished$/m.exec(stderr)?.[1]);
  expect(finished).toBeGreaterThanOrEqual(3);
  expect(code).toBe(130);
  expect(stdout).toMatch(/^seed=1 scenario=.* verdict=\w+$/m);
  expect(stdout).toContain(` ${finished.toLocaleString("en-US")} runs of 20 s`);
  expect(JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"))).toMatchObject({ runs: { asked: 100_000, finished } });
  // No run is missing in between: which runs are kept does not depend on how long they take.
  const runs = readFileSync(join(out, "runs.ndjson"), "utf8").trimEnd().split("\n").map((line) => (JSON.parse(line) as { readonly run: number }).run);
  expect(runs).toEqual(Array.from({ length: finished }, (_, run) => run));
  expect(readdirSync(out).filter((name) => name.endsWith(".trace"))).toHaveLength(finished);
});

test("Ctrl-C with --quiet: the report of finished runs, and nothing on standard error", async () => {
  const out = join(folder, "quiet");
  const child = start(scenarioIn(folder, "quiet-one"), "--runs", "100000", "--jobs", "2", "--out", out, "--trace", "--quiet");
  const ending = outcomeOf(child);
  await vi.waitFor(() => expect(existsSync(join(out, ".unfinished", "run3.trace"))).toBe(true), patience);
  child.kill("SIGINT");
  const { code, stdout, stderr } = await ending;
  expect([code, stderr]).toEqual([130, ""]);
  expect(stdout).toMatch(/^seed=1 scenario=.* verdict=\w+$/m);
});

test("Ctrl-C: a swarm tells what it has played", async () => {
  const child = start("swarm", "--seed", "test", "--seeds", "100000", "--small", "--jobs", "2");
  const ending = outcomeOf(child);
  let said = "";
  child.stderr?.on("data", (text: string) => (said += text));
  await vi.waitFor(() => expect(said).toContain("swarm: seed=test"), patience);
  child.kill("SIGINT");
  const { code, stdout, stderr } = await ending;
  expect(code).toBe(130);
  expect(stderr).toContain("interrupted: no new world starts");
  expect(stdout).toMatch(/^seed=test worlds=\d+ broken=0 verdict=\w+$/m);
});

test("a second Ctrl-C ends all at once, and leaves nothing half done", async () => {
  const out = join(folder, "quit");
  const child = start(scenarioIn(folder, "endless"), "--set", "duration=90d", "--set", "members=64", "--jobs", "2", "--out", out);
  const ending = outcomeOf(child);
  let said = "";
  child.stderr?.on("data", (text: string) => (said += text));
  await vi.waitFor(() => expect(said).toContain("endless: seed=1"), patience);
  child.kill("SIGINT");
  await vi.waitFor(() => expect(said).toContain("Ctrl-C again stops at once"), patience);
  // Heard only if it is no echo of the first: repeated until it is.
  const again = setInterval(() => child.kill("SIGINT"), 50);
  const { code, stdout } = await ending;
  clearInterval(again);
  expect([code, stdout]).toEqual([130, ""]);
  expect(existsSync(out)).toBe(false);
});

test("whoever reads only the beginning gets no complaint", async () => {
  const child = start(scenarioIn(folder, "piped"), "--jobs", "1");
  // Nobody will read: the first write finds the pipe broken.
  child.stdout?.destroy();
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect(stderr).toMatch(/^piped: seed=1 [^\n]*\n$/);
  expect(code).toBe(0);
});
