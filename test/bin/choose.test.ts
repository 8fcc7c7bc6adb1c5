/** `npx swimlab`: the first word chooses the program. */

import { expect, test } from "vitest";
import { swimlab } from "../../bin/choose.ts";
import { hear } from "../cli/command.ts";

const programs = ["sim", "agent", "check", "trace", "presets", "replay", "report", "sweep", "merge", "compare", "tune", "swarm", "shrink", "explore", "explain", "import"];

const call = (...args: readonly string[]) => hear((terminal) => swimlab(args, terminal));

test("without a word, or asked for help, it lists its programs", async () => {
  const asked = await call("--help");
  expect(asked).toMatchObject({ code: 0, stderr: "" });
  for (const name of programs) expect(asked.stdout).toMatch(new RegExp(`^ {2}${name} +[a-z][^\\n]+$`, "m"));
  expect(await call()).toMatchObject({ code: 64, stdout: "" });
});

test("its version is the package's", async () => {
  expect((await call("--version")).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test.each([
  [["smi"], "there is no program smi: did you mean sim?\n"],
  [["zzzzzz"], /^there is no program zzzzzz: choose one of sim, agent, /],
  [["presets", "swimlb"], 'there is no preset swimlb: did you mean "swimlab"?\n'],
  [["sim", "nowhere.yaml"], "there is no file nowhere.yaml\n"],
  [["nowhere.yaml"], "there is no program nowhere.yaml: did you mean swimlab sim nowhere.yaml?\n"],
  [["explroe"], "there is no program explroe: did you mean explore?\n"],
  [["viz"], "there is no program viz: that is npm run viz, in a clone of swimlab's repository\n"],
  [["replay"], "name a recording, such as one that the agent's --record wrote\n"],
])("%j: %s", async (args, says) => {
  const { code, stdout, stderr } = await call(...args);
  expect(code).toBeGreaterThanOrEqual(64);
  expect(stdout).toBe("");
  expect(stderr).toEqual(typeof says === "string" ? says : expect.stringMatching(says));
});

test.each([...programs.map((name) => [name]), ["trace", "export"]])("the help of %s %s speaks of what was typed, and of no script that the package has not", async (...words: readonly string[]) => {
  const { code, stdout } = await call(...words, "--help");
  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`^Usage: swimlab ${words[0] === "agent" || words[0] === "sim" ? "" : "sim "}${words.join(" ")} `));
  expect(stdout.replaceAll(/\s+/g, " ").replaceAll("npm run viz in a clone of swimlab", "")).not.toContain("npm ");
});

test("its examples are the simulator's", async () => {
  expect((await call("sim", "--help")).stdout).toContain("  swimlab sim scenarios/wan.yaml --json > wan.json\n");
  expect((await call("agent", "--help")).stdout).toContain("  swimlab agent --name e ");
  expect((await call("trace", "export", "--help")).stdout).toContain("  swimlab sim trace export svg scenarios/partition.yaml ");
});
