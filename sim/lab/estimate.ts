/** Estimates of one cell: every figure of its rows, with the kind of interval that suits it. */

import { percentileInterval } from "../measure/binomial.ts";
import { SECONDS_PER_HOUR } from "../measure/metrics.ts";
import { quantileIntervals, ratioIntervalOfFew, RUNS_TO_REDRAW } from "../measure/few-runs.ts";
import { rateInterval } from "../measure/rate.ts";
import { type Interval, quantiles, quantilesOfAll, resamplings, type Sample } from "../measure/statistics.ts";
import { rounded } from "../measure/time-metric.ts";
import type { Gathered, Sums } from "./gather.ts";
import { type Estimate, figureNames, type RateName, rateNames, timeNames, type TimeName } from "./model.ts";

/** How intervals are computed. `seed` decides the resamplings: with common random numbers, the same runs in every cell. */
export type Manner = { readonly confidence: number; readonly seed: string };

/** The default confidence of intervals. */
export const USUAL_CONFIDENCE = 0.95;

/** The most observations to look at in one bootstrap, over all its draws; beyond it there are fewer draws, but at least this many. */
const MOST_WORK = 4_000_000;
const FEWEST_DRAWS = 200;

const PERCENTAGES = [50, 90, 99] as const;

/** A rate or a mean: the sum of `of` over the sum of `over`, and its largest possible value. Figures without `over` are sums over all runs, and have no interval. */
type Rate = { readonly of: (sums: Sums) => number; readonly over?: (sums: Sums) => number; readonly interval: "counted" | "runs" | "none"; readonly most?: number };

const memberSeconds = (sums: Sums): number => sums.memberSeconds;
const memberHours = (sums: Sums): number => sums.memberSeconds / SECONDS_PER_HOUR;
const inAll = (of: (sums: Sums) => number): Rate => ({ of, interval: "none" });

const rates: Readonly<Record<Exclude<RateName, "health.max">, Rate>> = {
  "falsePositives.perMemberHour": { of: (s) => s.falsePositives, over: memberHours, interval: "counted" },
  "falsePositives.count": inAll((s) => s.falsePositives),
  "falsePositives.ofHealthy": inAll((s) => s.falsePositivesOfHealthy),
  "falsePositives.healthyOfHealthy": inAll((s) => s.falsePositivesHealthyOfHealthy),
  "falsePositives.victims": inAll((s) => s.falsePositiveVictims),
  "falsePositives.falseDeathSeconds": inAll((s) => s.falseDeathSeconds),
  "partitionEvictions.count": inAll((s) => s.partitionEvictions),
  suspicions: inAll((s) => s.suspicions),
  refutations: inAll((s) => s.refutations),
  "load.datagramsPerMemberSecond": { of: (s) => s.datagrams, over: memberSeconds, interval: "runs" },
  "load.streamsPerMemberSecond": { of: (s) => s.streams, over: memberSeconds, interval: "runs" },
  "load.bytesPerMemberSecond": { of: (s) => s.bytes, over: memberSeconds, interval: "runs" },
  "health.mean": { of: (s) => s.healthMean, over: (s) => s.runs, interval: "runs" },
  "agreement.mean": { of: (s) => s.agreement, over: (s) => s.runs, interval: "runs", most: 1 },
};

/** Every figure, in the order of `figureNames`. */
export function estimatesOf(cell: Gathered, manner: Manner): ReadonlyMap<string, Estimate> {
  const draws = resamplings(cell.sums.length, manner.seed);
  const all = new Map<string, Estimate>([...timeNames.flatMap((name) => timesOf(cell, name, draws, manner)), ...rateNames.map((name) => [name, rateOf(cell, name, draws, manner)] as const)]);
  return new Map(figureNames.flatMap((name) => {
    const estimate = all.get(name);
    return estimate === undefined ? [] : [[name, estimate] as const];
  }));
}

/** A single figure, for callers that ask often. */
export function estimateOf(cell: Gathered, figure: string, manner: Manner): Estimate | undefined {
  const draws = resamplings(cell.sums.length, manner.seed);
  const rate = rateNames.find((name) => name === figure);
  if (rate !== undefined) return rateOf(cell, rate, draws, manner);
  const time = timeNames.find((name) => figure.startsWith(`${name}.`));
  return time === undefined ? undefined : timesOf(cell, time, draws, manner).find(([name]) => name === figure)?.[1];
}

