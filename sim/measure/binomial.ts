/** Percentiles of independent observations with exact intervals: two of the sorted observations that enclose the percentile with the wanted confidence. */

import { assert, exp, ln } from "../../engine/index.ts";
import { type Interval, lnFactorial, TAIL } from "./statistics.ts";

/** The ranks, from 1, of the observations at the two ends of a percentile's interval; null where there are too few observations for that end. */
export type Ranks = readonly [low: number | null, high: number | null];

/**
 * The number of observations below the p-th percentile is binomial, whatever their distribution. So the r-th and the s-th of n enclose it with at least the wanted confidence if
 * P(fewer than r below) and P(s or more below) are each at most one tail (Conover, Practical Nonparametric Statistics, 3rd ed. 1999, §3.2). Holds for observations that are
 * independent of each other: not for several from one run.
 */
export function percentileRanks(observations: number, percentage: number, tail = TAIL): Ranks {
  const key = `${observations} ${percentage} ${tail}`;
  const known = reckoned.get(key);
  if (known !== undefined) return known;
  const ranks = reckon(observations, percentage, tail);
  if (reckoned.size >= MOST_RECKONED) reckoned.clear();
  reckoned.set(key, ranks);
  return ranks;
}

/** A cache: cells of a sweep ask for the same ranks again and again. */
const reckoned = new Map<string, Ranks>();
const MOST_RECKONED = 1_000;

function reckon(observations: number, percentage: number, tail: number): Ranks {
  assert(percentage > 0 && percentage < 100, "a percentile lies between 0 and 100");
  const share = percentage / 100;
  const [lnHit, lnMiss] = [ln(share), ln(1 - share)];
  const term = (k: number): number => exp(lnFactorial(observations) - lnFactorial(k) - lnFactorial(observations - k) + k * lnHit + (observations - k) * lnMiss);
  // The largest r with P(X ≤ r − 1) ≤ tail, and the smallest s with P(X ≥ s) ≤ tail.
  let [low, below] = [0, 0];
  while (low < observations && (below += term(low)) <= tail) low++;
  let [high, above] = [observations + 1, 0];
  while (high > 0 && (above += term(high - 1)) <= tail) high--;
  return [low === 0 ? null : low, high > observations ? null : high];
}

/** The interval itself, for observations in ascending order. */
export function percentileInterval(ascending: ArrayLike<number>, percentage: number, tail = TAIL): Interval {
  const [low, high] = percentileRanks(ascending.length, percentage, tail);
  return [low === null ? null : ascending[low - 1] ?? null, high === null ? null : ascending[high - 1] ?? null];
}
