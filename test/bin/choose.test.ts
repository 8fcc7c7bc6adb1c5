/** `npx swimlab`: the first word chooses the program. */

import { expect, test } from "vitest";
import { swimlab } from "../../bin/choose.ts";
import { hear } from "../cli/command.ts";

const call = (...args: readonly string[]) => hear((terminal) => swimlab(args, terminal));

test("without a word, or asked for help, it lists its programs", async () => {
  const asked = await call("--help");
  expect(asked).toMatchObject({ code: 0, stderr: "" });
  for (const name of ["sim", "agent", "check", "trace", "presets"]) expect(asked.stdout).toMatch(new RegExp(`^ {2}${name} `, "m"));
  expect(await call()).toMatchObject({ code: 64, stdout: "" });
});

test("its version is the package's", async () => {
  expect((await call("--version")).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test.each([
  [["smi"], "there is no program smi: did you mean sim?\n"],
  [["zzzzzz"], /^there is no program zzzzzz: there are sim, agent, /],
  [["presets", "swimlb"], 'there is no preset swimlb: did you mean "swimlab"?\n'],
  [["sim", "nowhere.yaml"], "there is no file nowhere.yaml\n"],
])("%j: %s", async (args, says) => {
  const { code, stdout, stderr } = await call(...args);
  expect(code).toBeGreaterThanOrEqual(64);
  expect(stdout).toBe("");
  expect(stderr).toEqual(typeof says === "string" ? says : expect.stringMatching(says));
});

test("the simulator's help speaks of what was typed", async () => {
  expect((await call("sim", "--help")).stdout).toContain("swimlab sim scenarios/partition.yaml");
  expect((await call("trace", "--help")).stdout).toContain("swimlab sim trace");
});
