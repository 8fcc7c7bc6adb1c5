/** Table VI: what is sent. */

import { shown, within, withinShare, type Comparison } from "../../model/comparison.ts";
import type { Extent, Played } from "../../model/experiment.ts";
import type { Chart, Table } from "../../model/findings.ts";
import { baseline, configurations } from "./grid.ts";
import { INTERVAL_RUNS } from "./published.ts";
import { ofFullGrid, perRun, percentOf, toleranceOfFullGrid } from "./tally.ts";

/** Ours may differ by this share of theirs. */
const ABSOLUTE = 0.15;
/** And its percentage by this many points. */
const POINTS = 5;
const MILLION = 1_000_000;
const GIBIBYTE = 1_073_741_824;

const ratio = (part: number, whole: number): number => (100 * part) / whole;

export function loadTable(played: Played, extent: Extent): Table {
  const scaled = (key: string, figure: string, unit: number): number | null => {
    const mean = perRun(played, key, extent, figure);
    return mean === null ? null : (mean * INTERVAL_RUNS) / unit;
  };
  const messages = (key: string, theirs: number): Comparison => ofFullGrid(extent, withinShare(scaled(key, "datagrams", MILLION), theirs, ABSOLUTE));
  const percent = (key: string, figure: string, theirs: number): Comparison =>
    key === baseline.key ? shown(100, 100) : ofFullGrid(extent, within(percentOf(played, key, extent, figure), theirs, POINTS));
  return {
    title: "Table VI: message load",
    lines: "configuration",
    columns: [
      { name: "messages, millions", tolerance: toleranceOfFullGrid(extent, "± 15 %") }, { name: "GiB", tolerance: "" },
      { name: "messages, % of SWIM", tolerance: toleranceOfFullGrid(extent, "± 5 points") }, { name: "bytes, % of SWIM", tolerance: toleranceOfFullGrid(extent, "± 5 points") },
    ],
    body: configurations.map(({ key, row }) => ({
      name: row.name,
      cells: [
        messages(key, row.messages),
        shown(scaled(key, "bytes", GIBIBYTE), row.gibibytes),
        percent(key, "datagrams", ratio(row.messages, baseline.row.messages)),
        percent(key, "bytes", ratio(row.gibibytes, baseline.row.gibibytes)),
      ],
    })),
    notes: [
      `Of ${INTERVAL_RUNS.toLocaleString("en-US")} Interval runs${extent === "full" ? "" : ", to which ours are scaled up: the subset has long blocks only, which make more of them"}. A message is a datagram, whatever rides on it.`,
      "Absolute bytes are not judged: the paper's members are Consul agents, whose names, tags and coordinates are longer than ours.",
    ],
  };
}

export function loadChart(played: Played, extent: Extent): Chart {
  return {
    kind: "bars", title: "Messages in % of SWIM's", y: { name: "%", scale: "linear" },
    groups: configurations.map(({ key, row }) => ({ name: row.name, ours: percentOf(played, key, extent, "datagrams"), theirs: ratio(row.messages, baseline.row.messages) })),
  };
}
