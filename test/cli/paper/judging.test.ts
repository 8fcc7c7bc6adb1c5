/** What the experiments judge, and how: runs are made up here, so that each rule is met by what just passes and by what just does not. */

import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { markOf, type Comparison } from "../../../sim/cli/paper/model/comparison.ts";
import { experiments } from "../../../sim/cli/paper/experiments/index.ts";
import type { Extent, Figures, Played } from "../../../sim/cli/paper/model/experiment.ts";
import type { Table } from "../../../sim/cli/paper/model/findings.ts";
import { knownMisses, newMissesIn } from "../../../sim/cli/paper/known-misses.ts";
import { missesIn } from "../../../sim/cli/paper/model/misses.ts";
import { renderText } from "../../../sim/cli/paper/render/text.ts";
import { readDocument } from "../../../sim/cli/paper/render-again.ts";

function tableOf(experiment: string, title: string, played: Played, extent: Extent): Table {
  const table = experiments.find(({ name }) => name === experiment)?.judge(played, extent).tables.find((one) => one.title.startsWith(title));
  if (table === undefined) throw new Error(`${experiment} has no table ${title}`);
  return table;
}

const columnOf = ({ columns, body }: Table, column: string): Readonly<Record<string, Comparison | null>> => {
  const nth = columns.findIndex(({ name }) => name === column);
  if (nth === -1) throw new Error(`no column ${column}`);
  return Object.fromEntries(body.map(({ name, cells }) => [name, cells[nth] ?? null]));
};

const marksOf = (column: Readonly<Record<string, Comparison | null>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(column).flatMap(([name, cell]) => (cell === null ? [] : [[name, markOf(cell)]])));

type Alarms = readonly [falsePositives: number, healthy: number];

/** A Lifeguard experiment in which each Interval run of a configuration has so many alarms on average; if they come in bursts, all in one run of eight, and SWIM's in others. */
const alarming = (byConfiguration: Readonly<Record<string, Alarms>>, { inBursts = false } = {}): Played => (cell) => {
  const [kind = "", key = "", , , between] = cell.split(" ");
  if (kind === "threshold") return [{ first: [12], full: [13] }];
  const [falsePositives, healthy] = byConfiguration[key] ?? [0, 0];
  const times = inBursts ? (between === (key === "swim" ? "I=1" : "I=4") ? 8 : 0) : 1;
  return [{ falsePositives: falsePositives * times, healthyFalsePositives: healthy * times, datagrams: 1_000, bytes: 100_000 }];
};

/** As the paper has it, in percent. */
const published = { swim: [1_000, 1_000], buddy: [940, 450], "lha-probe": [680, 330], "lha-suspicion": [30, 67], lifeguard: [15, 19] } as const;

describe("Lifeguard, Table IV", () => {
  const healthyShares = (probe: number, extent: Extent): Readonly<Record<string, string>> =>
    marksOf(columnOf(tableOf("lifeguard", "Table IV", alarming({ ...published, "lha-probe": [680, probe] }, { inBursts: true }), extent), "FP⁻, % of SWIM"));
  const shares = (probe: number, extent: Extent): Readonly<Record<string, string>> =>
    marksOf(columnOf(tableOf("lifeguard", "Table IV", alarming({ ...published, "lha-suspicion": [probe, 67] }, { inBursts: true }), extent), "FP, % of SWIM"));

  test("the whole grid is held to the bare factors, however few runs have the events", () => {
    expect([980, 990].map((probe) => healthyShares(probe, "full")["LHA-Probe"])).toEqual(["pass", "miss"]);
    expect([59, 61].map((suspicion) => shares(suspicion, "full")["LHA-Suspicion"])).toEqual(["pass", "miss"]);
  });

  test("a thin sample is forgiven what chance may do, and says so", () => {
    expect(shares(61, "subset")["LHA-Suspicion"]).toBe("pass");
    expect((["subset", "full"] as const).map((extent) => tableOf("lifeguard", "Table IV", alarming(published), extent).columns[2]?.tolerance)).toEqual(["× 2, 3 s.e.", "× 2"]);
  });

  test.for([
    ["as published", published, 0],
    ["a little more than its predecessor", { ...published, "lha-probe": [1_000, 480] }, 1],
    ["more by far", { ...published, "lha-probe": [2_000, 600] }, 1],
    ["every one more than the last", { swim: [1, 1], buddy: [2, 2], "lha-probe": [3, 3], "lha-suspicion": [4, 4], lifeguard: [5, 5] }, 4],
  ] as const)("the order of both figures, %s", ([, alarms, judged]) => {
    const table = tableOf("lifeguard", "Table IV", alarming(alarms), "full");
    for (const column of ["FP, % of SWIM", "FP⁻, % of SWIM"]) {
      const { "out of order": order } = columnOf(table, column);
      expect([order?.ours, order === null || order === undefined ? null : markOf(order)]).toEqual([judged, judged === 0 ? "pass" : "miss"]);
    }
  });

  test.for([["subset", 0], ["full", 1]] as const)("what three standard errors may do, of the %s: %i out of order", ([extent, judged]) => {
    const table = tableOf("lifeguard", "Table IV", (cell) => alarming({ ...published, "lha-probe": [700, cell.includes("C=8 D=128 I=1 ") ? 0 : 330], buddy: [940, 320] })(cell).map((figures) =>
      (cell.startsWith("interval lha-probe C=8 D=128 I=1") ? { ...figures, healthyFalsePositives: 100_000 } : figures)), extent);
    expect(columnOf(table, "FP⁻, % of SWIM")["out of order"]?.ours).toBe(judged);
  });

  test("Lifeguard has fifty times fewer than SWIM for each number of blocked members", () => {
    const marks = (lifeguard: number, extent: Extent): readonly string[] =>
      [...new Set(Object.values(marksOf(columnOf(tableOf("lifeguard", "False positives a run", alarming({ ...published, lifeguard: [lifeguard, 1] }), extent), "SWIM : Lifeguard"))))];
    expect([1, 20, 20.1].map((lifeguard) => marks(lifeguard, "full"))).toEqual([["pass"], ["pass"], ["miss"]]);
    expect(marks(20.1, "subset")).toEqual(["shown"]);
  });

  test.for([[2, "pass"], [1, "miss"]] as const)("where Lifeguard has none in 48 runs, SWIM's %i a run are counted against one: %s", ([swim, mark]) => {
    const column = columnOf(tableOf("lifeguard", "False positives a run", alarming({ ...published, swim: [swim, 1], lifeguard: [0, 1] }), "full"), "SWIM : Lifeguard");
    expect(new Set(Object.values(marksOf(column)))).toEqual(new Set([mark]));
  });
});

