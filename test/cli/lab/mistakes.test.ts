/** What can go wrong with a sweep's folder: a sentence, a code, and nothing lost. */

import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { call, outcomeOf, passingFolder, scenarioIn, start } from "../command.ts";

const folder = passingFolder();
scenarioIn(folder, "base");
const sweep = join(folder, "small.yaml");
writeFileSync(sweep, "scenario: base.yaml\ngrid: [{ config.suspicionMult: [2, 4] }]\nrepeats: 2\n");
const whole = join(folder, "whole");
const played = call("sweep", sweep, "--jobs", "1", "--quiet", "--out", whole);
const again = (out: string, ...more: readonly string[]): ReturnType<typeof call> => call("sweep", sweep, "--jobs", "1", "--quiet", "--out", out, ...more);
function copy(name: string): string {
  cpSync(whole, join(folder, name), { recursive: true });
  return join(folder, name);
}

test("a full disk: said, and what is there is kept", async () => {
  const out = join(folder, "full");
  mkdirSync(out);
  symlinkSync("/dev/full", join(out, "runs.ndjson"));
  expect(await again(out)).toEqual({ code: 73, stdout: "", stderr: `${join(out, "runs.ndjson")} can't be written to: no space left on device; what was written is kept, and the same command resumes it\n` });
});

test("a folder in use by another process is left alone", async () => {
  await played;
  const out = copy("used");
  writeFileSync(join(out, ".lock"), `${process.ppid} ${hostname()}\n`);
  expect(await again(out)).toMatchObject({ code: 73, stderr: expect.stringContaining(`${out} is in use by process ${process.ppid}: wait for it`) });
  expect(readFileSync(join(out, "runs.ndjson"))).toEqual(readFileSync(join(whole, "runs.ndjson")));
});

test("merge and tune leave a folder in use alone as well", async () => {
  await played;
  const out = join(folder, "used-too");
  mkdirSync(out);
  writeFileSync(join(out, ".lock"), `${process.ppid} ${hostname()}\n`);
  for (const words of [["merge", whole, "--out", out], ["tune", join(folder, "base.yaml"), "--evaluations", "120", "--jobs", "1", "--out", out]]) {
    expect(await call(...words, "--quiet")).toMatchObject({ code: 73, stderr: expect.stringContaining(`${out} is in use by process ${process.ppid}: wait for it`) });
  }
  expect(readdirSync(out)).toEqual([".lock"]);
});

test("parts of different sweeps are not merged, and nothing is written", async () => {
  await played;
  const [other, part, out] = [join(folder, "other.yaml"), join(folder, "part-of-other"), join(folder, "mixed")];
  writeFileSync(other, "scenario: base.yaml\nname: small\ngrid: [{ config.suspicionMult: [2, 5] }]\nrepeats: 2\n");
  const mine = join(folder, "part-of-mine");
  for (const [file, index, to] of [[sweep, "1/2", mine], [other, "2/2", part]] as const) expect((await call("sweep", file, "--jobs", "1", "--quiet", "--shard", index, "--out", to)).code).toBe(0);
  expect(await call("merge", mine, part, "--out", out)).toMatchObject({ code: 73, stderr: expect.stringContaining("holds runs of other cells: the grid, its constraints or the base scenario differ, which cannot be mixed with these") });
  expect(existsSync(out)).toBe(false);
});

test("a line that is a run's by its beginning, and no run of this version by the rest, is named", async () => {
  await played;
  const out = copy("half-a-row");
  writeFileSync(join(out, "runs.ndjson"), readFileSync(join(out, "runs.ndjson"), "utf8").replace('"counts":{', '"figures":{'));
  expect(await again(out)).toMatchObject({ code: 65, stderr: expect.stringMatching(/cell 0, repetition 0: this line is not a run that swimlab wrote: remove it, and the run is played again/) });
});

test("a lock of another machine is believed, unless somebody sees to it that each part runs once at a time", async () => {
  await played;
  const out = copy("elsewhere");
  writeFileSync(join(out, ".lock"), "4711 far-away\n");
  expect(await again(out)).toMatchObject({ code: 73, stderr: expect.stringContaining("is in use by process 4711 on far-away") });
  const number = process.env["JOB_COMPLETION_INDEX"];
  const part = join(folder, "pod");
  [process.env["JOB_COMPLETION_INDEX"], process.env["JOB_COMPLETIONS"]] = ["0", "2"];
  try {
    mkdirSync(part);
    writeFileSync(join(part, ".lock"), "4711 far-away\n");
    expect(await again(part, "--shard", "auto")).toMatchObject({ code: 0 });
  } finally {
    if (number === undefined) delete process.env["JOB_COMPLETION_INDEX"];
    delete process.env["JOB_COMPLETIONS"];
  }
});

