/** Estimates from samples: quantiles despite censoring, and honest 95 % intervals. */

import { assert, below, exp, foldText, ln, rngFrom } from "../../engine/index.ts";
import type { Observation } from "./result.ts";

/** The two ends of a 95 % interval. An end is null where the data set no bound. */
export type Interval = readonly [low: number | null, high: number | null];

/** The probability that an interval misses on each side, unless another confidence is asked for. */
export const TAIL = 0.025;
/** The normal deviate with probability TAIL above it. */
export const DEVIATE = 1.959963984540054;
const RESAMPLES = 1_000;
const UNBOUNDED: Interval = [null, null];

/** Observations from shortest to longest; at equal lengths, ended ones before censored ones. */
export type Sample = readonly Watched[];
/** `times`: how many equal observations it stands for, by default one. */
type Watched = { readonly length: number; readonly ended: boolean; readonly run: number; readonly times?: number };

/** Builds a sample from the observations of each run. */
export function sampleOf(byRun: readonly (readonly Observation[])[]): Sample {
  const watched = byRun.flatMap((observations, run) =>
    observations.map((o) => ("seconds" in o ? { length: o.seconds, ended: true, run } : { length: o.censoredAfter, ended: false, run })));
  return watched.toSorted((a, b) => a.length - b.length || Number(b.ended) - Number(a.ended));
}

/**
 * For each percentage, in ascending order: the shortest length that at least this percentage of all do not exceed, or null if
 * the sample does not tell. Kaplan and Meier (1958): a censored observation counts as at risk for as long as it was
 * watched. Without censoring, this is the ⌈p·n⌉-th of n: a measured length, never an interpolated one.
 *
 * `weights` says how often each run counts; if absent, each counts once.
 */
export function quantiles(sample: Sample, percentages: readonly number[], weights?: Uint32Array): readonly (number | null)[] {
  const weightOf = ({ run, times = 1 }: Watched): number => times * (weights === undefined ? 1 : weights[run] ?? 0);
  const found: number[] = [];
  let atRisk = 0;
  for (const watched of sample) atRisk += weightOf(watched);
  // Between two censorings the survivors' share is (share at the first) · atRisk / (at risk at the first): the product of
  // Kaplan and Meier, telescoped. So it is exact where nothing is censored.
  let share = 1;
  let outOf = atRisk;
  for (const watched of sample) {
    const { length, ended } = watched;
    const weight = weightOf(watched);
    if (weight === 0) continue;
    if (!ended) {
      share *= atRisk / outOf;
      outOf = atRisk - weight;
    }
    atRisk -= weight;
    if (ended) while (hasPassed(percentages[found.length], share * atRisk, outOf)) found.push(length);
  }
  return percentages.map((_, i) => found[i] ?? null);
}

/** The same for lengths in ascending order that are all measured and count once. */
export const quantilesOfAll = (ascending: ArrayLike<number>, percentages: readonly number[]): readonly (number | null)[] =>
  percentages.map((percentage) => {
    const { length } = ascending;
    // Start one below the rank: rounding may have made it one too high.
    let at = Math.max(0, Math.ceil((percentage / 100) * length) - 2);
    while (at < length && !hasPassed(percentage, length - 1 - at, length)) at++;
    return ascending[at] ?? null;
  });

/** Has at least this percentage ended? The margin allows for rounding of the product. */
const hasPassed = (percentage: number | undefined, left: number, outOf: number): boolean =>
  percentage !== undefined && left * 100 <= (100 - percentage) * outOf * (1 + 1e-12);

/** How often each run is drawn, in each of 1,000 draws with replacement. The same seed gives the same draws. */
export function resamplings(runs: number, seed: string): readonly Uint32Array[] {
  let rng = rngFrom(foldText(0, seed));
  return Array.from({ length: RESAMPLES }, () => {
    const weights = new Uint32Array(runs);
    for (let i = 0; i < runs; i++) {
      const [run, nextRng] = below(runs, rng);
      weights[run] = (weights[run] ?? 0) + 1;
      rng = nextRng;
    }
    return weights;
  });
}

/**
 * The interval of each quantile, by the bootstrap of whole runs (Davison and Hinkley 1997, §3.8): observations of one run
 * are not independent, so runs are resampled, not observations. The ends are quantiles of the resampled quantiles (percentile method).
 *
 * An end is null if it is censored; if one run has all the observations; and if there are too few observations to
 * reach beyond the quantile, which a bootstrap would not notice: the largest of n exceeds the p-th with probability 1 − pⁿ,
 * so a 99th percentile has no upper end with fewer than 368 ended observations, and a median neither end with fewer than six.
 */
