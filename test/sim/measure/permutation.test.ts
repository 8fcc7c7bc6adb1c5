/** The test by ranks, Holm's correction and the shift, against published examples, and against all ways tried one by one. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gehanScores, holm, rankTest, shiftOf } from "../../../sim/measure/permutation.ts";
import type { Observation } from "../../../sim/measure/result.ts";

const seen = (...lengths: readonly number[]): readonly Observation[] => lengths.map((seconds) => ({ seconds }));
/** Freireich and others (1963): weeks of remission, negative where it still went on. */
const weeks = (...lengths: readonly number[]): readonly Observation[] => lengths.map((length) => (length < 0 ? { censoredAfter: -length } : { seconds: length }));
const treated = weeks(6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35);
const placebo = weeks(1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23);

/** Every way to choose so many of these, by trying all: what the table of ways is held to. */
function byTrying(scores: readonly number[], chosen: number, sum: number): number {
  const sums: number[] = [];
  const choose = (from: number, left: number, total: number): void => {
    if (left === 0) return void sums.push(total);
    for (let next = from; next <= scores.length - left; next++) choose(next + 1, left - 1, total + (scores[next] ?? 0));
  };
  choose(0, chosen, 0);
  return sums.filter((total) => Math.abs(total) >= Math.abs(sum)).length / sums.length;
}

describe("the test by ranks", () => {
  test("Hollander and Wolfe (1973), pages 69 and 70, the example of R's wilcox.test: permeability of the placenta, one-sided 0.1272 with U = 35", () => {
    const term = seen(0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46);
    const early = seen(1.15, 0.88, 0.9, 0.74, 1.21);
    expect(rankTest(term, early).p).toBeCloseTo(2 * 0.1272, 3);
    expect(rankTest(early, term).p).toBe(rankTest(term, early).p);
  });

  test("SciPy's example of mannwhitneyu: diabetes in men and women, 0.1111", () => {
    expect(rankTest(seen(19, 22, 16, 29, 24), seen(20, 11, 17, 12)).p).toBeCloseTo(1 / 9, 12);
  });

  test("Mann and Whitney (1947): three against four, U = 1 has 2 of the 35 ways on its side: 1, 2, 3 and 1, 2, 4", () => {
    expect(rankTest(seen(1, 2, 4), seen(3, 5, 6, 7)).p).toBeCloseTo(4 / 35, 12);
  });

  test("Gehan (1965): the remissions of Freireich's 42 children have W = 271, which hardly ever comes by chance", () => {
    const scores = gehanScores([...treated, ...placebo]);
    expect(scores.slice(0, treated.length).reduce((sum, score) => sum + score, 0)).toBe(271);
    expect(rankTest(treated, placebo).p).toBeLessThan(0.001);
    expect(rankTest(treated, placebo).p).toBeGreaterThan(0.0001);
  });

  test("is what trying all ways gives, with ties and with censoring", () => {
    const observation = fc.record({ length: fc.integer({ min: 0, max: 5 }), ended: fc.boolean() })
      .map(({ length, ended }): Observation => (ended ? { seconds: length } : { censoredAfter: length }));
    fc.assert(fc.property(fc.array(observation, { minLength: 1, maxLength: 5 }), fc.array(observation, { minLength: 1, maxLength: 6 }), (one, other) => {
      const scores = gehanScores([...one, ...other]);
      const sum = scores.slice(0, one.length).reduce((total, score) => total + score, 0);
      expect(rankTest(one, other).p).toBeCloseTo(byTrying(scores, one.length, sum), 9);
    }), { seed: 7, numRuns: 150 });
  });

  test("says how little it could have found: one against four has no p below two in five", () => {
    expect(rankTest(seen(9), seen(1, 2, 3, 4))).toEqual({ p: expect.closeTo(0.4, 12), leastP: expect.closeTo(0.4, 12), isExact: true });
    expect(rankTest(seen(1), seen(1, 1))).toEqual({ p: 1, leastP: 1, isExact: true });
  });

  test("draws ways where there are too many to count, and comes to the same", () => {
    const one = seen(...Array.from({ length: 200 }, (_, n) => n * 1.01));
    const other = seen(...Array.from({ length: 200 }, (_, n) => n + 9.3));
    const drawn = rankTest(one, other);
    expect(drawn.isExact).toBe(false);
    expect(drawn.p).toBeGreaterThan(0.05);
    expect(drawn.p).toBeLessThan(0.6);
    expect(rankTest(one, seen(...Array.from({ length: 200 }, (_, n) => n + 500))).p).toBeCloseTo(1 / 20_001, 9);
  });
});

// 4 · 0.005, 3 · 0.01, 2 · 0.03, and 0.04, which may not be less than the one before.
test("Holm (1979): 0.01, 0.04, 0.03 and 0.005 become 0.03, 0.06, 0.06 and 0.02", () => {
  expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02].map((p) => expect.closeTo(p, 12)));
  expect(holm([0.9, 0.8])).toEqual([1, 1]);
  expect(holm([])).toEqual([]);
});

describe("the shift", () => {
  test("is the median of all differences, and its interval holds 0 unless the test rejects it", () => {
    expect(shiftOf(seen(11, 12, 13), seen(1, 2, 3, 4, 5))?.by).toBe(9);
    fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 1_000 }), { minLength: 9, maxLength: 12 }), fc.integer({ min: 3, max: 5 }), (all, cut) => {
      const [one, other] = [seen(...all.slice(0, cut)), seen(...all.slice(cut))];
      const interval = shiftOf(one, other)?.ci95;
      if (interval == null) return;
      expect(interval[0] < 0 && interval[1] > 0).toBe(rankTest(one, other).p > 0.05);
    }), { seed: 3, numRuns: 200 });
  });

  test("is unknown where something was given up, and unbounded where too little was seen", () => {
    expect(shiftOf(weeks(1, -2), seen(1))).toBeNull();
    expect(shiftOf(seen(1), seen(2, 3))).toEqual({ by: -1.5, ci95: null });
  });
});
