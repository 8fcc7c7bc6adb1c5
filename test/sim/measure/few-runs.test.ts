/** Intervals from few runs hold the truth about as often as they say, where redrawing the runs does not. */

import { describe, expect, test } from "vitest";
import { below, ln, type Rng, rngFrom } from "../../../engine/index.ts";
import { quantileIntervals, ratioIntervalOfFew, RUNS_TO_REDRAW } from "../../../sim/measure/few-runs.ts";
import type { Observation } from "../../../sim/measure/result.ts";
import { bootstrap, type Interval, resamplings, type Sample, sampleOf } from "../../../sim/measure/statistics.ts";

type Runs = readonly (readonly Observation[])[];
const ended = (...lengths: readonly number[]): readonly Observation[] => lengths.map((seconds) => ({ seconds }));

/** Deviates of an exponential distribution of mean 1, by a seed. */
function exponentials(seed: number): () => number {
  let rng: Rng = rngFrom(seed);
  return () => {
    const [draw, next] = below(1_000_000, rng);
    rng = next;
    return -ln((draw + 0.5) / 1_000_000);
  };
}

/** So many worlds of so many runs: each run has an effect of its own, and eight waits around it. */
function worlds(count: number, runs: number): readonly Runs[] {
  const draw = exponentials(runs);
  return Array.from({ length: count }, () => Array.from({ length: runs }, () => {
    const effect = draw();
    return ended(...Array.from({ length: 8 }, () => effect + draw()));
  }));
}

/** Percentiles of the sum of two exponentials: where 1 − (1 + x)·e^−x is the share. */
const TRUTH = { 50: 1.678347, 90: 3.88972 } as const;

const TRIES = 250;
type Method = (sample: Sample, percentages: readonly number[], draws: readonly Uint32Array[]) => readonly Interval[];

/** In which share of worlds the interval holds the truth; an end that is not there holds anything. */
function coverage(method: Method, runs: number, percentage: 50 | 90): number {
  const draws = resamplings(runs, "coverage").slice(0, 200);
  const holding = worlds(TRIES, runs).filter((world) => {
    const [[low, high] = [null, null]] = method(sampleOf(world), [percentage], draws);
    return (low ?? -Infinity) <= TRUTH[percentage] && (high ?? Infinity) >= TRUTH[percentage];
  });
  return holding.length / TRIES;
}

describe("of runs with eight observations each, that hang together", () => {
  test.for([2, 3, 4, 5, 7, 9])("%d runs hold the true median at least 93 times in a hundred, the true p90 at least 91", (runs) => {
    expect(coverage(quantileIntervals, runs, 50)).toBeGreaterThanOrEqual(0.93);
    expect(coverage(quantileIntervals, runs, 90)).toBeGreaterThanOrEqual(0.91);
  });

  test("redrawing them does not", () => {
    expect(coverage(bootstrap, 2, 50)).toBeLessThan(0.6);
    expect(coverage(bootstrap, 3, 50)).toBeLessThan(0.8);
    expect(coverage(bootstrap, 5, 50)).toBeLessThan(0.9);
    expect(coverage(bootstrap, 7, 90)).toBeLessThan(0.85);
  });

  test("from ten runs on they are redrawn, as ever", () => {
    const [world = []] = worlds(1, RUNS_TO_REDRAW);
    const draws = resamplings(RUNS_TO_REDRAW, "s");
    expect(quantileIntervals(sampleOf(world), [50, 90, 99], draws)).toEqual(bootstrap(sampleOf(world), [50, 90, 99], draws));
  });
});

describe("an interval of few runs", () => {
  const intervalOf = (byRun: Runs, percentage = 50): Interval => quantileIntervals(sampleOf(byRun), [percentage], resamplings(byRun.length, "s"))[0] ?? [null, null];

  test("of one run, or where one run has all, has no ends", () => {
    expect(intervalOf([ended(1, 2, 3, 4, 5, 6, 7, 8)])).toEqual([null, null]);
    expect(intervalOf([ended(1, 2, 3, 4, 5, 6, 7, 8), [], [], []])).toEqual([null, null]);
    expect(intervalOf([[], []])).toEqual([null, null]);
  });

  test("with one observation a run is exact: the least and the greatest of eight enclose a median, of five do not", () => {
    expect(intervalOf([8, 3, 5, 1, 7, 2, 6, 4].map((each) => ended(each)))).toEqual([1, 8]);
    expect(intervalOf([5, 1, 3, 2, 4].map((each) => ended(each)))).toEqual([null, null]);
  });

  test("encloses the percentile", () => {
    for (const world of worlds(20, 6)) {
      const [low, high] = intervalOf(world);
      const lengths = world.flat().map((each) => ("seconds" in each ? each.seconds : 0)).toSorted((a, b) => a - b);
      const median = lengths[23]!;
      expect(low ?? 0).toBeLessThanOrEqual(median);
      expect(high ?? Infinity).toBeGreaterThanOrEqual(median);
    }
  });

  test("runs that agree by chance are not believed to the last digit", () => {
    // In each of four runs just half have ended by 4: from run to run nothing varies.
    const alike = Array.from({ length: 4 }, () => ended(1, 2, 3, 4, 5, 6, 7, 8));
    expect(intervalOf(alike)).toEqual([2, 7]);
  });

  test("has no upper end among the censored", () => {
    const byRun = Array.from({ length: 6 }, (_, i) => [...ended(1 + i / 10, 2, 3, 4, 5), { censoredAfter: 9 }, { censoredAfter: 9 }, { censoredAfter: 9 }]);
    const [low, high] = intervalOf(byRun);
    expect(low).toBeGreaterThan(1);
    expect(high).toBeNull();
  });
});

describe("a ratio over few runs", () => {
  test("where all runs last as long, is Student's interval of their mean", () => {
    // 10, 12, 14: mean 12, standard error 2 / √3, and t = 4.302653 with two degrees of freedom.
    const [low, high] = ratioIntervalOfFew([10, 12, 14], [1, 1, 1]);
    expect(low).toBeCloseTo(12 - 4.302653 * 2 / Math.sqrt(3), 5);
    expect(high).toBeCloseTo(12 + 4.302653 * 2 / Math.sqrt(3), 5);
  });

  test("is never below 0, and of one run or of no time at all there is none", () => {
    expect(ratioIntervalOfFew([0, 10], [1, 1])[0]).toBe(0);
    expect(ratioIntervalOfFew([5], [1])).toEqual([null, null]);
    expect(ratioIntervalOfFew([5, 5], [0, 0])).toEqual([null, null]);
  });

  test.for([2, 3, 5, 9])("of %d runs holds the true one at least 93 times in a hundred", (runs) => {
    const draw = exponentials(40 + runs);
    const hits = Array.from({ length: 500 }, () => {
      // Each load a sum of twelve; runs last differently long.
      const over = Array.from({ length: runs }, () => 1 + draw() / 4);
      const of = over.map((length) => length * Array.from({ length: 12 }, draw).reduce((sum, each) => sum + each, 0));
      const [low, high] = ratioIntervalOfFew(of, over);
      return low! <= 12 && high! >= 12;
    });
    expect(hits.filter(Boolean).length / hits.length).toBeGreaterThanOrEqual(0.93);
  });
});
