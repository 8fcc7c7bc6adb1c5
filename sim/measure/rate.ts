/** The rate of what happens now and then, such as false positives: how sure it is, also where it comes in bursts. */

import { RUNS_TO_REDRAW } from "./few-runs.ts";
import { type Interval, poissonInterval, TAIL } from "./statistics.ts";
import { normalDeviate, studentDeviate } from "./student.ts";

/** What happened how often during one run, or a group of runs. */
export type Happenings = { readonly count: number; readonly exposure: number };

/**
 * How much more counts vary from run to run than those of happenings that are independent of one another: Pearson's statistic by its degrees of freedom (McCullagh and
 * Nelder 1989, §6.2), and 1 at least. False positives come in bursts: one cut makes dozens, and the next run has none. Of one run nothing can be said: 1.
 */
export function dispersionOf(runs: readonly Happenings[]): number {
  const [count, exposure] = [added(runs, "count"), added(runs, "exposure")];
  if (runs.length < 2 || count === 0) return 1;
  let sum = 0;
  for (const run of runs) {
    const expected = (count * run.exposure) / exposure;
    if (expected > 0) sum += (run.count - expected) ** 2 / expected;
  }
  return Math.max(1, sum / (runs.length - 1));
}

/**
 * Of the rate of what happened during runs: the exact interval of as many bursts as would vary so much, each of as many happenings. Exact for what is independent. How much
 * they vary is itself an estimate, and a poor one from few runs: there it grows by the square of Student's deviate over the normal one.
 */
export function rateInterval(runs: readonly Happenings[], tail = TAIL): Interval {
  const varied = dispersionOf(runs);
  const dispersion = varied > 1 && runs.length < RUNS_TO_REDRAW ? varied * (studentDeviate(tail, runs.length - 1) / normalDeviate(tail)) ** 2 : varied;
  return poissonInterval(added(runs, "count") / dispersion, added(runs, "exposure") / dispersion, tail);
}

const added = (runs: readonly Happenings[], of: keyof Happenings): number => runs.reduce((sum, run) => sum + run[of], 0);
