/** Sums over the grid. */

import type { Comparison } from "../../model/comparison.ts";
import { figureOf, figuresOf, type Extent, type Figures, type Played } from "../../model/experiment.ts";
import { deviationOf, errorOf, meanOf, sumOf } from "../../model/sample.ts";
import { baseline, intervalName, intervalsOf, thresholdName, thresholdsOf } from "./grid.ts";

/** The Interval runs of a configuration; if `count` is given, only those with this many blocked members. */
const intervalRuns = (played: Played, key: string, extent: Extent, count?: number): readonly Figures[] =>
  intervalsOf(extent).filter((interval) => count === undefined || interval.count === count).flatMap((interval) => played(intervalName(key, interval)));

/** The mean of a figure over Interval runs; null if there were none. */
export const perRun = (played: Played, key: string, extent: Extent, figure: string, count?: number): number | null =>
  meanOf(intervalRuns(played, key, extent, count).map((figures) => figureOf(figures, figure)));

/** The same in per cent of SWIM's. */
export function percentOf(played: Played, key: string, extent: Extent, figure: string): number | null {
  const [ours, base] = [perRun(played, key, extent, figure), perRun(played, baseline.key, extent, figure)];
  return ours === null || base === null || base === 0 ? null : (100 * ours) / base;
}

/**
 * The standard error of this percentage. Both played the same cells with the same anomalies, so it is that of a ratio of two sums over pairs
 * (Cochran, Sampling Techniques, §6.3).
 */
export function errorOfPercent(played: Played, key: string, extent: Extent, figure: string): number {
  const [ours, base] = [figuresOfRuns(played, key, extent, figure), figuresOfRuns(played, baseline.key, extent, figure)];
  const ratio = (percentOf(played, key, extent, figure) ?? 0) / 100;
  const residues = ours.map((one, nth) => one - ratio * (base[nth] ?? 0));
  const whole = sumOf(base);
  return whole === 0 ? 0 : (100 * Math.sqrt(residues.length) * deviationOf(residues)) / whole;
}

/** By how many times SWIM's figure exceeds another's. If the other is 0 in all its runs, it counts as 1: a lower bound. Null if nothing was played. */
export function timesFewer(played: Played, key: string, extent: Extent, figure: string, count: number): number | null {
  const [base, ours] = [baseline.key, key].map((one) => intervalRuns(played, one, extent, count).map((figures) => figureOf(figures, figure)));
  const [many, few] = [meanOf(base ?? []), meanOf(ours ?? [])];
  return many === null || few === null || ours === undefined ? null : many / (few === 0 ? 1 / ours.length : few);
}

/** The standard error of the mean difference of two configurations, over pairs of runs of the same cell. */
export function errorOfDifference(played: Played, [one, other]: readonly [string, string], extent: Extent, figure: string): number {
  const others = figuresOfRuns(played, other, extent, figure);
  return errorOf(figuresOfRuns(played, one, extent, figure).map((ours, nth) => ours - (others[nth] ?? 0)));
}

const figuresOfRuns = (played: Played, key: string, extent: Extent, figure: string): readonly number[] =>
  intervalRuns(played, key, extent).map((figures) => figureOf(figures, figure));

/** Seconds until each blocked member was detected, or until all healthy members knew, in all Threshold runs. */
export const latencies = (played: Played, key: string, extent: Extent, which: "first" | "full"): readonly number[] =>
  thresholdsOf(extent).flatMap((threshold) => played(thresholdName(key, threshold)).flatMap((figures) => figuresOf(figures, which)));

/** A figure that was published for the whole grid: for less it is shown, not judged. */
export const ofFullGrid = (extent: Extent, comparison: Comparison): Comparison => (extent === "full" ? comparison : { ...comparison, accepts: null });

/** The heading of a column of such figures. */
export const toleranceOfFullGrid = (extent: Extent, tolerance: string): string => (extent === "full" ? tolerance : "full grid only");
