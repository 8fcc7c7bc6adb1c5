/** Sweeps from their file to their folder: the same bytes whoever plays, whatever was stopped, and however it was divided. */

import { appendFileSync, cpSync, existsSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parquetReadObjects } from "hyparquet";
import { describe, expect, test } from "vitest";
import { call, outcomeOf, passingFolder, scenarioIn, start } from "../command.ts";

const folder = passingFolder();
scenarioIn(folder, "base");

/** A sweep of six cells, of which a constraint leaves four; twelve runs. Answers with its path. */
function sweepIn(name: string, ...lines: readonly string[]): string {
  const path = join(folder, `${name}.yaml`);
  const usual = ["scenario: base.yaml", "grid:", "  - config.suspicionMult: [2, 4]", "  - network.loss: { from: 0%, to: 20%, steps: 3 }", "where: [config.suspicionMult == 4 or network.loss < 10%]"];
  writeFileSync(path, [...usual, ...(lines.length === 0 ? ["figures: [convergence.p50]", "repeats: 3"] : lines), ""].join("\n"));
  return path;
}

const sweep = sweepIn("small");
const results = ["runs.ndjson", "runs.csv", "runs.parquet", "cells.json", "cells.csv", "report.txt", "report.html", "manifest.json"];
const bytes = (out: string): readonly string[] => results.map((name) => readFileSync(join(out, name)).toString("base64"));
const lines = (out: string): readonly string[] => readFileSync(join(out, "runs.ndjson"), "utf8").trimEnd().split("\n");

/** What one thread makes of it: all else is held against this. */
const whole = join(folder, "whole");
const played = call("sweep", sweep, "--jobs", "1", "--out", whole);

test("a sweep leaves a row for each run, in the order of cells and repetitions, and a table", async () => {
  const { code, stdout, stderr } = await played;
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining("4 cells (2 more are excluded) of 3 runs") });
  expect(stdout).toContain("4 cells · 3 runs each");
  expect(stdout).toContain("exact (Poisson), wider where they come in bursts\nFewer than 10 runs are too few to redraw: their intervals are by Student's t, and wide\n");
  const rows = lines(whole).map((line) => JSON.parse(line));
  expect(rows.map(({ cell, repetition }) => `${cell}/${repetition}`)).toEqual(["0/0", "0/1", "0/2", "1/0", "1/1", "1/2", "2/0", "2/1", "2/2", "3/0", "3/1", "3/2"]);
  const manifest = JSON.parse(readFileSync(join(whole, "manifest.json"), "utf8"));
  expect(manifest.cells[3].settings).toEqual({ "config.suspicionMult": 4, "network.loss": "20%" });
  expect(manifest.runs).toEqual({ asked: 12, finished: 12 });
});

test("health is counted in points, also where it is the worst", async () => {
  const { stdout } = await call("sweep", sweepIn("worst", "figures: [health.max, convergence.max]", "repeats: 1"), "--jobs", "1", "--quiet", "--out", join(folder, "worst"));
  expect(stdout.split("\n").find((line) => line.startsWith("              2"))).toMatch(/^ +2 +0% +1 +\d+ +[\d.]+ s *$/);
});

test("CSV and Parquet say what the rows say", async () => {
  await played;
  const [head = "", first = ""] = readFileSync(join(whole, "runs.csv"), "utf8").split("\n");
  const row = JSON.parse(lines(whole)[0] ?? "");
  const fields = Object.fromEntries(head.split(",").map((name, i) => [name, first.split(",")[i]]));
  expect(fields).toMatchObject({ cell: "0", "config.suspicionMult": "2", "network.loss": "0%", traceHash: row.traceHash, "firstDetection.p50": String(row.times.firstDetection.seconds[0]) });
  const file = readFileSync(join(whole, "runs.parquet"));
  const table = await parquetReadObjects({ file: file.buffer.slice(file.byteOffset, file.byteOffset + file.length) as ArrayBuffer });
  expect(table).toHaveLength(12);
  expect(table[0]).toMatchObject({ cell: 0, "config.suspicionMult": 2, "network.loss": "0%", traceHash: row.traceHash, bytes: row.counts.bytes, "firstDetection.p50": row.times.firstDetection.seconds[0] });
});

