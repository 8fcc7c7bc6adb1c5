/** `npm run paper` as a user types it: what it plays, what it keeps, and what it says to mistakes. */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { runPaper } from "../../../sim/cli/paper/command.ts";
import type { Document } from "../../../sim/cli/paper/model/document.ts";
import { passingFolder, type Outcome } from "../command.ts";

const root = passingFolder();

async function call(...args: readonly string[]): Promise<Outcome> {
  let [stdout, stderr] = ["", ""];
  const code = await runPaper(args, { say: (text) => void (stdout += text), remark: (line) => void (stderr += `${line}\n`), width: 100, color: false, screen: null });
  return { code, stdout, stderr };
}

const documentIn = (folder: string): Document => JSON.parse(readFileSync(join(folder, "paper.json"), "utf8")) as Document;

describe("played, stopped and gone on with", () => {
  const here = join(root, "here");
  const there = join(root, "there");
  let [one, two]: readonly Outcome[] = [];
  let whole = "";

  beforeAll(async () => {
    one = await call("--only", "swim-suspicion", "--jobs", "1", "--out", here);
    two = await call("--only", "swim-suspicion", "--jobs", "2", "--out", there, "--json");
    whole = readFileSync(join(here, "runs.ndjson"), "utf8");
  });

  test("the report ends with a verdict, and the exit code says the same", () => {
    expect(one?.stdout).toMatch(/\npaper seed=1 identity=[0-9a-f]{16} outcome=[0-9a-f]{16} verdict=pass\n$/);
    expect(one?.code).toBe(0);
    expect(one?.stderr).toMatch(/^paper: subset, seed=1 identity=[0-9a-f]{16} runs=21\nwritten to \S+index\.html\n$/);
  });

  test("with --json there is one document on standard output, and it is the one in the folder", () => {
    expect(JSON.parse(two?.stdout ?? "")).toEqual(documentIn(there));
  });

  test("two workers find what one process finds", () => {
    expect(documentIn(there).sections).toEqual(documentIn(here).sections);
    expect([documentIn(there).identity, documentIn(there).outcome]).toEqual([documentIn(here).identity, documentIn(here).outcome]);
    expect([documentIn(here).command, documentIn(there).command]).toEqual(Array(2).fill("npm run paper -- --only swim-suspicion"));
  });

  test("what a killed process has finished is not played again, and nothing is missing in the end", async () => {
    const lines = whole.split("\n");
    const half = lines.slice(0, 11).join("\n");
    writeFileSync(join(here, "runs.ndjson"), `${half}\n${lines[11]?.slice(0, 30)}`);
    writeFileSync(join(here, ".lock"), "");
    const again = await call("--only", "swim-suspicion", "--jobs", "1", "--out", here);
    expect(again.stderr).toContain("runs.ndjson: the last line was incomplete; its run is played again");
    expect(again.stderr).toContain("runs=21, of which 10 were played before");
    expect(readFileSync(join(here, "runs.ndjson"), "utf8")).toBe(whole);
    expect(again.stdout).toBe(one?.stdout);
  });

  test("with everything played, it only reports", async () => {
    const again = await call("--only", "swim-suspicion", "--out", here);
    expect(again.stderr).toContain("of which 21 were played before");
    expect(again.stdout).toBe(one?.stdout);
    expect(documentIn(here).cost).toBeNull();
  });

  test("the outcome hangs on the figures of each run", async () => {
    const other = join(root, "other");
    mkdirSync(other);
    writeFileSync(join(other, "runs.ndjson"), whole.replace(`"periods":9`, `"periods":10`));
    await call("--only", "swim-suspicion", "--out", other);
    expect([documentIn(other).identity === documentIn(here).identity, documentIn(other).outcome === documentIn(here).outcome]).toEqual([true, false]);
  });

  test("stored results render to the same report, and into a page of Markdown", async () => {
    const page = join(root, "page.md");
    writeFileSync(page, "# Page\n<!-- figures: filled by npm run paper -- --render -->\n<!-- end of figures -->\n");
    const again = await call("--render", join(here, "paper.json"), "--out", join(root, "again"), "--fill", page);
    expect([again.code, again.stdout]).toEqual([0, one?.stdout]);
    expect(readFileSync(join(root, "again", "index.html"), "utf8")).toBe(readFileSync(join(here, "index.html"), "utf8"));
    expect(readFileSync(page, "utf8")).toContain("### How long a suspicion waits: 7 of 7");
  });

  test("runs of another seed are left alone", async () => {
    const { code, stderr } = await call("--only", "swim-suspicion", "--seed", "2", "--out", here);
    expect(code).toBe(73);
    expect(stderr).toContain("holds runs of --seed 1, which cannot be mixed with these: name another folder with --out, or remove that file");
    expect(readFileSync(join(here, "runs.ndjson"), "utf8")).toBe(whole);
  });
});

test("help names every experiment, and shows how to call it", async () => {
  const { code, stdout } = await call("--help");
  expect(code).toBe(0);
  for (const name of ["swim-load", "swim-join", "lifeguard", "memberlist", "serf-convergence", "demers"]) expect(stdout).toContain(`\n  ${name}  `);
  expect(stdout).toContain("npm run paper -- --full");
});

describe("a mistake is answered with one sentence", () => {
  test.for([
    [["--ful"], "unknown option --ful: did you mean --full?"],
    [["--only", "lifegard"], "there is no experiment lifegard: did you mean --only lifeguard?"],
    [["--only", "raft"], "there is no experiment raft: the experiments are swim-load, "],
    [["lifeguard"], "lifeguard means nothing here: did you mean --only lifeguard?"],
    [["--jobs", "0"], "--jobs 0 is impossible: write a whole number from 1 to 1,024"],
    [["--seed", ""], "--seed must be a word or a number"],
    [["--out", ""], "--out needs the name of a folder"],
    [["--only"], "--only needs a value: --only <name>"],
    [["--fill", "x.md"], "--fill goes with --render"],
  ] as const)("%o", async ([args, said]) => {
    const { code, stdout, stderr } = await call(...args);
    expect([code, stdout]).toEqual([64, ""]);
    expect(stderr.startsWith(said)).toBe(true);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });

  test.for([
    ["no file", "absent.json", null, 66, /^there is no file \S+absent\.json/],
    ["no JSON", "text.json", "hello", 65, /text\.json is not JSON: --render needs a paper\.json/],
    ["another JSON", "other.json", "{}", 65, /other\.json is not a paper\.json of this version of swimlab: /],
  ] as const)("--render of %s", async ([, name, text, expected, said]) => {
    const path = join(root, name);
    if (text !== null) writeFileSync(path, text);
    const { code, stderr } = await call("--render", path, "--out", join(root, "none"));
    expect(code).toBe(expected);
    expect(stderr).toMatch(said);
  });
});
