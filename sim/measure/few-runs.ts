/** Intervals from few runs: too few to resample, so by Student's t over runs, and by exact ranks if every run has a single observation. */

import { percentileInterval } from "./binomial.ts";
import { bootstrap, type Interval, quantiles, type Sample, TAIL } from "./statistics.ts";
import { studentDeviate } from "./student.ts";

/** Below this number of runs, resampling them is not enough: with two runs the interval covers the true median 5 times in 10, with five 8 in 10 (`test/sim/measure/few-runs.test.ts` measures it). */
export const RUNS_TO_REDRAW = 10;

const UNBOUNDED: Interval = [null, null];

/** The interval of each percentile: by resampling whole runs (`draws` says how often each counts) if there are enough of them, otherwise as below. */
export function quantileIntervals(sample: Sample, percentages: readonly number[], draws: readonly Uint32Array[], tail = TAIL): readonly Interval[] {
  const runs = draws[0]?.length ?? 0;
  if (runs === 0 || runs >= RUNS_TO_REDRAW) return bootstrap(sample, percentages, draws, tail);
  const watching = [...new Set(sample.map(({ run }) => run))];
  if (watching.length < 2) return percentages.map(() => UNBOUNDED);
  if (watching.length === sample.length && sample.every(({ ended, times = 1 }) => ended && times === 1)) {
    const ascending = sample.map(({ length }) => length);
    return percentages.map((percentage) => percentileInterval(ascending, percentage, tail));
  }
  return percentages.map((percentage) => woodruff(sample, percentage / 100, { watching, tail }));
}

/**
 * Woodruff (1952): the standard error of the share that has ended at the estimated percentile, from leaving out one run at a time (jackknife), times
 * Student's deviate; then the lengths by which the lower and the upper share have ended. The error is at least that of as many independent observations,
 * because few runs may agree by chance. An end is null if such a share is not reached.
 */
function woodruff(sample: Sample, share: number, { watching, tail }: { readonly watching: readonly number[]; readonly tail: number }): Interval {
  const ended = sample.filter((watched) => watched.ended);
  const measured = ended.reduce((sum, { times = 1 }) => sum + times, 0);
  const [estimate = null] = quantiles(sample, [share * 100]);
  const at = estimate ?? ended.at(-1)?.length;
  if (at === undefined) return UNBOUNDED;
  const without = watching.map((left) => shareEnded(sample, at, left));
  const error = Math.max(Math.sqrt((watching.length - 1) * spread(without)), Math.sqrt((share * (1 - share)) / measured));
  const half = studentDeviate(tail, watching.length - 1) * error;
  const lengthAt = (part: number): number | null => (part > 0 && part < 1 ? quantiles(sample, [part * 100])[0] ?? null : null);
  return [lengthAt(share - half), lengthAt(share + half)];
}

/** The share that has ended after this long, by Kaplan and Meier, without one of the runs. */
function shareEnded(sample: Sample, after: number, leftOut: number): number {
  const others = sample.filter(({ run }) => run !== leftOut);
  let atRisk = others.reduce((sum, { times = 1 }) => sum + times, 0);
  let left = 1;
  for (const { length, ended, times = 1 } of others) {
    if (length > after) break;
    if (ended) left *= 1 - times / atRisk;
    atRisk -= times;
  }
  return 1 - left;
}

/** The mean square of deviations from the mean. */
function spread(values: readonly number[]): number {
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
  return values.reduce((sum, each) => sum + (each - mean) * (each - mean), 0) / values.length;
}

/** The interval of a ratio of two non-negative sums over few runs: its linearised error between runs (Cochran, Sampling Techniques, 3rd ed. 1977, §6.3), times Student's deviate. */
export function ratioIntervalOfFew(of: readonly number[], over: readonly number[], tail = TAIL): Interval {
  const runs = of.length;
  const exposure = over.reduce((sum, each) => sum + each, 0);
  if (runs < 2 || exposure <= 0) return UNBOUNDED;
  const ratio = of.reduce((sum, each) => sum + each, 0) / exposure;
  const squares = of.reduce((sum, each, i) => sum + (each - ratio * (over[i] ?? 0)) ** 2, 0);
  const half = (studentDeviate(tail, runs - 1) * Math.sqrt((squares * runs) / (runs - 1))) / exposure;
  return [Math.max(0, ratio - half), ratio + half];
}