/**
 * Quantiles by Kaplan and Meier. If every run has at most one observation of this kind and none was censored, they are independent, and the interval of a percentile is
 * exact (binomial); otherwise it comes from resampling whole runs, or from Student's t over runs if these are few.
 */
function timesOf(cell: Gathered, name: TimeName, draws: readonly Uint32Array[], { confidence }: Manner): readonly (readonly [string, Estimate])[] {
  const { n, censored, greatest } = cell.tally(name);
  if (n === 0) return [];
  const tail = (1 - confidence) / 2;
  const [values, intervals] = cell.isIndependent(name) && censored === 0 ? exactly(cell.ascending(name), tail) : redrawn(cell.sample(name), draws, tail);
  const estimate = (value: number | null, [low, high]: Interval): Estimate => ({ value: rounded(value), low: rounded(low), high: rounded(high), n, censored });
  return [
    ...PERCENTAGES.map((percentage, i) => [`${name}.p${percentage}`, estimate(values[i] ?? null, intervals[i] ?? [null, null])] as const),
    [`${name}.max`, estimate(greatest, [null, null])],
  ];
}

type Found = readonly [values: readonly (number | null)[], intervals: readonly Interval[]];

const exactly = (ascending: Float64Array, tail: number): Found => [quantilesOfAll(ascending, PERCENTAGES), PERCENTAGES.map((percentage) => percentileInterval(ascending, percentage, tail))];

const redrawn = (sample: Sample, draws: readonly Uint32Array[], tail: number): Found =>
  [quantiles(sample, PERCENTAGES), quantileIntervals(sample, PERCENTAGES, draws.slice(0, Math.max(FEWEST_DRAWS, Math.floor(MOST_WORK / sample.length))), tail)];

function rateOf(cell: Gathered, name: RateName, draws: readonly Uint32Array[], { confidence }: Manner): Estimate {
  const { sums, runs } = cell;
  const plain = (value: number | null, [low, high]: Interval): Estimate => ({ value: rounded(value), low: rounded(low), high: rounded(high), n: runs, censored: 0 });
  if (name === "health.max") return plain(cell.healthMax, [null, null]);
  const { of, over, interval, most = Infinity } = rates[name];
  const total = add(sums, of);
  if (over === undefined) return plain(total, [null, null]);
  const exposure = add(sums, over);
  if (exposure <= 0) return plain(null, [null, null]);
  const tail = (1 - confidence) / 2;
  if (interval === "counted") return plain(total / exposure, rateInterval(sums.map((each) => ({ count: of(each), exposure: over(each) })), tail));
  const [low, high] = ratioInterval(sums.map(of), sums.map(over), draws, tail);
  return plain(total / exposure, [low, high === null ? null : Math.min(most, high)]);
}

const add = (sums: readonly Sums[], of: (sums: Sums) => number): number => sums.reduce((total, each) => total + of(each), 0);

/** The interval of a ratio of two sums, by resampling whole runs (Davison and Hinkley 1997, §2.4), or by Student's t if they are few. */
function ratioInterval(of: readonly number[], over: readonly number[], draws: readonly Uint32Array[], tail: number): Interval {
  if (of.length < RUNS_TO_REDRAW) return ratioIntervalOfFew(of, over, tail);
  const ascending = Float64Array.from(draws, (weights) => {
    let [above, below] = [0, 0];
    for (let i = 0; i < of.length; i++) {
      const weight = weights[i]!;
      above += weight * of[i]!;
      below += weight * over[i]!;
    }
    return below > 0 ? above / below : 0;
  }).toSorted();
  const cut = Math.floor(ascending.length * tail);
  return [ascending[cut] ?? null, ascending[ascending.length - 1 - cut] ?? null];
}

/** Half the interval's length, as a share of the figure; null if an end is missing, or the figure is 0. */
export function relativeOf({ value, low, high }: Estimate): number | null {
  if (value === null || low === null || high === null || value === 0) return null;
  return rounded((high - low) / 2 / Math.abs(value));
}
