/** Table VII: the effect of α and β. */

import { shown, within, withinFactor, type Comparison } from "../../model/comparison.ts";
import type { Extent, Played } from "../../model/experiment.ts";
import type { Table } from "../../model/findings.ts";
import { quantileOf } from "../../model/sample.ts";
import { baseline, playedConfigs, tuningKey, tunings, type Tuning } from "./grid.ts";
import { quantiles } from "./latency.ts";
import { extreme, type Tail, tuned } from "./published.ts";
import { latencies, ofFullGrid, percentOf, toleranceOfFullGrid } from "./tally.ts";

/** In percentage points. */
const MEDIAN_POINTS = 3;
const FACTOR = 2;
const FACTOR_HEALTHY = 3;

const tails = quantiles.slice(1);

const nameOf = ({ alpha, beta }: Tuning): string => `α = ${alpha}, β = ${beta}`;

export function tuningTable(played: Played, extent: Extent): Table {
  const isPlayed = new Set(playedConfigs(extent).map(({ key }) => key));
  const latency = (key: string, which: "first" | "full", nth: number): number | null => {
    const share = quantiles[nth]?.share ?? 0.5;
    const [ours, base] = [quantileOf(latencies(played, key, extent, which), share), quantileOf(latencies(played, baseline.key, extent, which), share)];
    return ours === null || base === null ? null : (100 * ours) / base;
  };
  const median = (key: string, which: "first" | "full", theirs: number | undefined): Comparison =>
    theirs === undefined ? shown(latency(key, which, 0)) : within(latency(key, which, 0), theirs, MEDIAN_POINTS);
  const tail = (key: string, which: "first" | "full", nth: number, theirs: Tail | undefined): Comparison => shown(latency(key, which, nth), theirs?.[nth] ?? null);
  const alarms = (key: string, figure: string, theirs: number | undefined, factor: number): Comparison => {
    const ours = percentOf(played, key, extent, figure);
    return theirs === undefined ? shown(ours) : ofFullGrid(extent, withinFactor(ours, theirs, factor));
  };
  return {
    title: "Table VII: Lifeguard tuned, in % of SWIM",
    lines: "tuning",
    columns: [
      { name: "1st median", tolerance: "± 3 points" }, { name: "full median", tolerance: "± 3 points" }, ...tails.flatMap(({ name }) => [{ name: `1st ${name}`, tolerance: "" }, { name: `full ${name}`, tolerance: "" }]),
      { name: "FP", tolerance: toleranceOfFullGrid(extent, `× ${FACTOR}`) }, { name: "FP⁻", tolerance: toleranceOfFullGrid(extent, `× ${FACTOR_HEALTHY}`) },
    ],
    body: tunings.filter((tuning) => isPlayed.has(tuningKey(tuning))).map((tuning) => {
      const key = tuningKey(tuning);
      const theirs = tuned[`${tuning.alpha},${tuning.beta}`];
      const isExtreme = tuning.alpha === 2 && tuning.beta === 2;
      return {
        name: nameOf(tuning),
        cells: [
          median(key, "first", isExtreme ? extreme.first : theirs?.first[0]),
          median(key, "full", theirs?.full[0]),
          ...tails.flatMap((_, nth) => [tail(key, "first", nth + 1, theirs?.first), tail(key, "full", nth + 1, theirs?.full)]),
          alarms(key, "falsePositives", theirs?.falsePositives, FACTOR),
          alarms(key, "healthyFalsePositives", isExtreme ? extreme.healthyFalsePositives : theirs?.healthyFalsePositives, FACTOR_HEALTHY),
        ],
      };
    }),
    notes: [
      "Theirs are the columns of β = 6, and what the text says of α = 2 and β = 2; the other tunings are ours alone.",
      ...(extent === "full" ? ["FP and FP⁻ are of one repetition of the grid for each tuning, 432 runs; only those of α = 5 with β = 6, and SWIM's, are of ten."] : []),
    ],
  };
}