export function bootstrap(sample: Sample, percentages: readonly number[], draws: readonly Uint32Array[], tail = TAIL): readonly Interval[] {
  const firstRun = sample[0]?.run;
  if (sample.every(({ run }) => run === firstRun)) return percentages.map(() => UNBOUNDED);
  const resampled = draws
    .filter((weights) => sample.some(({ run }) => weights[run] !== 0))
    .map((weights) => quantiles(sample, percentages, weights));
  const measured = sample.reduce((sum, { ended, times = 1 }) => sum + (ended ? times : 0), 0);
  return percentages.map((percentage, i): Interval => {
    const ascending = Float64Array.from(resampled, (found) => found[i] ?? Infinity).toSorted();
    const cut = Math.floor(ascending.length * tail);
    return [
      reaches(measured, 1 - percentage / 100, tail) ? finite(ascending[cut]) : null,
      reaches(measured, percentage / 100, tail) ? finite(ascending[ascending.length - 1 - cut]) : null,
    ];
  });
}

const finite = (x: number | undefined): number | null => (x === undefined || x === Infinity ? null : x);

/** Is it certain enough (up to `tail`) that at least one of this many observations falls outside a share of this size? */
function reaches(observations: number, share: number, tail: number): boolean {
  let allInside = 1;
  for (let i = 0; i < observations && allInside > tail; i++) allInside *= share;
  return allInside <= tail;
}

/**
 * The exact interval (Garwood 1936) of a rate, from a count of independent events during an exposure; per unit of exposure.
 * With no event in an exposure t, rates up to 3.689 / t remain possible. For a fractional count it lies between those of its neighbours (by the incomplete gamma function).
 */
export function poissonInterval(count: number, exposure: number, tail = TAIL): Interval {
  assert(count >= 0, "a count is 0 or more");
  if (exposure <= 0) return [0, null];
  // The means at which this many or more, or this many or fewer, have the probability of one tail.
  const low = count === 0 ? 0 : bisect(0, count, (mean) => atLeast(count, mean) < tail);
  // A close upper limit for the search, because far beyond it all probabilities underflow to 0.
  let reach = 4;
  while (atMost(count, count + reach) > tail) reach += reach;
  const high = bisect(count, count + reach, (mean) => atMost(count, mean) > tail);
  return [low / exposure, high / exposure];
}

/** P(X ≤ count) for a Poisson X of this mean, which must not be below count: the terms fall from the last to the first. */
function atMost(count: number, mean: number): number {
  if (!Number.isInteger(count)) return 1 - atLeast(count + 1, mean);
  let term = poisson(count, mean);
  let sum = term;
  for (let j = count; j >= 1 && term > sum * 1e-17; j--) sum += term *= j / mean;
  return sum;
}

/** P(X ≥ count) for a Poisson X of this mean: the terms fall from the mean on. */
function atLeast(count: number, mean: number): number {
  let term = poisson(count, mean);
  let sum = term;
  for (let j = count + 1; j <= mean || term > sum * 1e-17; j++) sum += term *= mean / j;
  return sum;
}

/** P(X = count), for a whole count: e^−mean · mean^count / count! */
const poisson = (count: number, mean: number): number => exp(count * ln(mean) - mean - lnFactorial(count));

/** ln n!, or ln Γ(n + 1): by Stirling's series above 20, where its error is below 10⁻¹²; below by summation, or by recursion from there if n is not whole. */
export function lnFactorial(n: number): number {
  const square = n * n;
  if (n > 20) return (n + 0.5) * ln(n) - n + 0.5 * ln(2 * Math.PI) + (1 / 12 - (1 / 360 - 1 / (1260 * square)) / square) / n;
  if (!Number.isInteger(n)) return lnFactorial(n + 1) - ln(n + 1);
  let sum = 0;
  for (let k = 2; k <= n; k++) sum += ln(k);
  return sum;
}

/** Where a condition that holds at `low` and not at `high` stops holding, to machine precision. */
export function bisect(low: number, high: number, holds: (x: number) => boolean): number {
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return middle;
    if (holds(middle)) low = middle;
    else high = middle;
  }
}

/** Wilson's interval (1927) of a share, from `hits` among `trials` independent ones: accurate for few trials and near 0 and 1. */
export function wilsonInterval(hits: number, trials: number): Interval {
  assert(hits >= 0 && hits <= trials, "there are no more hits than trials");
  if (trials === 0) return [0, 1];
  const square = DEVIATE * DEVIATE;
  const share = hits / trials;
  const centre = share + square / (2 * trials);
  const half = DEVIATE * Math.sqrt((share * (1 - share)) / trials + square / (4 * trials * trials));
  const whole = 1 + square / trials;
  return [Math.max(0, (centre - half) / whole), Math.min(1, (centre + half) / whole)];
}