test("a run is that of the experiment with the same settings and seed", async () => {
  await played;
  const { stdout } = await call(join(folder, "base.yaml"), "--set", "config.suspicionMult=4", "--set", "network.loss=20%", "--jobs", "1", "--json", "--quiet");
  expect(lines(whole).slice(9).map((line) => JSON.parse(line).traceHash)).toEqual(JSON.parse(stdout).perRun.map((run: { traceHash: string }) => run.traceHash));
});

test("two workers write the same bytes as one thread", async () => {
  await played;
  const out = join(folder, "two");
  expect((await call("sweep", sweep, "--jobs", "2", "--out", out, "--quiet")).code).toBe(0);
  expect(bytes(out)).toEqual(bytes(whole));
});

test("killed at any moment, it goes on: no finished run is played again, and a half-written line is", async () => {
  await played;
  const out = join(folder, "killed");
  const process = start("sweep", sweep, "--jobs", "1", "--out", out, "--quiet");
  const over = outcomeOf(process);
  await new Promise<void>((resolve) => {
    const look = setInterval(() => {
      if (!existsSync(join(out, "runs.ndjson")) || readFileSync(join(out, "runs.ndjson"), "utf8").split("\n").length < 3) return;
      clearInterval(look);
      process.kill("SIGKILL");
      resolve();
    }, 5);
  });
  await over;
  // As if it had died within its last line: the runs before it are what must be kept.
  const kept = lines(out).slice(0, 2);
  truncateSync(join(out, "runs.ndjson"), Buffer.byteLength(kept.join("\n")) + 1);
  appendFileSync(join(out, "runs.ndjson"), '{"cell":2,"repetition":0,"trac');
  const { code, stderr } = await call("sweep", sweep, "--jobs", "1", "--out", out);
  expect(code).toBe(0);
  expect(stderr).toContain("the last line was incomplete; its run is played again");
  expect(stderr).toContain("2 runs were played before");
  expect(bytes(out)).toEqual(bytes(whole));
  const occasions = readFileSync(join(out, "occasions.ndjson"), "utf8").trimEnd().split("\n").map((line) => JSON.parse(line).runs);
  expect(occasions.at(-1)).toBe(10);
});

test("once more, and nothing is played", async () => {
  await played;
  const out = join(folder, "again");
  cpSync(whole, out, { recursive: true });
  const { code, stderr } = await call("sweep", sweep, "--out", out);
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining("12 runs were played before") });
  expect(bytes(out)).toEqual(bytes(whole));
});

