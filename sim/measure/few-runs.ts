/** Intervals from few runs: too few to redraw, so by Student's t over runs, and by exact ranks where every run has one observation. */

import { percentileInterval } from "./binomial.ts";
import { bootstrap, type Interval, quantiles, type Sample, TAIL } from "./statistics.ts";
import { studentDeviate } from "./student.ts";

/** With fewer runs than these, redrawing them is not enough: of two runs it covers the true median 5 times in 10, of five 8 in 10 (`test/sim/measure/few-runs.test.ts` measures it). */
export const RUNS_TO_REDRAW = 10;

const UNBOUNDED: Interval = [null, null];

/** The interval of each percentile: by redrawing whole runs (the draws say how often each counts) if they are enough for that, else as below. */
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
 * After Woodruff (1952): how much the share that has ended by the estimated percentile varies from run to run, by leaving out one run after the other (jackknife), times
 * Student's deviate; then the lengths at which the lower and the upper share have ended. The error is never taken to be less than that of as many independent observations,
 * since few runs may agree by chance. An end is null where such a share is not reached.
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

/** By Kaplan and Meier, without one of the runs: which share has ended after so long. */
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

/** Of a ratio of two sums over few runs, neither below 0: its linearised error from run to run (Cochran, Sampling Techniques, 3rd ed. 1977, §6.3), times Student's deviate. */
export function ratioIntervalOfFew(of: readonly number[], over: readonly number[], tail = TAIL): Interval {
  const runs = of.length;
  const exposure = over.reduce((sum, each) => sum + each, 0);
  if (runs < 2 || exposure <= 0) return UNBOUNDED;
  const ratio = of.reduce((sum, each) => sum + each, 0) / exposure;
  const squares = of.reduce((sum, each, i) => sum + (each - ratio * (over[i] ?? 0)) ** 2, 0);
  const half = (studentDeviate(tail, runs - 1) * Math.sqrt((squares * runs) / (runs - 1))) / exposure;
  return [Math.max(0, ratio - half), ratio + half];
}
