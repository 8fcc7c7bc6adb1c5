/** The experiments: each plays, is judged, and judges nothing by what was never played. */

import { describe, expect, test } from "vitest";
import { documentSchema, documentText, type Document } from "../../../sim/cli/paper/model/document.ts";
import { markOf } from "../../../sim/cli/paper/model/comparison.ts";
import { experiments } from "../../../sim/cli/paper/experiments/index.ts";
import { beginnings } from "../../../sim/cli/paper/experiments/lifeguard/play.ts";
import { playEpidemic } from "../../../sim/cli/paper/experiments/demers/epidemic.ts";
import type { Cell, Experiment, Figures, Played } from "../../../sim/cli/paper/model/experiment.ts";
import { renderPage } from "../../../sim/cli/paper/render/html/page.ts";
import { identityOf } from "../../../sim/cli/paper/store/identity.ts";

const nothing: Played = () => [];

function documentOf({ name, title, source, about, judge }: Experiment, played: Played): Document {
  const section = { name, title, source, about, runs: 0, ...judge(played, "full") };
  return { madeBy: "swimlab", version: "", command: "", extent: "full", seed: "1", identity: "", outcome: "", node: "", cost: null, sections: [section] };
}

const lightest = (cells: readonly Cell[]): Cell => {
  const [first] = cells.toSorted((one, other) => one.weight - other.weight);
  if (first === undefined) throw new Error("an experiment has cells");
  return first;
};

describe.each(experiments)("$name", (experiment) => {
  test("has a name and a publication, and says how it is set up", () => {
    expect(experiment.name).toMatch(/^[a-z-]+$/);
    expect(experiment.source.length).toBeGreaterThan(10);
    expect(experiment.about.length).toBeGreaterThan(0);
  });

  test("without any run, nothing that is measured passes, stored or not", () => {
    const stored = documentSchema.parse(JSON.parse(documentText(documentOf(experiment, nothing))));
    const cells = stored.sections.flatMap(({ tables }) => tables.flatMap(({ body }) => body.flatMap((line) => line.cells)));
    const passing = cells.filter((cell) => cell !== null && cell.ours === null && markOf(cell) === "pass");
    expect(passing).toEqual([]);
    expect(cells.some((cell) => cell !== null && markOf(cell) === "miss")).toBe(true);
    expect(renderPage(stored)).not.toMatch(/NaN|undefined|Infinity/);
  });

  test("a run is decided by its cell, its seed and its repetition, and by nothing else", () => {
    const cell = lightest(experiment.cells("subset"));
    const [first, again, other]: readonly Figures[] = [cell.play("s", 0), cell.play("s", 0), cell.play("s", 1)];
    expect(again).toEqual(first);
    expect(JSON.parse(JSON.stringify(first))).toEqual(first);
    expect(Object.keys(other ?? {})).toEqual(Object.keys(first ?? {}));
  });
});

describe("Lifeguard's blocks", () => {
  test.for([
    [{ count: 1, blocked: 32_768, between: 16_384 }, [15, 64.152, 113.304]],
    [{ count: 1, blocked: 60_000, between: 0 }, [15, 75]],
    [{ count: 1, blocked: 128, between: 59_900 }, [15, 75.028, 135.056]],
  ] as const)("%o begin until one ends when 120 s have passed", ([interval, seconds]) => {
    expect(beginnings(interval).map((moment) => moment / 1_000_000)).toEqual(seconds);
  });
});

describe("Demers' epidemics", () => {
  test("with push, blind and k = 1, each site that hears tells once", () => {
    const { residue, traffic } = playEpidemic({ contact: "push", until: "blind", k: 1 }, "1");
    expect(traffic).toBeCloseTo(1 - residue, 9);
  });

  test("arrivals at sites that tell still come after the first ones; with pull they are many, and with one telling each there are none", () => {
    const late = ({ average, arrivals }: ReturnType<typeof playEpidemic>): number => arrivals - average;
    const patient = late(playEpidemic({ contact: "push", until: "feedback", k: 5 }, "1"));
    expect(patient).toBeGreaterThan(2);
    expect(patient).toBeLessThan(4);
    expect(Math.abs(late(playEpidemic({ contact: "push", until: "blind", k: 1 }, "1")))).toBeLessThan(0.6);
  });

  test("more patience reaches more sites, and costs more", () => {
    const [one, three] = [1, 3].map((k) => playEpidemic({ contact: "push", until: "feedback", k }, "1"));
    expect(three?.residue).toBeLessThan(one?.residue ?? 0);
    expect(three?.traffic).toBeGreaterThan(one?.traffic ?? Infinity);
  });
});

test("the identity hangs on the seed", () => {
  expect(identityOf("2")).not.toBe(identityOf("1"));
});
