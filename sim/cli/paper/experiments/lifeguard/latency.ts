/** Table V: how long until a blocked member is declared failed. */

import { within, type Comparison } from "../../model/comparison.ts";
import type { Extent, Played } from "../../model/experiment.ts";
import type { Chart, Table } from "../../model/findings.ts";
import { quantileOf } from "../../model/sample.ts";
import { baseline, configurations, lifeguardKey } from "./grid.ts";
import type { Tail } from "./published.ts";
import { latencies, ofFullGrid, toleranceOfFullGrid } from "./tally.ts";

/** The quantiles of the tables, and the tolerance of each, in seconds. */
export const quantiles = [
  { share: 0.5, name: "median", by: 0.3 }, { share: 0.99, name: "99 %", by: 1.5 }, { share: 0.999, name: "99.9 %", by: 4 },
] as const;

export function latencyTable(played: Played, extent: Extent): Table {
  const compared = (key: string, which: "first" | "full", theirs: Tail): readonly Comparison[] => {
    const sample = latencies(played, key, extent, which);
    return quantiles.map(({ share, by }, nth) => {
      const compared = within(quantileOf(sample, share), theirs[nth] ?? 0, by);
      // The far tail of a small sample is random.
      return nth === 0 ? compared : ofFullGrid(extent, compared);
    });
  };
  const columns = (what: string): Table["columns"] => quantiles.map(({ name, by }, nth) => ({ name: `${what} ${name}`, tolerance: nth === 0 ? `± ${by} s` : toleranceOfFullGrid(extent, `± ${by} s`) }));
  return {
    title: "Table V: detection and dissemination of a blocked member, seconds",
    lines: "configuration",
    columns: [...columns("1st"), ...columns("full")],
    body: configurations.map(({ key, row }) => ({ name: row.name, cells: [...compared(key, "first", row.first), ...compared(key, "full", row.full)] })),
    notes: [
      "1st: from the beginning of the block to the first other member's failure event. full: until all members outside the anomaly have raised one. Over all blocked members of whom it came true.",
    ],
  };
}

/** One point for each hundredth of the sample. */
const STEPS = 100;

function distribution(sample: readonly number[]): readonly (readonly [number, number])[] {
  const ascending = sample.toSorted((one, other) => one - other);
  if (ascending.length === 0) return [];
  return Array.from({ length: STEPS + 1 }, (_, step) => [ascending[Math.min(ascending.length - 1, Math.round((step / STEPS) * (ascending.length - 1)))] ?? 0, step / STEPS]);
}

export function latencyChart(played: Played, extent: Extent): Chart {
  const wanted = configurations.filter(({ key }) => key === baseline.key || key === lifeguardKey);
  return {
    kind: "plot", title: "Share of blocked members that were detected within so many seconds",
    x: { name: "seconds since the block began", scale: "linear" }, y: { name: "share", scale: "linear" },
    series: [
      ...wanted.map(({ key, row }) => ({ name: `ours, ${row.name}`, whose: "ours" as const, mark: "line" as const, points: distribution(latencies(played, key, extent, "first")) })),
      ...wanted.map(({ row }) => ({
        name: `Lifeguard paper, ${row.name}`, whose: "theirs" as const, mark: "dots" as const,
        points: quantiles.map(({ share }, nth) => [row.first[nth] ?? 0, share] as const),
      })),
    ],
  };
}
