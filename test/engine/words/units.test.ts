/** Arithmetic with lengths and points of time, and the one rule of incarnations. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { NEVER, ORIGIN, above, after, incarnation, instant, micros, milliseconds, nextSeq, seconds, seqNo, seqsBetween, since, stretch } from "../../../engine/words/units.ts";

const aLength = fc.nat({ max: 2 ** 31 - 1 }).map(micros);
const aPoint = fc.nat({ max: 2 ** 31 - 1 }).map((point) => instant(point * 1_000));
const RUNS = { seed: 6, numRuns: 1_000 };

test("lengths are whole microseconds, whatever they were given in", () => {
  expect([micros(1.4), milliseconds(1.5), seconds(0.000_000_6), seconds(24 * 3600)]).toEqual([1, 1_500, 1, 86_400_000_000]);
  expect(instant(2.5)).toBe(3);
});

test("what is `wait` after a point is `wait` away from it", () => {
  fc.assert(fc.property(aPoint, aLength, (point, wait) => {
    expect(since(after(point, wait), point)).toBe(wait);
    expect(after(point, since(point, ORIGIN))).toBe(2 * point);
  }), RUNS);
});

test("stretching keeps to whole microseconds", () => {
  expect([stretch(micros(3), 1.5), stretch(micros(1_000), 0.1234), stretch(seconds(1), 0)]).toEqual([5, 123, 0]);
  fc.assert(fc.property(aLength, fc.double({ min: 0, max: 1_000, noNaN: true }), (length, factor) => {
    expect(Number.isSafeInteger(stretch(length, factor))).toBe(true);
  }), RUNS);
});

test("above is above both, and no higher than it must be", () => {
  fc.assert(fc.property(fc.nat(), fc.nat(), (one, other) => {
    const higher = above(incarnation(one), incarnation(other));
    expect(higher > one && higher > other).toBe(true);
    expect(higher - 1 === one || higher - 1 === other).toBe(true);
  }), RUNS);
});

test("questions are counted from 1 to what 32 bits hold, and then from 1 again", () => {
  expect([seqNo(0), seqNo(1), seqNo(4_294_967_294), seqNo(4_294_967_295)].map(nextSeq)).toEqual([1, 2, 4_294_967_295, 1]);
  expect([seqsBetween(seqNo(3), seqNo(5)), seqsBetween(seqNo(4_294_967_294), seqNo(2)), seqsBetween(seqNo(5), seqNo(5))]).toEqual([2, 3, 0]);
  expect(seqsBetween(seqNo(5), seqNo(3)), "asked before").toBeGreaterThan(2 ** 31);
});

test("never is later than any point, and still a whole number", () => {
  expect(Number.isSafeInteger(NEVER)).toBe(true);
  expect(NEVER).toBeGreaterThan(after(instant(1e15), seconds(100 * 365 * 86_400)));
});
