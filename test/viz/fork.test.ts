/** Forks: the same run with something more done to it. Until then nothing is another, and after that only what follows. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { playRun } from "../../sim/index.ts";
import { compileScenario } from "../../sim/scenario/index.ts";
import { instant } from "../../engine/index.ts";
import type { Edit } from "../../viz/model/run.ts";
import { figuresOf } from "../../viz/worker/figures.ts";
import { type Opened, playing } from "./library.ts";

const text = readFileSync("scenarios/partition.yaml", "utf8");
const edits: readonly Edit[] = [{ at: "50s", crash: ["m07"] }, { at: "55123456us", impair: { from: "m01", to: "all", loss: "50%" } }];

test("until the fork all is as it was; the partition after it parts the same halves", async () => {
  const [before, after] = [await playing(text), await playing(text, edits)];
  const lineAt = ({ ask }: Opened): Promise<number> => ask("lineAt", { run: 1, at: instant(50e6 - 1) });
  expect(await lineAt(after)).toBe(await lineAt(before));
  const picture = async ({ ask }: Opened): Promise<unknown> => ask("group", { run: 1, at: instant(50e6 - 1), observer: null });
  expect(await picture(after)).toEqual(await picture(before));
  const sides = ({ facts }: Opened): unknown => facts.faults.filter(({ kind }) => kind === "partition").map((fault) => fault.sides);
  expect(sides(after)).toEqual(sides(before));
  expect(after.facts.traceHash).not.toBe(before.facts.traceHash);
});

test("a longest time of which only a bound is known has no value to be compared with", () => {
  const compiled = compileScenario("name: cut short\nduration: 12s\nmembers: 8\ntimeline:\n  - { at: 2s, crash: m2 }\n  - { at: 11s, crash: m3 }\n", { file: "short.yaml" });
  if (!compiled.ok) throw new Error("it does not compile");
  const convergence = figuresOf(playRun(compiled.scenario, 0)).find(({ name }) => name === "convergence, longest");
  expect(convergence).toMatchObject({ value: expect.stringMatching(/^over /), worth: null });
});

test("exported as YAML it is the same run for the command line, comments and all", async () => {
  const { ask, facts } = await playing(text, edits);
  const exported = await ask("export", { experiment: { file: "scenario.yaml", text, seed: null, run: 0, edits } });
  if (!exported.ok) throw new Error(exported.why);
  expect(exported.yaml).toContain("# What it shows: a group of 64 split into halves twice.");
  const compiled = compileScenario(exported.yaml, { file: "fork.yaml" });
  if (!compiled.ok) throw new Error(compiled.errors[0]?.message);
  expect(playRun(compiled.scenario, 0).traceHash).toBe(facts.traceHash);
});
