/** What --out leaves on disk, and what it leaves alone. */

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { ResultFolder } from "../../sim/cli/out/folder.ts";
import { openTrace } from "../../trace/index.ts";
import { call, type Outcome, passingFolder, scenarioIn } from "./command.ts";

const folder = passingFolder();
const small = scenarioIn(folder, "small");
const out = join(folder, "deep", "out");
const text = (name: string): string => readFileSync(join(out, name), "utf8");
const rows = (name: string): readonly string[] => text(name).trimEnd().split("\n");

const tables = ["crashes.csv", "disruptions.csv", "manifest.json", "report.html", "report.txt", "runs.csv", "runs.ndjson", "summary.json"];

describe("a folder of results", () => {
  let outcome: Outcome;

  beforeAll(async () => {
    outcome = await call(small, "--jobs", "1", "--out", out, "--trace", "--json");
  });

  test("is made, holds every table and a trace of each run, and no drafts", () => {
    expect(outcome.code).toBe(0);
    expect(outcome.stderr).toContain(`written to ${out}\n`);
    expect(readdirSync(out).toSorted()).toEqual([...tables, "run0.trace", "run1.trace", "run2.trace"].toSorted());
  });

  test("its manifest says how to get the same again", () => {
    const manifest: unknown = JSON.parse(text("manifest.json"));
    expect(manifest).toMatchObject({
      madeBy: "swimlab",
      command: `npm run sim -- ${small} --jobs 1 --out ${out} --trace --json`,
      runs: { asked: 3, finished: 3 },
      jobs: 1,
      seed: "1",
      seeds: { first: "1/0", last: "1/2" },
      scenario: { file: small, hash: expect.stringMatching(/^[0-9a-f]{16}$/), source: expect.stringContaining("duration: 20s") },
      node: process.version,
      startedAt: expect.stringMatching(/^\d{4}-/),
      endedAt: expect.stringMatching(/^\d{4}-/),
    });
  });

  test("its source, played by itself, is the same experiment", async () => {
    const { scenario } = JSON.parse(text("manifest.json")) as { readonly scenario: { readonly source: string } };
    const copy = join(folder, "copy.yaml");
    writeFileSync(copy, scenario.source);
    const again = await call(copy, "--jobs", "1", "--json");
    const traceHash = ({ stdout }: Outcome): string | undefined => /"traceHash": "([0-9a-f]{16})"/.exec(stdout)?.[1];
    expect(traceHash(again)).toMatch(/./);
    expect(traceHash(again)).toBe(traceHash(outcome));
  });

  test("its summary is the document that was printed", () => {
    expect(text("summary.json")).toBe(outcome.stdout);
  });

  test("its tables have a row for each run, disruption and crash", () => {
    expect(rows("runs.ndjson").map((line) => (JSON.parse(line) as { readonly run: number }).run)).toEqual([0, 1, 2]);
    expect(rows("runs.csv")[0]).toMatch(/^run,seed,traceHash,events,/);
    expect(rows("runs.csv").slice(1).map((row) => row.split(",")[1])).toEqual(["1/0", "1/1", "1/2"]);
    expect(rows("disruptions.csv")).toHaveLength(4);
    expect(rows("crashes.csv")[0]).toMatch(/^run,member,at,firstSuspicionSeconds,firstSuspicionCensoredAfter,/);
    expect(rows("crashes.csv")[1]).toMatch(/^0,m\d,5,\d+\.\d+,,/);
    expect(rows("report.txt").at(-1)).toMatch(/verdict=pass$/);
  });

  test("its traces are whole, and tell of this run", async () => {
    const opened = openTrace(readFileSync(join(out, "run2.trace")));
    expect(opened).toMatchObject({ ok: true, trace: { whole: true, header: { about: { scenario: "small", seed: "1", run: 2 } } } });
    const told = await call("trace", join(out, "run2.trace"), "--from", "5s", "--to", "6s", "--member", "m3");
    expect(told.stdout).toMatch(/^# madeBy=swimlab scenario=small .*run=2\n/);
    expect(told.stdout.split("\n").slice(1, -1).every((line) => /^ {3}5\.\d{6} {2}m3 /.test(line))).toBe(true);
    expect(told.stdout.split("\n").length).toBeGreaterThan(3);
    expect(told.code).toBe(0);
  });

  test("is written over by the next result: what that has not, is gone", async () => {
    const again = await call(small, "--jobs", "1", "--out", out, "--runs", "1");
    expect(again.code).toBe(0);
    expect(readdirSync(out).toSorted()).toEqual(tables);
    expect(rows("runs.csv")).toHaveLength(2);
  });
});

describe("a folder that is not ours", () => {
  test.each([
    ["with something else in it", "notes.txt", "contains notes.txt, which is not a result of swimlab"],
    ["with somebody else's manifest", "manifest.json", "they have no manifest"],
    ["with a report of who knows what", "report.txt", "they have no manifest"],
  ])("%s is left as it is", async (_, name, why) => {
    const foreign = join(folder, `foreign-${name}`);
    mkdirSync(foreign);
    writeFileSync(join(foreign, name), "{}");
    const { code, stdout, stderr } = await call(small, "--jobs", "1", "--out", foreign);
    expect(stderr).toContain(why);
    expect(stderr.split("\n")).toHaveLength(2);
    expect([code, stdout]).toEqual([73, ""]);
    expect(readdirSync(foreign)).toEqual([name]);
  });

  test("one that can't be made is found out before the first run", async () => {
    const { code, stderr } = await call(small, "--jobs", "1", "--out", join(small, "below-a-file"));
    expect([code, stderr]).toEqual([73, `nothing can be written to ${join(small, "below-a-file")}: not a directory\n`]);
    expect((await call(small, "--jobs", "1", "--out", small)).stderr).toBe(`nothing can be written to ${small}: it is a file\n`);
    // Below /proc, Linux denies that a folder which it shows is there; a careless mkdir never comes back.
    if (existsSync("/proc/self")) expect((await call(small, "--jobs", "1", "--out", "/proc/x/y")).stderr).toBe("nothing can be written to /proc/x/y: no such file or directory\n");
  });

  test("what a killed process left unfinished is cleared away", async () => {
    const killed = join(folder, "killed");
    mkdirSync(join(killed, ".unfinished"), { recursive: true });
    writeFileSync(join(killed, ".unfinished", "manifest.json"), '{ "madeBy": "swimlab" }');
    writeFileSync(join(killed, ".unfinished", "run7.trace"), "half a trace");
    expect((await call(small, "--jobs", "1", "--out", killed)).code).toBe(0);
    expect(existsSync(join(killed, ".unfinished"))).toBe(false);
    expect(readdirSync(killed).toSorted()).toEqual(tables);
  });

  test("a new folder is gone again if nothing came of it", async () => {
    const fruitless = join(folder, "fruitless");
    expect((await call(join(folder, "absent.yaml"), "--out", fruitless)).code).toBe(66);
    expect(existsSync(fruitless)).toBe(false);
  });
});

test("what somebody puts beside drafts while runs are played is left there, and nothing breaks", () => {
  const place = join(folder, "watched");
  const made = new ResultFolder(place, "{}");
  writeFileSync(join(place, "notes.txt"), "so far, so good");
  made.tidyUp();
  expect(readdirSync(place)).toEqual(["notes.txt"]);
});

test("a folder in which runs are being played is refused to others at once, and to report; and free afterwards", async () => {
  const place = join(folder, "shared");
  expect((await call(small, "--jobs", "1", "--out", place)).code).toBe(0);
  const playing = new ResultFolder(place, "{}");
  writeFileSync(join(place, ".unfinished", "run0.trace"), "half a trace");
  const inUse = `${place} is in use by process ${process.pid}: wait for it, or name another folder with --out`;
  for (const words of [[small, "--jobs", "1", "--out", place], ["report", place]]) {
    const { code, stdout, stderr } = await call(...words);
    expect([code, stdout]).toEqual([73, ""]);
    expect(stderr).toContain(inUse);
  }
  expect(readFileSync(join(place, ".unfinished", "run0.trace"), "utf8")).toBe("half a trace");
  playing.tidyUp();
  expect((await call("report", place)).code).toBe(0);
  expect(readdirSync(place).toSorted()).toEqual(tables);
});
