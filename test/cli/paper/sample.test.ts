/** What samples say. */

import { describe, expect, test } from "vitest";
import { deviationOf, errorOf, inversionsIn, meanOf, medianOf, quantileOf, slopeOf } from "../../../sim/cli/paper/model/sample.ts";
import { infectedAt, infectedShare, serfConvergence, swimLimit } from "../../../sim/cli/paper/theory.ts";

const upTo = (n: number): readonly number[] => Array.from({ length: n }, (_, k) => n - k);

test("means, deviations and errors", () => {
  expect(meanOf([1, 2, 6])).toBe(3);
  expect(meanOf([])).toBeNull();
  expect(deviationOf([1, 2, 6])).toBeCloseTo(Math.sqrt(7), 12);
  expect(errorOf([1, 2, 6])).toBeCloseTo(Math.sqrt(7 / 3), 12);
  expect([deviationOf([4]), errorOf([])]).toEqual([0, 0]);
});

describe("a quantile is one of the sample, the ⌈share · n⌉-th", () => {
  test.for([[100, 0.5, 50], [101, 0.5, 51], [100, 0.99, 99], [1_000, 0.999, 999], [7, 0.5, 4]] as const)("of %i, at %d: %i", ([n, share, expected]) => {
    expect(quantileOf(upTo(n), share)).toBe(expected);
  });

  test("a tail in which nobody of so few is expected has none", () => {
    expect([quantileOf(upTo(99), 0.99), quantileOf(upTo(999), 0.999), quantileOf([], 0.5)]).toEqual([null, null, null]);
  });

  test("a sample of one has a median all the same", () => {
    expect([medianOf([3]), medianOf([]), medianOf([3, 1, 2])]).toEqual([3, null, 2]);
  });
});

test("least squares", () => {
  const { slope, error } = slopeOf([[0, 1], [1, 3], [2, 5]], 2);
  expect(slope).toBeCloseTo(2, 12);
  expect(error).toBeCloseTo(Math.sqrt(2), 12);
});

test("pairs out of order", () => {
  expect([[1, 2, 3], [3, 2, 1], [1, 1], [2, 1, 3], []].map(inversionsIn)).toEqual([0, 3, 0, 1, 0]);
});

describe("closed forms", () => {
  test("an epidemic and its inverse", () => {
    expect(infectedAt(0.5, 56).toFixed(2)).toBe("2.02");
    expect(infectedShare(infectedAt(0.9, 128), 128)).toBeCloseTo(0.9, 9);
  });

  test("Serf's page: 30 members, its own table", () => {
    expect([0.5, 0.99, 0.9999].map((of) => serfConvergence(of, 30, 0).toFixed(2))).toEqual(["0.46", "1.07", "1.69"]);
    expect([0.5, 0.99, 0.9999].map((of) => serfConvergence(of, 30, 0.25).toFixed(2))).toEqual(["0.61", "1.43", "2.25"]);
  });

  test("the steps of SWIM's suspicion", () => {
    expect([19, 20, 53, 54, 147, 148].map(swimLimit)).toEqual([9, 12, 12, 15, 15, 18]);
  });
});
