/** A length of time that was measured repeatedly, summarised in a few figures. */

import type { Observation } from "./result.ts";
import { quantileIntervals } from "./few-runs.ts";
import { quantiles, sampleOf, type Interval } from "./statistics.ts";

/** Quantiles of lengths of time in seconds, with their intervals. */
export type TimeMetric = {
  readonly unit: "s";
  /** All observations, censored ones included. */
  readonly n: number;
  /** Quantiles by Kaplan and Meier; null if too many observations were censored to reach them, or there are none. */
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p99: number | null;
  /** The longest that was measured. `censored` says how many may exceed it. */
  readonly max: number | null;
  /** How many were still going on at the next disruption or at the end. */
  readonly censored: number;
  /** By the bootstrap of whole runs, or by Student's t for few runs; an end is null where the data set no bound. */
  readonly ci95: { readonly p50: Interval; readonly p90: Interval; readonly p99: Interval };
  /** The range of each figure: if each censored observation had ended when we stopped watching, and if none ever ended (null). */
  readonly bounds: { readonly p50: Interval; readonly p90: Interval; readonly p99: Interval; readonly max: Interval };
};

const PERCENTAGES = [50, 90, 99];

/** The figures of the observations of each run; `draws` says how often each run counts in each resampling. */
export function timeMetric(byRun: readonly (readonly Observation[])[], draws: readonly Uint32Array[]): TimeMetric {
  const sample = sampleOf(byRun);
  const ended = sample.filter((watched) => watched.ended);
  const censored = sample.length - ended.length;
  const [p50 = null, p90 = null, p99 = null] = quantiles(sample, PERCENTAGES);
  const [ci50, ci90, ci99] = quantileIntervals(sample, PERCENTAGES, draws).map(roundedInterval);
  const soonest = quantiles(sample.map((watched) => ({ ...watched, ended: true })), PERCENTAGES);
  const latest = quantiles([...ended, ...sample.filter((watched) => !watched.ended)], PERCENTAGES);
  const bounds = (i: number): Interval => [rounded(soonest[i] ?? null), rounded(latest[i] ?? null)];
  return {
    unit: "s",
    n: sample.length,
    p50: rounded(p50),
    p90: rounded(p90),
    p99: rounded(p99),
    max: rounded(ended.at(-1)?.length ?? null),
    censored,
    ci95: { p50: ci50 ?? [null, null], p90: ci90 ?? [null, null], p99: ci99 ?? [null, null] },
    bounds: {
      p50: bounds(0),
      p90: bounds(1),
      p99: bounds(2),
      max: [rounded(sample.at(-1)?.length ?? null), censored > 0 ? null : rounded(ended.at(-1)?.length ?? null)],
    },
  };
}

/** Rounded to six significant digits: more than any of these figures deserves, and without rounding errors. */
export function rounded(x: number): number;
export function rounded(x: number | null): number | null;
export function rounded(x: number | null): number | null {
  return x === null ? null : Number(x.toPrecision(6));
}

export const roundedInterval = ([low, high]: Interval): Interval => [rounded(low), rounded(high)];
