/** Lengths and shares: what may be written, and that what we write reads back. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { micros } from "../../../engine/index.ts";
import { readLength, readShare, showLength } from "../../../sim/scenario/index.ts";

test.for([
  // written     microseconds
  ["1us",        1],
  ["1µs",        1],
  ["1μs",        1],
  ["200ms",      200_000],
  ["1.5s",       1_500_000],
  ["0.1s",       100_000],
  ["1m30s",      90_000_000],
  ["1m 30s",     90_000_000],
  ["2h",         7_200_000_000],
  ["1d",         86_400_000_000],
  ["1h0.5ms",    3_600_000_500],
  [0,            0],
  ["0",          0],
  ["0s",         0],
] as const)("%s is %d µs", ([written, length]) => {
  expect(readLength(written)).toEqual({ ok: true, value: length });
});

test.for([
  [200,          "a length needs a unit: write 200ms or 200s"],
  ["200",        "\"200\" is not a length: write one such as 200ms, 1.5s or 1m30s"],
  ["5 parsecs",  "\"5 parsecs\" is not a length: write one such as 200ms, 1.5s or 1m30s"],
  ["s",          "\"s\" is not a length: write one such as 200ms, 1.5s or 1m30s"],
  ["-3s",        "-3s is impossible: a length is never negative"],
  ["0.1us",      "0.1us is too fine: the shortest length is 1us"],
  ["99999999d",  "99999999d is too long: a hundred years are the most"],
  [true,         "true is not a length: write one such as 200ms, 1.5s or 1m30s"],
] as const)("%s is no length", ([written, why]) => {
  expect(readLength(written)).toEqual({ ok: false, why });
});

test.for([
  [0,               "0s"],
  [1,               "1us"],
  [1_500,           "1.5ms"],
  [90_000_000,      "1m30s"],
  [90_000_001,      "1m30.000001s"],
  [90_061_000_000,  "1d1h1m1s"],
] as const)("%d µs are written %s", ([length, text]) => {
  expect(showLength(micros(length))).toBe(text);
});

test("every length reads back as itself", () => {
  const lengths = fc.oneof(fc.integer({ min: 0, max: 10_000_000 }), fc.integer({ min: 0, max: 3_153_600_000_000_000 }));
  fc.assert(fc.property(lengths, (length) => {
    expect(readLength(showLength(micros(length)))).toEqual({ ok: true, value: length });
  }), { seed: 20_26, numRuns: 2_000 });
});

test.for([
  ["5%",    0.05],
  ["0.1%",  0.001],
  ["100%",  1],
  ["0%",    0],
  [0.05,    0.05],
  [0,       0],
] as const)("%s is the share %d", ([written, share]) => {
  expect(readShare(written)).toEqual({ ok: true, value: share });
});

test.for([
  [1,       "1 is ambiguous: write 1% or 100%"],
  [5,       "5 is impossible: write a share from 0% to 100%, such as 5%"],
  [-0.1,    "-0.1 is impossible: write a share from 0% to 100%"],
  ["120%",  "120% is impossible: write a share from 0% to 100%"],
  ["-1%",   "-1% is impossible: write a share from 0% to 100%"],
  ["half",  "\"half\" is not a share: write one such as 5% or 0.05"],
  [null,    "nothing is not a share: write one such as 5% or 0.05"],
] as const)("%s is no share", ([written, why]) => {
  expect(readShare(written)).toEqual({ ok: false, why });
});
