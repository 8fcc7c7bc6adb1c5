/** Latencies: quantiles against the closed forms, in the platform's own logarithms. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { micros, milliseconds, seconds } from "../../../engine/index.ts";
import type { Latency } from "../../../sim/scenario/model.ts";
import { latencyAt, normalAt } from "../../../sim/world/latency.ts";
import { uniform } from "../../builders.ts";

const MS = 1_000;
const kinds = {
  constant: { kind: "constant", of: milliseconds(3) },
  uniform: uniform(2, 12),
  normal: { kind: "normal", mean: milliseconds(50), deviation: milliseconds(5), min: milliseconds(1) },
  lognormal: { kind: "lognormal", median: milliseconds(20), sigma: 0.5 },
  exponential: { kind: "exponential", min: milliseconds(1), mean: milliseconds(10) },
  pareto: { kind: "pareto", min: milliseconds(5), alpha: 1.5 },
  weibull: { kind: "weibull", scale: milliseconds(40), shape: 0.5 },
  empirical: { kind: "empirical", points: [[0, milliseconds(1)], [0.5, milliseconds(3)], [0.9, milliseconds(11)], [1, milliseconds(111)]] },
} as const satisfies Record<Latency["kind"], Latency>;

/** From tables: the standard normal's quantiles. */
const NORMAL = { 0.5: 0, 0.9: 1.2815515655446004, 0.999: 3.090232306167813 } as const;

describe("a share u of all packets is no later than", () => {
  test.for([
    // latency            u      microseconds
    [kinds.constant,      0,     3 * MS],
    [kinds.constant,      0.999, 3 * MS],
    [kinds.uniform,       0,     2 * MS],
    [kinds.uniform,       0.5,   7 * MS],
    [kinds.uniform,       0.9,   11 * MS],
    [kinds.uniform,       0.999, 11.99 * MS],
    [kinds.normal,        0.5,   50 * MS],
    [kinds.normal,        0.9,   (50 + 5 * NORMAL[0.9]) * MS],
    [kinds.normal,        0.999, (50 + 5 * NORMAL[0.999]) * MS],
    [kinds.weibull,       0,     0],
    [kinds.weibull,       0.5,   40 * MS * Math.log(2) ** 2],
    [kinds.weibull,       0.9,   40 * MS * Math.log(10) ** 2],
    [kinds.lognormal,     0.5,   20 * MS],
    [kinds.lognormal,     0.9,   20 * MS * Math.exp(0.5 * NORMAL[0.9])],
    [kinds.lognormal,     0.999, 20 * MS * Math.exp(0.5 * NORMAL[0.999])],
    [kinds.exponential,   0,     1 * MS],
    [kinds.exponential,   0.5,   (1 + 10 * Math.log(2)) * MS],
    [kinds.exponential,   0.9,   (1 + 10 * Math.log(10)) * MS],
    [kinds.exponential,   0.999, (1 + 10 * Math.log(1_000)) * MS],
    [kinds.pareto,        0,     5 * MS],
    [kinds.pareto,        0.5,   5 * MS * Math.pow(2, 1 / 1.5)],
    [kinds.pareto,        0.9,   5 * MS * Math.pow(10, 1 / 1.5)],
    [kinds.pareto,        0.999, 5 * MS * 100],
    [kinds.empirical,     0,     1 * MS],
    [kinds.empirical,     0.25,  2 * MS],
    [kinds.empirical,     0.5,   3 * MS],
    [kinds.empirical,     0.7,   7 * MS],
    [kinds.empirical,     0.9,   11 * MS],
    [kinds.empirical,     0.999, 110 * MS],
  ] as const)("%o at %f: %f µs", ([latency, u, expected]) => {
    // Rounded to the nearest microsecond.
    expect(Math.abs(latencyAt(latency, u) - expected)).toBeLessThanOrEqual(0.5 + 1e-6);
  });
});

describe("whatever the draw", () => {
  const aDraw = fc.oneof(fc.constantFrom(0, 0.02425, 0.5, 0.97575, 1 - 2 ** -32), fc.nat({ max: 2 ** 32 - 1 }).map((word) => word / 2 ** 32));
  const aLatency = fc.constantFrom<Latency>(...Object.values(kinds), { ...kinds.normal, deviation: seconds(1) }, { kind: "pareto", min: micros(7), alpha: 0.9 });

  test("a latency is a whole number of microseconds, not below nothing, and not for ever", () => {
    fc.assert(fc.property(aLatency, aDraw, (latency, u) => {
      const length = latencyAt(latency, u);
      expect(Number.isSafeInteger(length) && length >= 0, `${length}`).toBe(true);
    }), { seed: 12, numRuns: 1_000 });
  });

  test("a greater draw is never a shorter way", () => {
    fc.assert(fc.property(aLatency, aDraw, aDraw, (latency, one, other) => {
      expect(latencyAt(latency, Math.max(one, other))).toBeGreaterThanOrEqual(latencyAt(latency, Math.min(one, other)));
    }), { seed: 13, numRuns: 1_000 });
  });

  test("the least latency is kept", () => {
    const wild: Latency = { ...kinds.normal, deviation: seconds(1) };
    expect([0, 0.1, 0.4].map((u) => latencyAt(wild, u))).toEqual([1 * MS, 1 * MS, 1 * MS]);
    expect(latencyAt(wild, 0.6)).toBeGreaterThan(50 * MS);
  });
});

describe("the standard normal's quantile", () => {
  test.for([
    [0.001, -3.090232306167813],
    [0.01, -2.3263478740408408],
    [0.02425, -1.9729610513118845],
    [0.25, -0.6744897501960817],
    [0.5, 0],
    [0.8413447460685429, 1],
    [0.9, 1.2815515655446004],
    [0.975, 1.959963984540054],
    [0.9772498680518208, 2],
    [0.999, 3.090232306167813],
    [0.999999, 4.753424308822899],
  ] as const)("at %f is %f", ([u, expected]) => {
    // Acklam's relative error is below 1.15e-9.
    expect(Math.abs(normalAt(u) - expected)).toBeLessThanOrEqual(1.15e-9 * Math.abs(expected));
  });

  test("has two equal sides", () => {
    for (const u of [0.01, 0.02, 0.03, 0.2, 0.4]) expect(normalAt(u) + normalAt(1 - u)).toBeCloseTo(0, 8);
  });

  test("stays finite at both ends, at more than six deviations", () => {
    expect(normalAt(1)).toBeCloseTo(-normalAt(0), 6);
    expect(normalAt(1)).toBeGreaterThan(6);
    expect(normalAt(1)).toBeLessThan(6.5);
  });
});

test("measured shares need not be spread evenly: where two points share one share, the latency jumps", () => {
  const jump: Latency = { kind: "empirical", points: [[0, milliseconds(1)], [0.5, milliseconds(1)], [0.5, milliseconds(9)], [1, milliseconds(9)]] };
  expect([0, 0.499, 0.5, 0.999].map((u) => latencyAt(jump, u))).toEqual([1 * MS, 1 * MS, 9 * MS, 9 * MS]);
});
