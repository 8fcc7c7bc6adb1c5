/** `trace export`: the same from a trace and from its scenario, in files that are whole or not there; and what it says to mistakes. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { call, passingFolder, scenarioIn } from "./command.ts";

const folder = passingFolder();
const small = scenarioIn(folder, "small", "network: { loss: 20% }");
const out = join(folder, "out");
const trace = join(out, "run1.trace");

beforeAll(async () => {
  await call(small, "--jobs", "1", "--out", out, "--trace", "--quiet");
});

describe("an export", () => {
  test.each([
    ["perfetto", '{"displayTimeUnit":"ms"'], ["chrome", '{"displayTimeUnit":"ms"'], ["graphviz", "digraph suspicions {"],
  ])("as %s is the same from the trace and from the run played for it", async (format, begins) => {
    const [traced, played] = [await call("trace", "export", format, trace), await call("trace", "export", format, small, "--run", "1")];
    expect([traced.code, played.code]).toEqual([0, 0]);
    expect(traced.stdout.startsWith(begins)).toBe(true);
    expect(played.stdout).toBe(traced.stdout);
  });

  test("goes to a file, whole, and nothing else to standard output", async () => {
    const file = join(folder, "window.svg");
    const { code, stdout, stderr } = await call("trace", "export", "svg", trace, "--from", "5s", "--to", "6s", "--member", "m1", "--member", "m2", "--out", file);
    expect([code, stdout, stderr]).toEqual([0, "", `written to ${file}\n`]);
    expect(readFileSync(file, "utf8")).toMatch(/^<svg [^]*from 5 s to 6 s[^]*<\/svg>\n$/);
    expect(existsSync(`${file}.unfinished`)).toBe(false);
  });

  test("of a scenario heeds its options", async () => {
    const [one, other] = [await call("trace", "export", "graphviz", small, "--seed", "2"), await call("trace", "export", "graphviz", small, "--seed", "2", "--set", "network.loss=0%")];
    expect(one.stdout).toContain("seed=2 run=0");
    expect(one.stdout).not.toBe(other.stdout);
  });

  test("of a trace that breaks off is what is left of it, and says so", async () => {
    const torn = join(folder, "torn.trace");
    writeFileSync(torn, readFileSync(trace).subarray(0, -200));
    const { code, stdout, stderr } = await call("trace", "export", "perfetto", torn);
    expect(code).toBe(65);
    expect(JSON.parse(stdout)).toHaveProperty("traceEvents");
    expect(stderr).toMatch(/torn\.trace: /);
  });
});

describe("a mistake is told in a sentence, and leaves no file", () => {
  const file = join(folder, "none.json");
  test.each([
    [["perfeto", trace], 64, "there is no format perfeto: did you mean perfetto?"],
    [["pdf", trace], 64, "there is no format pdf: choose one of perfetto, chrome, svg, graphviz"],
    [["svg"], 64, "name a trace, such as out/partition/run0.trace"],
    [[], 64, "name a format (perfetto, chrome, svg or graphviz) and a trace or a scenario, such as svg out/partition/run0.trace"],
    [["svg", trace, "more"], 64, "too many arguments: give one file at a time, and put a path with spaces in quotes"],
    [["svg", join(folder, "nothing.trace")], 66, `there is no file ${join(folder, "nothing.trace")}`],
    [["svg", join(out, "report.txt")], 65, `${join(out, "report.txt")} is neither a trace nor a scenario: --trace writes traces, and a scenario's name ends in .yaml`],
    [["svg", trace, "--from", "7s", "--to", "7s"], 64, "--to must be later than --from"],
    [["svg", trace, "--from", "soon"], 64, "--from: "],
    [["perfetto", trace, "--run", "2"], 64, `--run works only with a scenario: ${trace} is a recorded run`],
    [["perfetto", small, "--run", "two"], 64, "--run two is impossible: write a whole number, 0 or more"],
    [["perfetto", small, "--member", "m9"], 64, "--member m9 is not in this scenario: "],
    [["perfetto", trace, "--member", "m9"], 64, "--member m9 is not in this trace: "],
  ] as const)("%j", async (words, code, sentence) => {
    const outcome = await call("trace", "export", ...words, ...(words.length < 2 ? [] : ["--out", file]));
    expect(outcome.stderr).toContain(sentence);
    expect([outcome.code, outcome.stdout, outcome.stderr.split("\n").length]).toEqual([code, "", 2]);
    expect(existsSync(file)).toBe(false);
    expect(existsSync(`${file}.unfinished`)).toBe(false);
  });

  test("a file that can't be written", async () => {
    expect(await call("trace", "export", "graphviz", trace, "--out", join(folder, "no", "such.dot"))).toMatchObject({ code: 73, stderr: `${join(folder, "no", "such.dot")} can't be written: no such file or directory\n` });
  });

  test("options of the text before the word export", async () => {
    expect((await call("trace", "--from", "1s", "export", "svg", trace)).stderr).toBe("--from comes before export: write options of export after it\n");
  });
});
