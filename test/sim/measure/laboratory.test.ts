/** The laboratory's statistics against published worked values, and against laws that hold for any sample. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { percentileInterval, percentileRanks } from "../../../sim/measure/binomial.ts";
import { comparePairs, type Pair } from "../../../sim/measure/paired.ts";
import { holm } from "../../../sim/measure/permutation.ts";
import { bootstrap, poissonInterval, quantiles, resamplings, sampleOf } from "../../../sim/measure/statistics.ts";
import { studentDeviate, studentTails } from "../../../sim/measure/student.ts";
import { survival } from "../../../sim/measure/survival.ts";
import { binomialAtMost, studentBeyond, WHOLE } from "./exactly.ts";

const ended = (...lengths: readonly number[]): readonly { readonly seconds: number }[] => lengths.map((seconds) => ({ seconds }));
const censored = (...lengths: readonly number[]): readonly { readonly censoredAfter: number }[] => lengths.map((censoredAfter) => ({ censoredAfter }));

describe("ranks between which a percentile lies", () => {
  // Medians at 95 %, k-th from either end, as the tables since Nair, Sankhyā 4 (1940), have them; recomputed in whole numbers below.
  test.for([[6, 1], [8, 1], [9, 2], [10, 2], [12, 3], [15, 4], [20, 6], [25, 8], [30, 10], [50, 18], [100, 40]] as const)("of %d, the median lies between the %d-th from either end", ([n, k]) => {
    expect(percentileRanks(n, 50)).toEqual([k, n + 1 - k]);
  });

  test.for([1, 5, 6, 16, 25, 40].flatMap((n) => [10, 50, 75, 99].map((p) => [n, p] as const)))("of %d, the ranks of the %d-th are those of whole numbers", ([n, p]) => {
    // As often as not 2.5 % or less: fewer than `low` below, `high` or more below.
    const tail = WHOLE / 40n;
    let [low, high] = [0, n + 1];
    while (low < n && binomialAtMost(low, n, p) <= tail) low++;
    while (high > 0 && WHOLE - (high < 2 ? 0n : binomialAtMost(high - 2, n, p)) <= tail) high--;
    expect(percentileRanks(n, p)).toEqual([low === 0 ? null : low, high > n ? null : high]);
  });

  test("five are too few for a median, and 368 are enough for a p99", () => {
    expect(percentileRanks(5, 50)).toEqual([null, null]);
    expect(percentileRanks(367, 99)[1]).toBe(null);
    expect(percentileRanks(368, 99)[1]).toBe(368);
  });

  // Conover, Practical Nonparametric Statistics (1999), §3.2, example 3: sixteen transistors; the upper quartile lies between the 9th and the 15th with 90.94 %, of which 2.71 % are
  // missed below and 6.35 % above: shares of whole numbers, too.
  test("sixteen transistors: the upper quartile", () => {
    const hours = [46.9, 47.2, 49.1, 56.5, 56.8, 59.2, 59.9, 63.2, 63.3, 63.4, 63.7, 64.1, 67.1, 67.7, 73.3, 78.5];
    expect(percentileInterval(hours, 75, 0.0636)).toEqual([63.3, 73.3]);
    const percent = (share: bigint): number => Number((share * 10_000n + WHOLE / 2n) / WHOLE) / 100;
    expect([percent(binomialAtMost(8, 16, 75)), percent(WHOLE - binomialAtMost(14, 16, 75))]).toEqual([2.71, 6.35]);
  });

  test("symmetric: the interval of the p-th mirrors that of the (100 − p)-th", () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 400 }), fc.constantFrom(10, 25, 50), (n, p) => {
      const [low, high] = percentileRanks(n, p);
      const mirror = (rank: number | null): number | null => (rank === null ? null : n + 1 - rank);
      expect(percentileRanks(n, 100 - p)).toEqual([mirror(high), mirror(low)]);
    }), { seed: 3, numRuns: 60 });
  });
});

describe("survival", () => {
  // Freireich et al., Blood 21 (1963), 6-MP: the data that nearly every book on survival prints with these shares and Greenwood's errors; both follow from the two columns before
  // them, as the test reckons by itself.
  const sixMp = sampleOf([[...ended(6, 6, 6, 7, 10, 13, 16, 22, 23), ...censored(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)]]);
  const steps = survival(sixMp);

  test.for([
    // week | at risk | ended | share | standard error
    [6, 21, 3, 0.857, 0.0764], [7, 17, 1, 0.807, 0.0869], [10, 15, 1, 0.753, 0.0963], [13, 12, 1, 0.690, 0.1068], [16, 11, 1, 0.627, 0.1141], [22, 7, 1, 0.538, 0.1282], [23, 6, 1, 0.448, 0.1346],
  ] as const)("after week %d", ([at, atRisk, fell, share, error]) => {
    const step = steps.find((each) => each.at === at);
    expect(step).toMatchObject({ atRisk, ended: fell });
    expect(step?.share).toBeCloseTo(share, 3);
    expect(step?.error).toBeCloseTo(error, 4);
    const before = steps.filter((each) => each.at <= at);
    const product = before.reduce((left, each) => left * (1 - each.ended / each.atRisk), 1);
    expect(step?.share).toBeCloseTo(product, 12);
    expect(step?.error).toBeCloseTo(product * Math.sqrt(before.reduce((sum, each) => sum + each.ended / (each.atRisk * (each.atRisk - each.ended)), 0)), 12);
  });

  // S^exp(±1.96 · error / (S · ln S)), as R's survfit does with conf.type = "log-log": 18/21 to the power of e^±0.5781…, and so on.
  test("the interval on the scale of ln(−ln)", () => {
    expect(steps[0]?.ci95[0]).toBeCloseTo(0.620, 3);
    expect(steps[0]?.ci95[1]).toBeCloseTo(0.952, 3);
    expect(steps.at(-1)?.ci95[0]).toBeCloseTo(0.188, 3);
    expect(steps.at(-1)?.ci95[1]).toBeCloseTo(0.680, 3);
  });

  test("without censoring it is the share that is left, and it falls where the quantiles lie", () => {
    const all = survival(sampleOf([ended(1, 2, 2, 5)]));
    expect(all.map(({ at, share }) => [at, share])).toEqual([[1, 0.75], [2, 0.25], [5, 0]]);
    expect(all.at(-1)?.ci95).toEqual([null, null]);
  });
});

describe("Student's distribution", () => {
  // The column of 5 % in every table of t since Fisher and Yates, Statistical Tables (1938), table III; what lies beyond is reckoned by another formula as well.
  test.for([[1, 12.706], [2, 4.303], [5, 2.571], [9, 2.262], [10, 2.228], [30, 2.042], [120, 1.980]] as const)("with %d degrees of freedom, 2.5 %% lie above %d", ([freedom, t]) => {
    expect(studentDeviate(0.025, freedom)).toBeCloseTo(t, 3);
    expect(studentTails(t, freedom)).toBeCloseTo(0.05, 3);
    expect(studentBeyond(t, freedom)).toBeCloseTo(studentTails(t, freedom), 10);
  });
});

describe("pairs", () => {
  // Student, Biometrika 6 (1908), as in R's own data set `sleep`: hours gained by ten patients with two drugs. t.test(extra ~ group, sleep, paired = TRUE) prints t = −4.0621 with
  // nine degrees of freedom, a mean of −1.58 and the interval −2.4598858, −0.7001142.
  const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
  const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
  const pairs = first.map((seconds, i): Pair => [{ seconds }, { seconds: second[i] ?? 0 }]);

  test("Student's sleepers", () => {
    const { mean, ci95, above, below } = comparePairs(pairs);
    expect(mean).toBeCloseTo(1.58, 10);
    expect(ci95?.[0]).toBeCloseTo(0.7001142, 6);
    expect(ci95?.[1]).toBeCloseTo(2.4598858, 6);
    expect([above, below]).toEqual([9, 0]);
  });

  test("nine of ten sleepers gained, and none lost: of 512 ways to give signs, two part them as far", () => {
    expect(comparePairs(pairs)).toMatchObject({ p: 2 / 512, leastP: 2 / 512 });
  });

  // Darwin's maize, Fisher, The Design of Experiments (1935), §21: of the 32,768 ways to give signs to fifteen differences, 863 sum up to 314 eighths of an inch or more, and as many to
  // −314 or less; the test counts them once more, one by one.
  test("Darwin's maize, as Fisher counted it", () => {
    const eighths = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];
    const { p, mean } = comparePairs(eighths.map((seconds): Pair => [{ seconds: 0 }, { seconds }]));
    expect((mean ?? 0) * 15).toBeCloseTo(314, 9);
    expect(p * 32_768).toBeCloseTo(1_726, 6);
    const ways = Array.from({ length: 32_768 }, (_, signs) => eighths.reduce((sum, each, i) => sum + (((signs >> i) & 1) === 1 ? Math.abs(each) : -Math.abs(each)), 0));
    expect([ways.filter((sum) => sum >= 314).length, ways.filter((sum) => sum <= -314).length]).toEqual([863, 863]);
  });

  test("where pairs were given up, signs decide, and no mean is claimed", () => {
    const given: Pair[] = [[{ seconds: 1 }, { censoredAfter: 5 }], [{ seconds: 2 }, { seconds: 3 }], [{ censoredAfter: 4 }, { seconds: 9 }]];
    expect(comparePairs(given)).toMatchObject({ n: 3, censored: 2, mean: null, ci95: null, above: 2, below: 0, p: 0.5 });
  });

  test("more pairs than can be counted are drawn: about what counting would say", () => {
    const many = Array.from({ length: 40 }, (_, i): Pair => [{ seconds: i % 7 }, { seconds: (i % 7) + (i % 3 === 0 ? 1 : -0.55) }]);
    const { p, leastP } = comparePairs(many);
    expect(leastP).toBeLessThan(0.0001);
    expect(p).toBeGreaterThan(0.4);
    expect(comparePairs(many)).toEqual(comparePairs(many));
  });
});

// Holm, Scandinavian Journal of Statistics 6 (1979): the k-th least of m is multiplied by m − k + 1, and none falls below the one before it.
test("Holm's correction, by its definition", () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 12 }), (thousandths) => {
    const all = thousandths.map((p) => p / 1_000);
    const defined = all.map((p) => Math.min(1, Math.max(...all.filter((other) => other <= p).map((other) => other * all.filter((each) => each >= other).length))));
    holm(all).forEach((corrected, i) => expect(corrected).toBeCloseTo(defined[i] ?? NaN, 12));
  }), { seed: 5 });
});

describe("another confidence", () => {
  test("a rate at 90 %: 2.996 is the rule of three for nothing seen", () => {
    expect(poissonInterval(0, 1, 0.05)[1]).toBeCloseTo(2.9957, 4);
  });

  test("less sure, and narrower", () => {
    const sample = sampleOf(Array.from({ length: 30 }, (_, run) => ended((run * 7) % 31)));
    const [[low95, high95] = [0, 0]] = bootstrap(sample, [50], resamplings(30, "a"));
    const [[low50, high50] = [0, 0]] = bootstrap(sample, [50], resamplings(30, "a"), 0.25);
    expect((high50 ?? 0) - (low50 ?? 0)).toBeLessThan((high95 ?? 0) - (low95 ?? 0));
  });
});

test("one that stands for three is three", () => {
  const one = sampleOf([ended(1, 2)]);
  const thinned = one.map((each) => ({ ...each, times: each.length === 1 ? 3 : 1 }));
  expect(quantiles(thinned, [50, 75, 90])).toEqual(quantiles(sampleOf([ended(1, 1, 1, 2)]), [50, 75, 90]));
});
