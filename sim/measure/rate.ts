/** Rates of rare events such as false positives, with intervals that also hold where events come in bursts. */

import { RUNS_TO_REDRAW } from "./few-runs.ts";
import { type Interval, poissonInterval, TAIL } from "./statistics.ts";
import { normalDeviate, studentDeviate } from "./student.ts";

/** A number of events during one run, or a group of runs. */
export type Happenings = { readonly count: number; readonly exposure: number };

/**
 * How much more counts vary between runs than those of independent events would: Pearson's statistic over its degrees of freedom (McCullagh and
 * Nelder 1989, §6.2), at least 1. False positives come in bursts: one cut causes dozens, and the next run has none. For a single run it is 1: nothing is known.
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
 * The interval of a rate: the exact interval of a number of bursts that would vary this much, each with equally many events. Exact for independent events. The dispersion is
 * itself an estimate, and a poor one from few runs: there it is multiplied by the square of Student's deviate over the normal one.
 */
export function rateInterval(runs: readonly Happenings[], tail = TAIL): Interval {
  const varied = dispersionOf(runs);
  const dispersion = varied > 1 && runs.length < RUNS_TO_REDRAW ? varied * (studentDeviate(tail, runs.length - 1) / normalDeviate(tail)) ** 2 : varied;
  return poissonInterval(added(runs, "count") / dispersion, added(runs, "exposure") / dispersion, tail);
}

const added = (runs: readonly Happenings[], of: keyof Happenings): number => runs.reduce((sum, run) => sum + run[of], 0);
