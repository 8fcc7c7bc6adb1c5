/** What `npm run fuzz` makes of its words: a mistake is no success, and what breaks is told. */

import { expect, test } from "vitest";
import { hear } from "../cli/command.ts";
import { fuzzCommand } from "./command.ts";
import { Broken, type Target } from "./targets.ts";

/** Understands its first two inputs, and breaks at the third. */
function fragile(): Target {
  let attempts = 0;
  return { name: "glass", attempt: () => {
    if (++attempts > 2) throw new Broken("glass", "00ff", new RangeError("no such place"));
    return { isUnderstood: true };
  } };
}

const call = (...args: readonly string[]) => hear((terminal) => fuzzCommand(args, terminal, [fragile()]));

test.each<readonly [says: string, args: readonly string[]]>([
  ["--minutes 8h is impossible: write a whole number from 1 to 10,000", ["--minutes", "8h"]],
  ["--minutes 0 is impossible: write a whole number from 1 to 10,000", ["--minutes", "0"]],
  ["--minutes needs a value: --minutes <n>", ["--minutes"]],
  ["--seed tuesday is impossible: write a whole number from 1 to 4,294,967,295", ["--seed", "tuesday"]],
  ["unknown option --minuts: did you mean --minutes?", ["--minuts", "480"]],
  ["480 means nothing here: write --minutes and --seed, each with a number", ["480"]],
])("%s", async (says, args) => {
  expect(await call(...args)).toEqual({ code: 64, stdout: "", stderr: `${says}\n` });
});

test("--help fuzzes nothing", async () => {
  const { code, stdout, stderr } = await call("--help");
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/^Usage: npm run fuzz -- \[--minutes 480\] \[--seed 7\]\n/);
});

test("what breaks a reader ends it, with the seed and the input", async () => {
  expect(await call("--seed", "7")).toMatchObject({
    code: 1, stderr: "fuzzing: seed=7 minutes=1\n", stdout: expect.stringMatching(/^glass broke at 00ff: no such place\nRangeError: no such place\n[^]*\nglass: 2 attempts, 2 understood\n$/) as string,
  });
});
