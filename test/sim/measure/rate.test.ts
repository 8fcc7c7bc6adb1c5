/** The interval of a rate: exact for what comes alone, and as wide as bursts make it. */

import { describe, expect, test } from "vitest";
import { below, type Rng, rngFrom } from "../../../engine/index.ts";
import { dispersionOf, type Happenings, rateInterval } from "../../../sim/measure/rate.ts";
import { type Interval, poissonInterval } from "../../../sim/measure/statistics.ts";

describe("the interval of a rate", () => {
  const runs = (...counts: readonly number[]): readonly Happenings[] => counts.map((count) => ({ count, exposure: 2 }));

  test("of runs that vary as independent happenings do, or less, or of one run alone, is the exact one", () => {
    for (const few of [runs(7), runs(3, 4, 3, 4), runs(0, 0, 0)]) {
      expect(dispersionOf(few)).toBe(1);
      expect(rateInterval(few)).toEqual(poissonInterval(few.reduce((sum, { count }) => sum + count, 0), 2 * few.length));
    }
  });

  test("of one burst in many runs is that of one happening, as large as the burst", () => {
    const one = runs(40, ...Array.from({ length: 19 }, () => 0));
    expect(dispersionOf(one)).toBeCloseTo(40, 10);
    const [[low, high], [least, greatest]] = [rateInterval(one), poissonInterval(1, 1)];
    // Forty happenings for one, in twenty runs of two.
    expect([low, high]).toEqual([expect.closeTo(least!, 8), expect.closeTo(greatest!, 8)]);
  });

  test("expects of a longer run more", () => {
    expect(dispersionOf([{ count: 10, exposure: 1 }, { count: 100, exposure: 10 }])).toBe(1);
    expect(dispersionOf([{ count: 0, exposure: 0 }, { count: 5, exposure: 1 }])).toBe(1);
  });

  test("holds the true rate as often as it says where happenings come ten at a time, and where they come alone; the exact one does not", () => {
    let rng: Rng = rngFrom(7);
    const chance = (): number => { const [draw, next] = below(2 ** 31, rng); rng = next; return draw / 2 ** 31; };
    const poisson = (mean: number): number => {
      let [k, term] = [0, Math.exp(-mean)];
      for (let u = chance() - term; u > 0; u -= term) term *= mean / ++k;
      return k;
    };
    const share = (size: number, interval: (few: readonly Happenings[]) => Interval, { runs, mean } = { runs: 20, mean: 0.8 }): number => {
      const TRIES = 600;
      let hits = 0;
      for (let n = 0; n < TRIES; n++) {
        const [low, high] = interval(Array.from({ length: runs }, () => ({ count: size * poisson(mean), exposure: 1 })));
        if (low! <= mean * size && high! >= mean * size) hits++;
      }
      return hits / TRIES;
    };
    const plain = (few: readonly Happenings[]): Interval => poissonInterval(few.reduce((sum, { count }) => sum + count, 0), few.length);
    expect(share(10, rateInterval)).toBeGreaterThan(0.92);
    expect(share(1, rateInterval)).toBeGreaterThan(0.94);
    expect(share(10, plain)).toBeLessThan(0.6);
    // Of three runs the dispersion is a guess; without Student's deviate it holds in 85 of a hundred.
    expect(share(10, rateInterval, { runs: 3, mean: 2 })).toBeGreaterThan(0.92);
  });
});