test("other runs, other lines, other files: each refused by name", async () => {
  await played;
  expect(await again(copy("seed"), "--seed", "7")).toMatchObject({ code: 73, stderr: expect.stringContaining("holds runs of --seed 1, which cannot be mixed with these: name another folder") });
  expect(await again(copy("grid"), "--set", "members=9")).toMatchObject({ code: 73, stderr: expect.stringContaining("holds runs of other cells") });
  expect(await again(copy("part"), "--shard", "1/2")).toMatchObject({ code: 73, stderr: expect.stringContaining("holds the whole, and this is shard 1/2") });
  const torn = copy("torn");
  writeFileSync(join(torn, "runs.ndjson"), readFileSync(join(torn, "runs.ndjson"), "utf8").replace('{"cell":0,"repetition":1', '{"cel'));
  expect(await again(torn)).toMatchObject({ code: 65, stderr: `${join(torn, "runs.ndjson")}:2 is not a run that swimlab wrote: remove the line, and it is played again\n` });
  const other = copy("other");
  writeFileSync(join(other, "thesis.tex"), "");
  expect(await again(other)).toMatchObject({ code: 73, stderr: expect.stringContaining("contains thesis.tex, which is not a sweep's result") });
});

test("fewer runs than there are: the rows beyond are not ours to drop; more: only the new ones are played", async () => {
  await played;
  expect(await again(copy("fewer"), "--repeats", "1")).toMatchObject({ code: 65, stderr: expect.stringContaining("1 (the first is 0), and 1 run of each cell is requested: request at least as many as were played here, or name another folder with --out") });
  const more = copy("more");
  expect(await call("sweep", sweep, "--jobs", "1", "--out", more, "--repeats", "3")).toMatchObject({ code: 0, stderr: expect.stringContaining("4 runs were played before") });
  expect(readFileSync(join(more, "occasions.ndjson"), "utf8").trimEnd().split("\n").map((line) => JSON.parse(line).runs)).toEqual([4, 2]);
});

test("a sweep that goes on and is stopped has no tables of fewer runs lying beside those that it has", async () => {
  await played;
  const more = copy("longer");
  const child = start("sweep", sweep, "--jobs", "1", "--quiet", "--out", more, "--repeats", "100000");
  const ending = outcomeOf(child);
  await vi.waitFor(() => expect(readFileSync(join(more, "runs.ndjson"), "utf8").split("\n").length).toBeGreaterThan(6), { timeout: 20_000, interval: 20 });
  child.kill("SIGINT");
  expect(await ending).toMatchObject({ code: 130, stdout: "" });
  expect(readdirSync(more).toSorted()).toEqual(["manifest.json", "occasions.ndjson", "runs.ndjson"]);
  expect(await call("report", more)).toMatchObject({ code: 66, stderr: `${more} is a sweep that is not finished: there is no cells.json in it\n` });
});

test("a scenario is repeated until its figure is known, by one thread or two; --runs has the last word", async () => {
  const precise = join(folder, "precise.yaml");
  writeFileSync(precise, "duration: 20s\nmembers: 8\nuntil: { metric: load.bytesPerMemberSecond, relative: 6%, min: 4, max: 40 }\ntimeline: [{ at: 5s, crash: 1 }]\n");
  const one = await call(precise, "--jobs", "1");
  const two = await call(precise, "--jobs", "2");
  expect(one.stderr).toMatch(/stopped after \d+ runs: load\.bytesPerMemberSecond is within ±[\d.]+ % at 95 % confidence, and was within ±6 % at the look before as well/);
  expect(one.stdout.split("\n").at(-2)).toBe(two.stdout.split("\n").at(-2));
  const surer = await call(precise, "--jobs", "1", "--set", "until.confidence=99.99%", "--set", "until.max=5");
  expect(surer.stderr).toContain("at 99.99 % confidence");
  expect((await call(precise, "--jobs", "1", "--runs", "3", "--quiet")).stdout).toContain("3 runs of 20 s");
});

test("until and runs contradict each other", async () => {
  const contrary = scenarioIn(folder, "contrary", "until: { metric: convergence.p50, relative: 5% }");
  expect(await call(contrary)).toMatchObject({ code: 65, stderr: expect.stringContaining("runs and until contradict each other: write one of them") });
});