describe("memberlist, measured", () => {
  /** Evenly spread between two ends, 41 runs. */
  const between = (least: number, greatest: number): readonly number[] => Array.from({ length: 41 }, (_, nth) => least + (nth / 40) * (greatest - least));
  const marks = (least: number, greatest: number, extent: Extent = "full"): Readonly<Record<string, string>> => {
    const runs = between(least, greatest).map((suspected): Figures => ({ suspected, dead: 7, spread: 0.4, datagrams: 4, bytes: 0, 0.5: 0, 0.9: 0, 0.99: 0 }));
    return marksOf(columnOf(tableOf("memberlist", "A crash: the least", () => runs, extent), "kill → first suspicion"));
  };

  test("the least and the greatest of nine must lie within ours, give or take what they were rounded by", () => {
    expect(marks(1.38, 2.59)).toMatchObject({ "64 members, least": "pass", "64 members, greatest": "pass", "128 members, greatest": "miss" });
    expect(marks(1.4, 2.57)).toMatchObject({ "64 members, least": "miss", "64 members, greatest": "miss" });
    expect(marks(1, 7)).toEqual({ "64 members, least": "pass", "64 members, greatest": "pass", "128 members, least": "pass", "128 members, greatest": "pass" });
    expect(new Set(Object.values(marks(1, 7, "subset")))).toEqual(new Set(["shown"]));
  });
});

test.for([["demers", "Table"], ["serf-convergence", "Seconds"]] as const)("of %s every figure that was published is judged", ([experiment, title]) => {
  const same = (): readonly Figures[] => [{ residue: 0.1, traffic: 1, average: 10, last: 17, arrivals: 12, 0.5: 1, 0.99: 1, 0.9999: 1 }];
  const tables = experiments.find(({ name }) => name === experiment)?.judge(same, "full").tables.filter((table) => table.title.startsWith(title)) ?? [];
  const unjudged = tables.flatMap(({ title: table, body }) => body.flatMap(({ name, cells }) => (cells.some((cell) => cell === null || (cell.theirs !== null && markOf(cell) === "shown")) ? [`${table}: ${name}`] : [])));
  expect([tables.length > 0, unjudged]).toEqual([true, []]);
});

describe("what is known to miss", () => {
  const stored = readDocument(fileURLToPath(new URL("../../../docs/paper/full.json", import.meta.url)));

  test("is exactly what misses of everything published, as it was played", () => {
    expect(missesIn(stored).map(({ name }) => name).toSorted()).toEqual([...knownMisses].toSorted());
    expect(newMissesIn(stored)).toEqual([]);
    expect(renderText(stored, { color: false, width: 120 })).toMatch(/\nAll 27 misses are known: docs\/paper.md says what is known of why\.\npaper seed=1 identity=[0-9a-f]{16} outcome=[0-9a-f]{16} verdict=known\n$/);
  });

  test("anything else is news, and is named so", () => {
    const sections = stored.sections.map((section) => (section.name !== "swim-suspicion" ? section : {
      ...section, tables: section.tables.map((table) => ({ ...table, body: table.body.map((line, nth) => (nth === 0 ? { ...line, cells: line.cells.map((cell) => (cell === null ? null : { ...cell, ours: 99 })) } : line)) })),
    }));
    const other = { ...stored, sections };
    expect(newMissesIn(other).map(({ name }) => name)).toEqual(["swim-suspicion · Figure 3c: periods from suspicion to death · 8 members · periods"]);
    expect(renderText(other, { color: false, width: 120 })).toMatch(/periods: 99, accepted exactly 9 \(new\)\n[^]*\nOne miss is new\.\npaper .* verdict=miss\n$/);
  });
});