describe("shards", () => {
  const shards = [1, 2, 3].map((index) => join(folder, `shard-${index}`));
  const parts = played.then(async () => {
    for (const [i, out] of shards.entries()) expect((await call("sweep", sweep, "--jobs", "1", "--shard", `${i + 1}/3`, "--out", out, "--quiet")).code).toBe(0);
  });

  test("merged in any order, they are what one machine writes, byte for byte", async () => {
    await parts;
    const out = join(folder, "merged");
    const { code, stderr } = await call("merge", ...shards.toReversed(), "--out", out);
    expect({ code, stderr }).toEqual({ code: 0, stderr: `written to ${out}\n` });
    expect(bytes(out)).toEqual(bytes(whole));
    expect(shards.flatMap(lines)).toHaveLength(12);
  });

  test("a shard that is not there is missed, and nothing is written", async () => {
    await parts;
    const out = join(folder, "gap");
    const { code, stderr } = await call("merge", shards[0] ?? "", shards[2] ?? "", "--out", out);
    expect({ code, stderr }).toEqual({ code: 66, stderr: "4 runs are missing, the first of them cell 0, repetition 1: shard 2 of 3 is not among the folders\n" });
    expect(existsSync(out)).toBe(false);
  });

  test("what two folders have counts once; what they contradict each other about, not at all", async () => {
    await parts;
    const [copy, liar] = [join(folder, "copy"), join(folder, "liar")];
    for (const other of [copy, liar]) cpSync(shards[0] ?? "", other, { recursive: true });
    const twice = await call("merge", copy, ...shards, "--out", join(folder, "merged-copy"));
    expect({ code: twice.code, stderr: twice.stderr }).toEqual({ code: 0, stderr: expect.stringContaining("4 runs occur twice, and are counted once") });
    expect(bytes(join(folder, "merged-copy"))).toEqual(bytes(whole));
    writeFileSync(join(liar, "runs.ndjson"), readFileSync(join(liar, "runs.ndjson"), "utf8").replace('"suspicions":1', '"suspicions":2'));
    expect(await call("merge", liar, ...shards, "--out", join(folder, "merged-lie"))).toMatchObject({ code: 65, stderr: expect.stringMatching(/liar and .*shard-1 contradict each other about cell \d, repetition \d/) });
  });

  test("of other sweeps, other versions or other parts, none is merged", async () => {
    await parts;
    const other = join(folder, "other-version");
    cpSync(shards[1] ?? "", other, { recursive: true });
    writeFileSync(join(other, "manifest.json"), readFileSync(join(other, "manifest.json"), "utf8").replace(/"version": "[^"]*"/, '"version": "0.0.1"'));
    const refused = async (...folders: readonly string[]): Promise<string> => {
      const { code, stderr } = await call("merge", ...folders, "--out", join(folder, "never"));
      expect(code).toBeGreaterThanOrEqual(64);
      expect(existsSync(join(folder, "never"))).toBe(false);
      return stderr;
    };
    expect(await refused(shards[0] ?? "", other)).toMatch(/holds runs of swimlab 0\.0\.1 \(this is/);
    // Nor any that are of another version together: this one would sum up what it may not understand.
    const olds = shards.map((shard, i) => {
      const old = join(folder, `old-${i}`);
      cpSync(shard, old, { recursive: true });
      writeFileSync(join(old, "manifest.json"), readFileSync(join(old, "manifest.json"), "utf8").replace(/"version": "[^"]*"/, '"version": "0.0.1"'));
      return old;
    });
    expect(await refused(...olds)).toMatch(/old-0 holds runs of swimlab 0\.0\.1 \(this is (?!0\.0\.1)/);
    expect(await refused(shards[0] ?? "", whole)).toMatch(/is one of 1 parts/);
    expect(await refused(shards[0] ?? "", shards[0] ?? "")).toMatch(/is named twice/);
    expect(await refused(folder)).toMatch(/has no manifest\.json/);
    writeFileSync(join(other, "manifest.json"), readFileSync(join(shards[1] ?? "", "manifest.json"), "utf8").replace(/"identity": "./, '"identity": "x'));
    expect(await refused(shards[0] ?? "", other)).toMatch(/another version of swimlab's code/);
  });
});

test("until: the same runs whoever plays, divided or not; with the look ahead, at least a quarter more than needed", async () => {
  const precise = sweepIn("precise", "until: { metric: load.bytesPerMemberSecond, relative: 6%, min: 4, max: 30 }");
  const [one, two, parts] = [join(folder, "u1"), join(folder, "u2"), [join(folder, "u3"), join(folder, "u4")]];
  expect((await call("sweep", precise, "--jobs", "1", "--out", one, "--quiet")).code).toBe(0);
  expect((await call("sweep", precise, "--jobs", "2", "--out", two, "--quiet")).code).toBe(0);
  expect(bytes(two)).toEqual(bytes(one));
  for (const [i, part] of parts.entries()) await call("sweep", precise, "--jobs", "1", "--shard", `${i + 1}/2`, "--out", part, "--quiet");
  expect((await call("merge", ...parts, "--out", join(folder, "u5"), "--quiet")).code).toBe(0);
  expect(bytes(join(folder, "u5"))).toEqual(bytes(one));
  const { cells } = JSON.parse(readFileSync(join(one, "cells.json"), "utf8"));
  for (const { runs, precision } of cells) {
    expect(runs).toBeGreaterThanOrEqual(6);
    expect(precision.isReached || runs === 30).toBe(true);
  }
  expect(cells.some(({ runs }: { runs: number }) => runs < 30)).toBe(true);
});
