/** Table IV: failure events about healthy members. */

import { exactly, forgiving, inRange, shown, withinFactor, type Comparison } from "../../model/comparison.ts";
import type { Extent, Played } from "../../model/experiment.ts";
import type { Chart, Table } from "../../model/findings.ts";
import { inversionsIn } from "../../model/sample.ts";
import { baseline, blockedCounts, configurations, lifeguardKey } from "./grid.ts";
import { INTERVAL_RUNS } from "./published.ts";
import { errorOfDifference, errorOfPercent, ofFullGrid, perRun, percentOf, timesFewer, toleranceOfFullGrid } from "./tally.ts";

/** The factor by which ours may differ from theirs: counts of events depend on how exactly an agent is blocked. */
const ABSOLUTE = 2.5;
const RELATIVE = 2;
const RELATIVE_HEALTHY = 3;

export function alarmsTable(played: Played, extent: Extent): Table {
  const absolute = (key: string, figure: Figure, theirs: number): Comparison => {
    const mean = perRun(played, key, extent, figure);
    return ofFullGrid(extent, withinFactor(mean === null ? null : mean * INTERVAL_RUNS, theirs, ABSOLUTE));
  };
  const relative = (key: string, figure: Figure, theirs: number, factor: number): Comparison =>
    key === baseline.key ? shown(100, 100) : forgiving(withinFactor(percentOf(played, key, extent, figure), theirs, factor), errorOfPercent(played, key, extent, figure), errorsForgiven(extent));
  return {
    title: "Table IV: false positives",
    lines: "configuration",
    columns: [
      { name: "FP", tolerance: toleranceOfFullGrid(extent, `× ${ABSOLUTE}`) }, { name: "FP⁻", tolerance: toleranceOfFullGrid(extent, `× ${ABSOLUTE}`) },
      { name: "FP, % of SWIM", tolerance: extent === "full" ? `× ${RELATIVE}` : `× ${RELATIVE}, ${CHANCE} s.e.` },
      { name: "FP⁻, % of SWIM", tolerance: toleranceOfFullGrid(extent, `× ${RELATIVE_HEALTHY}`) },
    ],
    body: [
      ...configurations.map(({ key, row }) => ({
        name: row.name,
        cells: [
          absolute(key, "falsePositives", row.falsePositives),
          absolute(key, "healthyFalsePositives", row.healthyFalsePositives),
          relative(key, "falsePositives", shareOf(row.falsePositives, baseline.row.falsePositives), RELATIVE),
          ofFullGrid(extent, relative(key, "healthyFalsePositives", shareOf(row.healthyFalsePositives, baseline.row.healthyFalsePositives), RELATIVE_HEALTHY)),
        ],
      })),
      { name: "out of order", cells: [null, null, exactly(outOfOrder(played, extent, "falsePositives"), 0), ofFullGrid(extent, exactly(outOfOrder(played, extent, "healthyFalsePositives"), 0))] },
    ],
    notes: [
      "FP: failure events, at any member, about a member outside the anomaly. FP⁻: those at members outside it.",
      `Counts are of ${INTERVAL_RUNS.toLocaleString("en-US")} runs${extent === "full" ? "" : ", to which ours are scaled up: of the subset they are a rough estimate, and are not judged"}.`,
      `The order is SWIM, Buddy System, LHA-Probe, LHA-Suspicion, Lifeguard; one is out of order that has more than its predecessor${extent === "full" ? "" : `, by over ${CHANCE} standard errors of the difference (same cells, same anomalies)`}.`,
    ],
  };
}

type Figure = "falsePositives" | "healthyFalsePositives";

const shareOf = (part: number, whole: number): number => (100 * part) / whole;

/** The allowance for chance, in standard errors. */
const CHANCE = 3;

/** A thin sample may miss by chance; the whole grid is what was published, and gets no allowance for chance. */
const errorsForgiven = (extent: Extent): number => (extent === "full" ? 0 : CHANCE);

/** How many configurations have more of it than the one before, by more than a thin sample is allowed; null if nothing was played. */
function outOfOrder(played: Played, extent: Extent, figure: Figure): number | null {
  const descending = [baseline.key, "buddy", "lha-probe", "lha-suspicion", lifeguardKey];
  const means = descending.map((key) => perRun(played, key, extent, figure));
  if (means.includes(null)) return null;
  return descending.filter((key, nth) => {
    const [before, ours] = [means[nth - 1] ?? Infinity, means[nth] ?? 0];
    return ours > before && ours - before > errorsForgiven(extent) * errorOfDifference(played, [key, descending[nth - 1] ?? key], extent, figure);
  }).length;
}

/** False positives per run, for each number of anomalous members. */
export function alarmsByCount(played: Played, extent: Extent): Table {
  const of = (key: string, count: number): number | null => perRun(played, key, extent, "falsePositives", count);
  return {
    title: "False positives a run, by the number of blocked members",
    lines: "blocked",
    columns: [...configurations.map(({ row }) => ({ name: row.name, tolerance: toleranceOfFullGrid(extent, "rising") })), { name: "SWIM : Lifeguard", tolerance: toleranceOfFullGrid(extent, `≥ ${TIMES_FEWER}`) }],
    body: [
      ...blockedCounts.map((count) => ({
        name: `C = ${count}`,
        cells: [
          ...configurations.map(({ key }) => shown(of(key, count))),
          ofFullGrid(extent, inRange(timesFewer(played, lifeguardKey, extent, "falsePositives", count), TIMES_FEWER, [TIMES_FEWER, null])),
        ],
      })),
      { name: "trend", cells: [...configurations.map(({ key }) => ofFullGrid(extent, trendOf(blockedCounts.map((count) => of(key, count) ?? 0)))), null] },
    ],
    notes: [
      "The trend is Kendall's: of all pairs of numbers of blocked members, how many more have the higher figure with the higher number than the other way round; 1 if all.",
      `The paper says in words that Lifeguard has ${TIMES_FEWER} to 100 times fewer than SWIM whatever the number. More than that is no miss: where Lifeguard's are two or three events, it says little how many times fewer they are; where there are none, what stands there is for one.`,
    ],
  };
}

/** The smallest factor that the paper's text claims. */
const TIMES_FEWER = 50;

/** Figures with few events need not rise at each step. */
const LEAST_TREND = 0.3;

function trendOf(figures: readonly number[]): Comparison {
  const pairs = (figures.length * (figures.length - 1)) / 2;
  const [down, up] = [inversionsIn(figures), inversionsIn(figures.toReversed())];
  return inRange((up - down) / pairs, 1, [LEAST_TREND, 1]);
}

export function alarmsChart(played: Played, extent: Extent): Chart {
  return {
    kind: "bars", title: "False positives in % of SWIM's", y: { name: "%", scale: "log" },
    groups: configurations.map(({ key, row }) => ({
      name: row.name, ours: percentOf(played, key, extent, "falsePositives"), theirs: shareOf(row.falsePositives, baseline.row.falsePositives),
    })),
  };
}
