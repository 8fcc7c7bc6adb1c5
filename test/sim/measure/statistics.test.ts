/** Published worked values, and laws that hold for any sample. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { below, ln, rngFrom, type Rng } from "../../../engine/index.ts";
import type { Observation } from "../../../sim/measure/result.ts";
import { poissonAtMost, WHOLE } from "./exactly.ts";
import { bootstrap, poissonInterval, quantiles, resamplings, sampleOf, wilsonInterval, type Interval } from "../../../sim/measure/statistics.ts";

const ended = (...lengths: readonly number[]): readonly Observation[] => lengths.map((seconds) => ({ seconds }));
const censored = (...lengths: readonly number[]): readonly Observation[] => lengths.map((censoredAfter) => ({ censoredAfter }));
const quantilesOf = (observations: readonly Observation[], ...percentages: readonly number[]): readonly (number | null)[] =>
  quantiles(sampleOf([observations]), percentages);

describe("quantiles by Kaplan and Meier", () => {
  // Freireich et al., Blood 21 (1963): weeks in remission, as in Cox and Oakes, Analysis of Survival Data (1984), table 1.1; the shares are those of test/sim/measure/laboratory.test.ts.
  const sixMp = [...ended(6, 6, 6, 7, 10, 13, 16, 22, 23), ...censored(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)];
  const placebo = ended(1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23);

  test("the remissions of Freireich's patients: medians of 23 and 8 weeks", () => {
    expect(quantilesOf(sixMp, 50)).toEqual([23]);
    expect(quantilesOf(placebo, 50)).toEqual([8]);
  });

  test.for([
    // after week | share still in remission, as published
    [6, 0.857], [7, 0.807], [10, 0.753], [13, 0.690], [16, 0.627], [22, 0.538], [23, 0.448],
  ] as const)("after week %d, %d were still in remission", ([week, share]) => {
    const [before, after] = quantilesOf(sixMp, (1 - share - 0.0006) * 100, (1 - share + 0.0006) * 100);
    expect(before).toBe(week);
    expect(after ?? Infinity).toBeGreaterThan(week);
  });

  test("beyond the last remission that ended, nothing is known", () => {
    expect(quantilesOf(sixMp, 50, 90, 99)).toEqual([23, null, null]);
  });

  test("no observation, no quantile", () => expect(quantilesOf([], 50, 99)).toEqual([null, null]));

  test("where an observation ended just when another was given up, the ended one counts first", () => {
    expect(quantilesOf([...censored(5), ...ended(5)], 50)).toEqual([5]);
  });

  test("rounding does not carry a quantile over to the next: 13/15 · 9/12 is 65 %, though not to a computer", () => {
    expect(quantilesOf([...ended(1, 2), ...censored(3), ...ended(4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)], 35)).toEqual([6]);
  });

  test("without censoring: the ⌈p·n⌉-th of n", () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 250 }), (lengths) => {
      const ascending = lengths.toSorted((a, b) => a - b);
      const nth = (percentage: number): number | undefined => ascending[Math.ceil((percentage * lengths.length) / 100) - 1];
      expect(quantilesOf(ended(...lengths), 50, 90, 99)).toEqual([nth(50), nth(90), nth(99)]);
    }), { seed: 1 });
  });

  test("a run drawn twice counts as two runs alike; one not drawn, not at all", () => {
    const runs = fc.array(fc.array(fc.record({ length: fc.integer({ min: 1, max: 9 }), given: fc.boolean() }), { maxLength: 6 }), { minLength: 3, maxLength: 3 });
    fc.assert(fc.property(runs, (byRun) => {
      const [a = [], b = [], c = []] = byRun.map((run) => run.map(({ length, given }) => (given ? { censoredAfter: length } : { seconds: length })));
      expect(quantiles(sampleOf([a, b, c]), [10, 50, 90], Uint32Array.of(2, 0, 1))).toEqual(quantiles(sampleOf([a, a, c]), [10, 50, 90]));
    }), { seed: 2 });
  });
});

describe("the exact interval of a rate", () => {
  test.for([
    // count | low | high: the limits that Garwood, Biometrika 28 (1936), tabulated with fewer digits; each end holds 2.5 % of a Poisson distribution, by sums of whole numbers
    [0, 0, 3.6889],
    [1, 0.0253, 5.5716],
    [2, 0.2422, 7.2247],
    [5, 1.6235, 11.6683],
    [10, 4.7954, 18.3904],
    [20, 12.2165, 30.8884],
    [50, 37.1110, 65.9188],
    [100, 81.3640, 121.6268],
  ] as const)("%d happenings: [%d, %d]", ([count, low, high]) => {
    const [least, greatest] = poissonInterval(count, 1);
    expect(least).toBeCloseTo(low, 4);
    expect(greatest).toBeCloseTo(high, 4);
    // One unit of the last digit to either side, and there is more, or less, than a tail.
    const [tail, at] = [WHOLE / 40n, (mean: number): number => Math.round(mean * 10_000)];
    expect(poissonAtMost(count, at(high) - 1) > tail && poissonAtMost(count, at(high) + 1) < tail).toBe(true);
    if (count > 0) expect(WHOLE - poissonAtMost(count - 1, at(low) - 1) < tail && WHOLE - poissonAtMost(count - 1, at(low) + 1) > tail).toBe(true);
  });

  test("is right to ten digits on both sides of where the factorials change their formula", () => {
    const [low, high] = poissonInterval(21, 1);
    expect(low).toBeCloseTo(12.99933098407678, 10);
    expect(high).toBeCloseTo(32.10073073493447, 10);
    expect(poissonInterval(20, 1)[1]).toBeCloseTo(30.8883779026746, 10);
  });

  test.for([
    [0.5, 0.000491, 4.674202],
    [2.5, 0.415606, 8.006382],
    [20.5, 12.60726, 31.49518],
  ] as const)("lies between its neighbours for %d happenings: half the quantiles of χ² in a table", ([count, low, high]) => {
    const [least, greatest] = poissonInterval(count, 1);
    expect(least).toBeCloseTo(low, 4);
    expect(greatest).toBeCloseTo(high, 4);
    expect(poissonInterval(count + 1e-9, 1)[1]).toBeGreaterThan(greatest!);
  });

  // Beyond some 2,400, far from the count all probabilities are 0 for a machine: the greatest mean was sought there for ever.
  test.each([2_000.5, 2_500.5, 40_000.25])("of %d happenings, which is no whole number, lies between those of its neighbours", (count) => {
    const [least, greatest] = poissonInterval(count, 1);
    const [below, above] = [poissonInterval(Math.floor(count), 1), poissonInterval(Math.ceil(count), 1)];
    expect([least! > below[0]!, least! < above[0]!, greatest! > below[1]!, greatest! < above[1]!]).toEqual([true, true, true, true]);
  });

  test("is per unit of exposure; without exposure it has no upper end", () => {
    expect(poissonInterval(0, 10)[1]).toBeCloseTo(0.36889, 5);
    expect(poissonInterval(0, 0)).toEqual([0, null]);
  });

  test("grows with the count and always holds it", () => {
    let [low, high] = poissonInterval(0, 1);
    for (const count of [1, 2, 3, 19, 20, 21, 22, 500, 10_000, 1_000_000]) {
      const [nextLow, nextHigh] = poissonInterval(count, 1);
      expect(nextLow).toBeGreaterThan(low ?? NaN);
      expect(nextHigh).toBeGreaterThan(high ?? NaN);
      expect(nextLow).toBeLessThan(count);
      expect(nextHigh).toBeGreaterThan(count);
      [low, high] = [nextLow, nextHigh];
    }
    // A million is all but normal: 1.96 √n on either side, and a little skew.
    expect(low).toBeCloseTo(998_041, -1);
    expect(high).toBeCloseTo(1_001_962, -1);
  });
});

test.for([
  // hits | trials | low | high: the examples of Newcombe, Statistics in Medicine 17 (1998), by his method 3; both ends are roots of Wilson's quadratic, as the test sees for itself
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
] as const)("Wilson's interval: %d of %d lies in [%d, %d]", ([hits, trials, low, high]) => {
  const [least, greatest] = wilsonInterval(hits, trials);
  expect(least).toBeCloseTo(low, 4);
  expect(greatest).toBeCloseTo(high, 4);
  // (hits/trials − x)² = z² · x · (1 − x) / trials
  for (const x of [least, greatest]) expect((hits / trials - (x ?? NaN)) ** 2).toBeCloseTo((1.959963984540054 ** 2 * (x ?? NaN) * (1 - (x ?? NaN))) / trials, 12);
});

describe("the bootstrap of whole runs", () => {
  const widthOf = ([low, high]: Interval): number => (high ?? NaN) - (low ?? NaN);
  const medianInterval = (byRun: readonly (readonly Observation[])[], seed = "s"): Interval =>
    bootstrap(sampleOf(byRun), [50], resamplings(byRun.length, seed))[0] ?? [null, null];

  test("one run says nothing of the others", () => {
    expect(bootstrap(sampleOf([ended(1, 2, 3, 4, 5, 6, 7)]), [50, 99], resamplings(1, "s"))).toEqual([[null, null], [null, null]]);
    expect(medianInterval([ended(1, 2, 3, 4, 5, 6, 7), [], []])).toEqual([null, null]);
    expect(medianInterval([[], []])).toEqual([null, null]);
  });

  test.for([
    // observations | percentage | may have [a low end, a high end]
    [5, 50, false, false], [6, 50, true, true],
    [35, 90, true, false], [36, 90, true, true],
    [367, 99, true, false], [368, 99, true, true],
  ] as const)("%d observations bound a %dth percentile: below %s, above %s", ([n, percentage, hasLow, hasHigh]) => {
    const byRun = Array.from({ length: n }, (_, i) => ended(i));
    const [[low, high] = [null, null]] = bootstrap(sampleOf(byRun), [percentage], resamplings(n, "s"));
    expect([low !== null, high !== null]).toEqual([hasLow, hasHigh]);
  });

  test("a draw that meets no observation has no say", () => {
    const eightEmpty = Array.from({ length: 8 }, () => []);
    expect(medianInterval([ended(1, 2, 3), ended(7, 8, 9), ...eightEmpty])).toEqual([2, 8]);
  });

  test("an end among the censored is open", () => {
    const byRun = Array.from({ length: 20 }, (_, i) => (i < 11 ? ended(i) : censored(30)));
    const [low, high] = medianInterval(byRun);
    expect(low).toBeLessThan(10);
    expect(high).toBeNull();
  });

  test("the censored do not help to bound: of four hundred, twenty that ended say no more than twenty", () => {
    const byRun = Array.from({ length: 20 }, (_, i) => [...censored(...Array.from({ length: 19 }, () => 0.5)), ...ended(i + 1)]);
    const [[low, high] = [null, null]] = bootstrap(sampleOf(byRun), [99], resamplings(20, "s"));
    expect(low).toBeGreaterThan(10);
    expect(high).toBeNull();
  });

  test("runs are drawn, not observations: a thousand alike in each of eight runs are no more than one", () => {
    const once = Array.from({ length: 8 }, (_, i) => ended(i));
    const often = once.map((run) => Array.from({ length: 1_000 }, () => run).flat());
    expect(medianInterval(often)).toEqual(medianInterval(once));
  });

  test("the same seed draws the same, another draws otherwise", () => {
    expect(resamplings(5, "a")).toEqual(resamplings(5, "a"));
    expect(resamplings(5, "a")).not.toEqual(resamplings(5, "b"));
  });

  // Runs of five waits each, exponential of mean 1 around an effect of the run's own.
  const worlds = (count: number, runs: number): readonly (readonly (readonly Observation[])[])[] => {
    let rng: Rng = rngFrom(7);
    const draw = (): number => {
      const [value, nextRng] = below(1_000_000, rng);
      rng = nextRng;
      return -ln((value + 0.5) / 1_000_000);
    };
    return Array.from({ length: count }, () => Array.from({ length: runs }, () => {
      const effect = draw();
      return ended(...Array.from({ length: 5 }, () => effect + draw()));
    }));
  };

  test("four times the runs: about half the width, on average", () => {
    const meanWidth = (runs: number): number => worlds(40, runs).reduce((sum, world) => sum + widthOf(medianInterval(world)), 0) / 40;
    const ratio = meanWidth(64) / meanWidth(16);
    expect(ratio).toBeGreaterThan(0.4);
    expect(ratio).toBeLessThan(0.65);
  });

  test("with thirty runs it holds the true median about as often as it says", () => {
    // The sum of two exponentials: 1 − (1 + x)·e^−x = ½ at x = 1.678347.
    const holding = worlds(200, 30).filter((world, i) => {
      const [low, high] = medianInterval(world, `${i}`);
      return low !== null && high !== null && low <= 1.678347 && high >= 1.678347;
    });
    expect(holding.length / 200).toBeGreaterThan(0.9);
  });
});
