/** The plan of runs, and how far it has come. */

import { expect, test } from "vitest";
import { Effort } from "../../../sim/cli/play/effort.ts";
import { experimentNames, experiments } from "../../../sim/cli/paper/experiments/index.ts";
import { keyOf, planOf, playRunOf } from "../../../sim/cli/paper/play/plan.ts";
import type { Cell, Experiment } from "../../../sim/cli/paper/model/experiment.ts";

const cell = (name: string, repetitions: number): Cell => ({ name, repetitions, weight: 1, setting: name, play: () => ({}) });
const experiment = (name: string, ...cells: readonly Cell[]): Experiment =>
  ({ name, title: "", source: "", about: [], cells: () => cells, judge: () => ({ tables: [], charts: [] }) });

test("first every cell once, then every cell again that wants it", () => {
  const among = [experiment("a", cell("x", 2), cell("y", 1)), experiment("b", cell("x", 3)), experiment("c", cell("x", 1))];
  expect(planOf("full", ["a", "b"], among).map(keyOf)).toEqual(["a/x/0", "a/y/0", "b/x/0", "a/x/1", "b/x/1", "b/x/2"]);
  expect(planOf("full", [], among)).toEqual([]);
});

test.each(["subset", "full"] as const)("no two runs of the %s have one name", (extent) => {
  const keys = planOf(extent, experimentNames).map(keyOf);
  expect(new Set(keys).size).toBe(keys.length);
});

test("the full plan has the published grid of Lifeguard: 540 Threshold and 4,320 Interval runs of each of five configurations", () => {
  const keys = planOf("full", ["lifeguard"]).map(keyOf);
  for (const key of ["swim", "lha-probe", "lha-suspicion", "buddy", "lifeguard"]) {
    expect(keys.filter((name) => name.startsWith(`lifeguard/threshold ${key} C=`))).toHaveLength(540);
    expect(keys.filter((name) => name.startsWith(`lifeguard/interval ${key} C=`))).toHaveLength(4_320);
  }
});

test("settings are plain data, and what is in the subset and in the full grid under one name is the same", () => {
  for (const { cells } of experiments) {
    const full = new Map(cells("full").map(({ name, setting }) => [name, JSON.stringify(setting)]));
    for (const { name, setting } of cells("subset")) {
      expect(JSON.parse(JSON.stringify(setting))).toEqual(setting);
      if (full.has(name)) expect(full.get(name)).toBe(JSON.stringify(setting));
    }
  }
});

test("each cell has chances of its own, but those that say otherwise", () => {
  const heard: string[] = [];
  const listening = (name: string, chance?: string): Cell => ({ ...cell(name, 1), ...(chance === undefined ? {} : { chance }), play: (seed, repetition) => ({ n: heard.push(`${seed}#${repetition}`) }) });
  for (const run of planOf("full", ["a"], [experiment("a", listening("x"), listening("y", "both"), listening("z", "both"))])) playRunOf(run, "7");
  expect(heard).toEqual(["7/a/x#0", "7/a/both#0", "7/a/both#0"]);
});

test("effort is counted in runs, as if they all cost the same", () => {
  const effort = new Effort(8, 3);
  effort.add(6);
  expect([effort.finished, effort.played]).toEqual([1, (6 / 8) * 3]);
  effort.add(1);
  effort.add(1);
  expect([effort.finished, effort.played]).toEqual([3, 3]);
  expect(new Effort(0, 0).played).toBe(0);
});
