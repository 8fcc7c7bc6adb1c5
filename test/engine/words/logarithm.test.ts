/** Our own ln and exp against the machine's, and the steps that they decide against tables. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ceilLn, ceilLog10, exp, ln, log10Thousandths } from "../../../engine/words/logarithm.ts";

const RUNS = { seed: 2718, numRuns: 50_000 };
const LEAST = 5e-324;
const GREATEST = Number.MAX_VALUE;

/** How many doubles lie between two. */
function ulps(one: number, other: number): number {
  const place = (x: number): bigint => {
    const [bits = 0n] = new BigInt64Array(Float64Array.of(x).buffer);
    return bits < 0n ? -(bits & 0x7fff_ffff_ffff_ffffn) : bits;
  };
  const between = Number(place(one) - place(other));
  return Number.isNaN(one) || Number.isNaN(other) ? Infinity : Math.abs(between);
}

describe("ln", () => {
  test("is the machine's to within four units in the last place, anywhere", () => {
    const nearOne = fc.double({ min: 0.5, max: 2, noNaN: true });
    const anywhere = fc.oneof(fc.double({ min: LEAST, max: GREATEST, noNaN: true }), nearOne, fc.nat().map((n) => n + 1));
    fc.assert(fc.property(anywhere, (x) => {
      if (ulps(ln(x), Math.log(x)) > 4) throw new Error(`ln ${x} = ${ln(x)}, not ${Math.log(x)}`);
    }), RUNS);
    const borders = [2.2250738585072014e-308, 0.7071067811865475, 0.7071067811865476, 1.414213562373095, 1.4142135623730951];
    for (const x of [LEAST, ...borders, Math.E, GREATEST]) {
      expect(ulps(ln(x), Math.log(x))).toBeLessThanOrEqual(4);
    }
  });

  test("is exact where it can be, and says what has none", () => {
    expect([ln(1), ln(0), ln(-1), ln(NaN), ln(Infinity)]).toEqual([0, -Infinity, NaN, NaN, Infinity]);
  });

  test("never falls", () => {
    for (let n = 1, last = -1; n <= 200_000; n++) {
      const here = ln(n);
      if (here <= last) throw new Error(`ln ${n}`);
      last = here;
    }
  });
});

describe("exp", () => {
  test("is the machine's to within four units in the last place, anywhere", () => {
    const nearZero = fc.double({ min: -1, max: 1, noNaN: true });
    const anywhere = fc.oneof(fc.double({ min: -745, max: 709.78, noNaN: true }), nearZero, fc.integer({ min: -745, max: 709 }));
    fc.assert(fc.property(anywhere, (x) => {
      if (ulps(exp(x), Math.exp(x)) > 4) throw new Error(`exp ${x} = ${exp(x)}, not ${Math.exp(x)}`);
    }), RUNS);
  });

  test("ends where doubles end", () => {
    expect([exp(0), exp(-0), exp(-746), exp(-Infinity), exp(710), exp(Infinity), exp(NaN)]).toEqual([1, 1, 0, 0, Infinity, Infinity, NaN]);
    expect(exp(709.78)).toBeLessThan(Infinity);
    expect(exp(-745)).toBe(LEAST);
  });
});

describe("⌈ln n⌉", () => {
  test("steps behind each power of e", () => {
    for (let k = 1; k <= 20; k++) {
      const below = Math.floor(Math.E ** k);
      expect([ceilLn(below), ceilLn(below + 1)]).toEqual([k, k + 1]);
    }
    expect([ceilLn(1), ceilLn(2)]).toEqual([0, 1]);
  });

  // How often a rumour is told in a group of n, in units of λ (SWIM §5).
  test.for([[1, 1], [6, 2], [7, 3], [19, 3], [20, 4], [53, 4], [54, 5], [147, 5], [148, 6], [402, 6], [403, 7], [1_095, 7], [1_096, 8]] as const)(
    "⌈ln(%i + 1)⌉ = %i",
    ([n, expected]) => {
      expect(ceilLn(n + 1)).toBe(expected);
    },
  );
});

describe("⌈log₁₀ n⌉", () => {
  test("steps behind each power of ten, and is exact at it", () => {
    for (let k = 0, power = 1; k <= 15; k++, power *= 10) {
      expect([ceilLog10(power), ceilLog10(power + 1)]).toEqual([k, k + 1]);
      if (k > 0) expect(ceilLog10(power - 1)).toBe(k === 1 ? 1 : k);
    }
  });

  // memberlist's own: RetransmitMult 4 · ⌈log₁₀(N + 1)⌉ (rules B.10).
  test.for([[0, 0], [1, 4], [9, 4], [10, 8], [99, 8], [100, 12], [999, 12], [1_000, 16], [10_000, 20]] as const)(
    "4 · ⌈log₁₀(%i + 1)⌉ = %i",
    ([n, expected]) => {
      expect(4 * ceilLog10(n + 1)).toBe(expected);
    },
  );
});

test("log₁₀ n in thousandths is what memberlist's arithmetic makes of it, for every group of up to 200,000", () => {
  for (let n = 1; n <= 200_000; n++) {
    const theirs = Math.trunc(Math.log10(n) * 1000) / 1000;
    if (log10Thousandths(n) !== theirs) throw new Error(`log₁₀ ${n}: ${log10Thousandths(n)}, not ${theirs}`);
  }
});
