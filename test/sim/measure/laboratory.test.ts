/** The laboratory's statistics against published worked values, and against laws that hold for any sample. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { percentileInterval, percentileRanks } from "../../../sim/measure/binomial.ts";
import { comparePairs, type Pair } from "../../../sim/measure/paired.ts";
import { holm } from "../../../sim/measure/permutation.ts";
import { bootstrap, poissonInterval, quantiles, resamplings, sampleOf } from "../../../sim/measure/statistics.ts";
import { studentDeviate, studentTails } from "../../../sim/measure/student.ts";
import { survival } from "../../../sim/measure/survival.ts";

const ended = (...lengths: readonly number[]): readonly { readonly seconds: number }[] => lengths.map((seconds) => ({ seconds }));
const censored = (...lengths: readonly number[]): readonly { readonly censoredAfter: number }[] => lengths.map((censoredAfter) => ({ censoredAfter }));

describe("ranks between which a percentile lies", () => {
  // Medians at 95 %: the table of Nair, Sankhyā 4 (1940), as printed in Dixon and Massey, Introduction to Statistical Analysis, 4th ed. (1983), table A-25: k-th from either end.
  test.for([[6, 1], [8, 1], [9, 2], [10, 2], [12, 3], [15, 4], [20, 6], [25, 8], [30, 10], [50, 18], [100, 40]] as const)("of %d, the median lies between the %d-th from either end", ([n, k]) => {
    expect(percentileRanks(n, 50)).toEqual([k, n + 1 - k]);
  });

  test("five are too few for a median, and 368 are enough for a p99", () => {
    expect(percentileRanks(5, 50)).toEqual([null, null]);
    expect(percentileRanks(367, 99)[1]).toBe(null);
    expect(percentileRanks(368, 99)[1]).toBe(368);
  });

  // Conover, Practical Nonparametric Statistics (1999), §3.2, example 3: sixteen transistors; the upper quartile lies between the 9th and the 15th with 90.94 %, of which 2.71 % are
  // missed below and 6.35 % above.
  test("sixteen transistors: the upper quartile", () => {
    const hours = [46.9, 47.2, 49.1, 56.5, 56.8, 59.2, 59.9, 63.2, 63.3, 63.4, 63.7, 64.1, 67.1, 67.7, 73.3, 78.5];
    expect(percentileInterval(hours, 75, 0.0636)).toEqual([63.3, 73.3]);
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
  // Freireich et al. (1963), 6-MP: shares and Greenwood's errors as printed in Kalbfleisch and Prentice (1980), table 1.2, and Kleinbaum and Klein (2012), §2.
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
  });

  test("the interval on the scale of ln(−ln) is that of R's survfit with conf.type = log-log", () => {
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
  // Fisher and Yates, Statistical Tables (1938), table III.
  test.for([[1, 12.706], [2, 4.303], [5, 2.571], [9, 2.262], [10, 2.228], [30, 2.042], [120, 1.980]] as const)("with %d degrees of freedom, 2.5 %% lie above %d", ([freedom, t]) => {
    expect(studentDeviate(0.025, freedom)).toBeCloseTo(t, 3);
    expect(studentTails(t, freedom)).toBeCloseTo(0.05, 3);
  });
});

describe("pairs", () => {
  // Student, Biometrika 6 (1908): hours of sleep gained by ten patients with two drugs. R's t.test: mean of differences 1.58, [0.70, 2.46].
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

  // Darwin's maize, Fisher, The Design of Experiments (1935), §21: of 32,768 ways, 1,726 have a sum as great as 314 eighths of an inch in favour of crossing, or as small.
  test("Darwin's maize, as Fisher counted it", () => {
    const eighths = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];
    const { p, mean } = comparePairs(eighths.map((seconds): Pair => [{ seconds: 0 }, { seconds }]));
    expect((mean ?? 0) * 15).toBeCloseTo(314, 9);
    expect(p * 32_768).toBeCloseTo(1_726, 6);
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

test("Holm's correction of the p that Wright (Biometrics 48, 1992) printed", () => {
  const corrected = holm([0.01, 0.04, 0.03, 0.005]);
  [0.03, 0.06, 0.06, 0.02].forEach((p, i) => expect(corrected[i]).toBeCloseTo(p, 12));
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
