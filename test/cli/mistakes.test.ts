/** What the user may get wrong: a sentence that says what, where and what would be right; an exit code; and nothing else. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { call, outcomeOf, passingFolder, scenarioIn, start } from "./command.ts";

const folder = passingFolder();
const small = scenarioIn(folder, "small");
const named = (name: string): string => join(folder, name);

writeFileSync(named("empty.yaml"), "");
writeFileSync(named("broken.yaml"), "members: [1, 2\nduration: 3s\n");
writeFileSync(named("typo.yaml"), "members: 8\nduration: 20s\nnetwork:\n  latancy: 1ms\n");
writeFileSync(named("bytes.yaml"), Buffer.from([0x6d, 0xff, 0xfe, 0x00]));
writeFileSync(named("large.yaml"), `# ${"x".repeat(2_000_000)}\n`);
writeFileSync(named("enormous.yaml"), Buffer.alloc(5_000_000, "#"));
writeFileSync(named("no.trace"), "a text that is no trace");
mkdirSync(named("nothing-in-it"));
const worlds = {
  typo: "members: 3\nlossess: 1\n", phases: "members: 3\nphases: [400mss, 600ms]\n", many: "members: 2\nphases: [400ms, 500ms, 600ms]\n", few: "members: 3\nphases: [400ms]\n", tab: "members: 3\nconfig:\n\trelays: 1\n", nothing: "", members: "losses: 1\n",
  numbers: "members: 3\nconfig:\n  periodEvery: 1s\n  askRelaysAfter: 2s\n", nobody: "losses: 0\nmembers: 2\ncrashes: 1\nleaves: 1\n",
};
for (const [name, text] of Object.entries(worlds)) writeFileSync(named(`world-${name}.yaml`), text);
const world = (name: keyof typeof worlds): string => named(`world-${name}.yaml`);

describe("one sentence, and the exit code", () => {
  test.each<readonly [code: number, says: string, args: readonly string[]]>([
    [64, "name a scenario, such as scenarios/partition.yaml; see --help", []],
    [64, "unknown option --jbos: did you mean --jobs?", [small, "--jbos", "2"]],
    [64, "unknown option --zzz: see --help", [small, "--zzz"]],
    [64, "unknown option --membr: did you mean --member?", ["trace", "x", "--membr", "m1"]],
    [64, "unknown command chekc: did you mean check?", ["chekc", small]],
    [64, "unknown command preset: did you mean presets?", ["preset"]],
    [64, "unknown command until: see --help", ["until", small]],
    [64, "too many arguments: give one file at a time, and put a path with spaces in quotes", [small, small]],
    [64, "too many arguments: give one file at a time, and put a path with spaces in quotes", ["check", small, small]],
    [64, "--seed needs a value: --seed <text>", [small, "--seed"]],
    [64, "--seed must be a word or a number of at most 100 characters on one line", [small, "--seed", ""]],
    [64, "--seed must be a word or a number of at most 100 characters on one line", [small, "--seed", " "]],
    [64, "--seed must be a word or a number of at most 100 characters on one line", [small, "--seed", "a\nb"]],
    [64, "--seed must be a word or a number of at most 100 characters on one line", [small, "--seed", "x".repeat(101)]],
    [64, "--seed must be a word or a number of at most 100 characters on one line", ["sweep", "sweeps/size.yaml", "--seed", ""]],
    [64, "--seed must be a word or a number of at most 80 characters on one line", ["swarm", "--seeds", "1", "--jobs", "1", "--quiet", "--seed", "x".repeat(92)]],
    [64, "--seed must be a word or a number of at most 80 characters on one line", ["swarm", "--seeds", "1", "--jobs", "1", "--quiet", "--seed", ""]],
    [64, `"a\\nb" is neither a scenario's file nor a seed of the swarm, such as 1/4711: write one of at most 94 characters on one line`, ["shrink", "a\nb"]],
    [64, `"${"x".repeat(95)}" is neither a scenario's file nor a seed of the swarm`, ["explain", "x".repeat(95)]],
    [64, `"hello" is neither a scenario's file nor a seed of the swarm, such as 1/4711`, ["explain", "hello"]],
    [64, `"${named("smal.yamll")}" is neither a scenario's file nor a seed of the swarm, such as 1/4711: did you mean ${small}?`, ["shrink", named("smal.yamll")]],
    [64, `"partition" is neither a scenario's file nor a seed of the swarm, such as 1/4711: did you mean scenarios/partition.yaml?`, ["shrink", "partition"]],
    [66, `${folder} is a folder: name a file in it, such as ${named("broken.yaml")}`, ["explain", folder]],
    [64, "--out needs the name of a folder", [small, "--out", ""]],
    [64, "--from -1 is impossible: write a whole number from 0 to 1,000,000", ["swarm", "--from", "-1"]],
    [64, "--runs 0 is impossible: write a whole number from 1 to 1,000,000", [small, "--runs", "0"]],
    [64, "--runs -3 is impossible: write a whole number from 1 to 1,000,000", [small, "--runs", "-3"]],
    [64, "--runs 1.5 is impossible: write a whole number from 1 to 1,000,000", [small, "--runs", "1.5"]],
    [64, "--jobs many is impossible: write a whole number from 1 to 1,024", [small, "--jobs", "many"]],
    [64, "--jobs 0 is impossible: write a whole number from 1 to 1,024", [small, "--jobs", "0"]],
    [64, "--json comes before check: write options of check after it", ["--json", "check", small]],
    [64, `there is no preset swimlb: did you mean "swimlab"?`, ["presets", "swimlb"]],
    [64, `there is no preset ringpop: choose one of swimlab, serf, memberlist-lan`, ["presets", "swimlab", "ringpop"]],
    [64, "--from: \"10\" is not a length: write one such as 200ms, 1.5s or 1m30s", ["trace", named("no.trace"), "--from", "10"]],
    [64, "--to lies before --from: nothing would be left to tell", ["trace", named("no.trace"), "--from", "10s", "--to", "9s"]],
    [65, `${named("empty.yaml")}:1:1: the file is empty: a scenario needs at least members and duration`, [named("empty.yaml")]],
    [65, `${named("broken.yaml")}:`, [named("broken.yaml")]],
    [65, `${named("typo.yaml")}:4:3: unknown key "latancy" in network: did you mean "latency"?`, [named("typo.yaml")]],
    [65, `${named("bytes.yaml")}:1:1: this is not UTF-8 text`, [named("bytes.yaml")]],
    [65, `${named("large.yaml")}:1:1: the file is too large: 2.0 MiB, and 1 MiB is the most`, [named("large.yaml")]],
    [65, `${named("enormous.yaml")}:1:1: the file is too large: a scenario may have 1 MiB`, [named("enormous.yaml")]],
    [65, `--set:1:13: unknown key "los" in network: did you mean "loss"?`, [small, "--set", "network.los=5%"]],
    [65, `--set:1:1: "nonsense" is not a setting: write path=value, such as network.loss=5%`, [small, "--set", "nonsense"]],
    [65, `${named("no.trace")}: this is not a trace: it does not begin like one`, ["trace", named("no.trace")]],
    [66, `there is no file ${named("smal.yaml")}: did you mean ${small}?`, [named("smal.yaml")]],
    [66, `there is no file ${named("something/else.yaml")}`, [named("something/else.yaml")]],
    [66, `there is no file ${named("absent.trace")}`, ["trace", named("absent.trace")]],
    [66, `${folder} is a folder: name a file in it, such as ${named("broken.yaml")}`, [folder]],
    [66, `${named("nothing-in-it")} is a folder: name a file in it`, [named("nothing-in-it")]],
    [66, `${folder} is a folder: name a file in it\n`, ["trace", folder]],
    [66, `${folder} is a folder: name a file in it\n`, ["replay", folder]],
    [66, `there is no file ${named("smal")}\n`, ["trace", named("smal")]],
    [64, "name a small world, such as worlds/two-suspects.yaml; see worlds/README.md", ["explore"]],
    [64, "name a seed of the swarm, such as 1/4711, or a scenario's file", ["shrink"]],
    [64, "name a scenario's file, or a seed of the swarm, such as 1/4711", ["explain"]],
    [65, `${world("typo")}:2:1: unknown key "lossess": did you mean "losses"?`, ["explore", world("typo")]],
    [65, `${world("phases")}:2:10: phases[0]: "400mss" is not a length: write one such as 200ms, 1.5s or 1m30s`, ["explore", world("phases")]],
    [65, `${world("tab")}:3:1: a tab indents this line: YAML is indented with spaces`, ["explore", world("tab")]],
    [65, `${world("nothing")}:1:1: the file is empty: a small world needs at least members`, ["explore", world("nothing")]],
    [65, `${world("members")}:1:1: missing key "members"`, ["explore", world("members")]],
    [65, `${world("numbers")}:4:19: askRelaysAfter (2s) must be less than periodEvery (1s): `, ["explore", world("numbers")]],
    [65, `${world("many")}:2:9: phases: these are 3, of 2 members: write one for each`, ["explore", world("many")]],
    [65, `${world("few")}:2:9: phases: this is one, of 3 members: write one for each`, ["explore", world("few")]],
    [65, `${world("nobody")}:2:10: of 2 members, 2 may crash or leave (crashes, leaves): somebody must be left`, ["explore", world("nobody")]],
  ])("%i: %s", async (code, says, args) => {
    const outcome = await call(...args);
    expect(outcome.stderr.startsWith(says), outcome.stderr).toBe(true);
    expect(outcome.stderr.trimEnd().split("\n").length).toBeLessThanOrEqual(args[0] === named("broken.yaml") ? 10 : 1);
    expect(outcome.stderr).not.toMatch(/^\s+at /m);
    expect([outcome.code, outcome.stdout]).toEqual([code, ""]);
  });

  test("a scenario is no small world, and each key that it may not have is told where it stands", async () => {
    const { code, stderr } = await call("explore", small);
    expect([code, ...stderr.trimEnd().split("\n")]).toEqual([65, expect.stringMatching(/small\.yaml:1:1: unknown key "seed": /), expect.stringMatching(/:2:1: unknown key "runs": /), expect.stringMatching(/:3:1: unknown key "duration": /),
      expect.stringMatching(/:4:10: members: /), expect.stringMatching(/:5:1: unknown key "timeline": /)]);
  });

  test.each([
    [["sweeps/size.yaml"], "sweeps/size.yaml looks like a sweep, not like a scenario: write sweep sweeps/size.yaml"],
    [["check", "sweeps/size.yaml"], "sweeps/size.yaml looks like a sweep, not like a scenario: write sweep sweeps/size.yaml"],
    [["worlds/three-members.yaml"], "worlds/three-members.yaml looks like a small world, not like a scenario: write explore worlds/three-members.yaml"],
    [["sweep", small], `${small} looks like a scenario, not like a sweep: write ${small}`],
  ])("%j: a file of another kind is told by its last line", async (args, says) => {
    const { code, stdout, stderr } = await call(...args);
    expect([code, stdout, stderr.trimEnd().split("\n").at(-1)]).toEqual([65, "", says]);
  });

  test("what the command line lets go wrong is judged with the rest", async () => {
    const { code, stderr } = await call("explore", "worlds/three-members.yaml", "--crashes", "3");
    expect([code, stderr]).toEqual([65, expect.stringMatching(/^worlds\/three-members\.yaml:\d+:10: of 3 members, 3 may crash or leave/)]);
  });

  test("all mistakes of a file are told at once, each on its line", async () => {
    const path = named("three.yaml");
    writeFileSync(path, "members: 0\nduration: 20\nruns: 0\n");
    const { code, stderr } = await call(path);
    expect(stderr.trimEnd().split("\n").map((line) => line.slice(path.length, path.length + 4))).toEqual([":1:1", ":2:1", ":3:7"]);
    expect(code).toBe(65);
  });
});

describe("as a process", () => {
  test("says the same, and leaves no trace of the stack", async () => {
    const { code, stdout, stderr } = await outcomeOf(start(named("typo.yaml")));
    expect(stderr).toBe(`${named("typo.yaml")}:4:3: unknown key "latancy" in network: did you mean "latency"?\n`);
    expect([code, stdout]).toEqual([65, ""]);
  });
});

describe("what is no mistake", () => {
  test.each(["check", "replay", "swarm", "shrink", "explore", "explain", "compare", "tune"])("%s --help has its exit codes", async (name) => {
    expect((await call(name, "--help")).stdout).toMatch(/\nExit codes: 0 /);
  });

  test("--help shows examples, and that npm's own lines have to be silenced for --json", async () => {
    const { code, stdout, stderr } = await call("--help");
    expect(stdout).toMatch(/npm run sim -- scenarios\/partition\.yaml\n/);
    expect(stdout).toMatch(/npm run -s sim -- .*--json/);
    expect([code, stderr]).toEqual([0, ""]);
    expect((await call("check", "--help")).stdout).toMatch(/compare every\s+step/);
  });
});
