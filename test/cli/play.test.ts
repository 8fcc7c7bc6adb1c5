/** Playing a scenario: the same bits however it is played, and an exit code for each verdict. */

import { beforeAll, describe, expect, test } from "vitest";
import { call, type Outcome, outcomeOf, passingFolder, scenarioIn, start } from "./command.ts";

const folder = passingFolder();
const small = scenarioIn(folder, "small");

const lastLine = ({ stdout }: Outcome): string => stdout.trimEnd().split("\n").at(-1) ?? "";

type Document = { readonly [key: string]: unknown; readonly perRun: readonly { readonly seed: string; readonly traceHash: string }[] };
const documentIn = ({ stdout }: Outcome): Document => JSON.parse(stdout) as Document;

describe("as a process", () => {
  let [here, workers, usual]: readonly Outcome[] = [];

  beforeAll(async () => {
    here = await outcomeOf(start(small, "--jobs", "1"));
    workers = await outcomeOf(start(small, "--jobs", "2", "--json"));
    usual = await outcomeOf(start(small, "--quiet"));
  });

  test("a report ends with what is needed to get the same again", () => {
    expect(here?.code).toBe(0);
    expect(here && lastLine(here)).toMatch(/^seed=1 scenario=[0-9a-f]{16} trace=[0-9a-f]{16} verdict=pass$/);
    expect(here?.stdout.startsWith("small\n")).toBe(true);
  });

  test("before the first run, one line on standard error says what is about to be played", () => {
    expect(here?.stderr).toMatch(/^small: seed=1 runs=3 jobs=1 scenario=[0-9a-f]{16} file=\S*small\.yaml\n$/);
  });

  test("two workers, or as many as there are processors, find what one process finds", () => {
    const trace = /trace=([0-9a-f]{16})/.exec(here?.stdout ?? "")?.[1];
    expect(workers && documentIn(workers)["traceHash"]).toBe(trace);
    expect(usual && lastLine(usual)).toBe(here && lastLine(here));
  });

  test("quiet means: nothing on standard error", () => {
    expect(usual?.stderr).toBe("");
    expect(usual?.code).toBe(0);
  });

  test("--json prints one document with the agreed fields, and nothing else", () => {
    const document = workers && documentIn(workers);
    expect(Object.keys(document ?? {})).toEqual(expect.arrayContaining([
      "scenario", "scenarioHash", "seed", "runs", "members", "simulatedSeconds", "wallSeconds", "cpuSeconds", "events", "traceHash", "verdict",
      "metrics", "disruptions", "expectations", "perRun",
    ]));
    expect(document?.["cpuSeconds"]).toBeGreaterThan(0);
    expect(document?.["wallSeconds"]).toBeGreaterThan(0);
    expect(document?.perRun.map(({ seed }) => seed)).toEqual(["1/0", "1/1", "1/2"]);
  });
});

describe("what the command line changes", () => {
  const play = async (...args: readonly string[]): Promise<Document> => documentIn(await call(small, "--jobs", "1", "--json", ...args));

  test("--runs: more runs leave the first ones as they were", async () => {
    const [three, five] = [await play(), await play("--runs", "5")];
    expect(five["runs"]).toBe(5);
    expect(five.perRun.slice(0, 3)).toEqual(three.perRun);
    expect(five["scenarioHash"]).toBe(three["scenarioHash"]);
  });

  test("--seed: another seed is another run of the same experiment", async () => {
    const [one, other] = [await play(), await play("--seed", "007")];
    expect(other["seed"]).toBe("007");
    expect(other["scenarioHash"]).toBe(one["scenarioHash"]);
    expect(other["traceHash"]).not.toBe(one["traceHash"]);
  });

  test("--set: another value is another experiment; the last of several wins", async () => {
    const lossy = await play("--set", "network.loss=5%", "--set", "members=9", "--set", "members=10");
    expect(lossy["members"]).toBe(10);
    expect(lossy["scenarioHash"]).not.toBe((await play())["scenarioHash"]);
  });
});

describe("the exit code", () => {
  test.each([
    ["pass", 0, "firstDetection.max < 19s"],
    ["fail", 1, "firstDetection.max < 1ms"],
    ["unknown", 2, "disruptions[0].convergence.max < 1h"],
  ] as const)("of a verdict %s is %i", async (verdict, code, line) => {
    // Nobody converges within a second of a crash: what would have come of it, nobody knows.
    const short = verdict === "unknown" ? ["--set", "duration=6s"] : [];
    const outcome = await call(scenarioIn(folder, verdict, "expect:", `  - ${line}`), "--jobs", "1", ...short);
    expect(lastLine(outcome)).toMatch(new RegExp(`verdict=${verdict}$`));
    expect(outcome.code).toBe(code);
  });
});
