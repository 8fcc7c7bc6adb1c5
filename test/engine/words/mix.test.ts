/** Hashes: that each bit of what goes in stirs half of what comes out, and that they are still the same. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fold, foldText, foldWide, hashOf, mix } from "../../../engine/words/mix.ts";

const bits = Array.from({ length: 32 }, (_, bit) => bit);
const TRIES = 2_000;

/** How often each bit of the result turned when one bit of the input did, as a share. */
function avalanche(hash: (value: number) => number, bit: number): readonly number[] {
  const turned = bits.map(() => 0);
  for (let k = 0; k < TRIES; k++) {
    const value = Math.imul(k, 0x9e3779b1);
    const difference = hash(value) ^ hash(value ^ (1 << bit));
    for (const out of bits) turned[out] = (turned[out] ?? NaN) + ((difference >>> out) & 1);
  }
  return turned.map((count) => count / TRIES);
}

describe("one bit of the input turns each bit of the result about half of the time", () => {
  test.for([
    ["mix", mix],
    ["fold, by its value", (value: number) => fold(1, value)],
    ["fold, by what was before", (value: number) => fold(value, 1)],
    ["foldText, by what was before", (value: number) => foldText(value, "a")],
  ] as const)("%s", ([, hash]) => {
    for (const bit of bits) for (const share of avalanche(hash, bit)) expect(Math.abs(share - 0.5)).toBeLessThan(0.1);
  });
});

describe("mix", () => {
  test("maps no two numbers to one", () => {
    expect(new Set(Array.from({ length: 200_000 }, (_, k) => mix(k))).size).toBe(200_000);
  });
});

describe("foldWide", () => {
  test("feels each of 53 bits", () => {
    const hashes = new Set([foldWide(0, 0)]);
    for (let bit = 0; bit < 53; bit++) hashes.add(foldWide(0, 2 ** bit));
    expect(hashes.size).toBe(54);
  });
});

describe("folding", () => {
  test("depends on the order, and on where texts end", () => {
    fc.assert(fc.property(fc.integer(), fc.integer(), (one, other) => {
      if (one !== other) expect(fold(fold(0, one), other)).not.toBe(fold(fold(0, other), one));
    }), { seed: 32, numRuns: 2_000 });
    expect(foldText(foldText(0, "ab"), "c")).not.toBe(foldText(foldText(0, "a"), "bc"));
    expect(foldText(0, "")).not.toBe(foldText(0, "\0"));
  });

  test("of like names spreads", () => {
    const hashes = Array.from({ length: 10_000 }, (_, k) => hashOf(`member-${k}`));
    for (const bit of bits) {
      const ones = hashes.filter((hash) => ((hash >>> bit) & 1) === 1).length;
      expect(Math.abs(ones / hashes.length - 0.5)).toBeLessThan(0.03);
    }
    expect(new Set(hashes.map((hash) => hash >>> 16)).size).toBeGreaterThan(9_000);
  });
});

// These show nothing but that the hashes are still the same. Every golden trace hangs on them.
test("nothing has changed", () => {
  const hashes = [mix(0), mix(1), mix(-1), fold(0, 1), fold(1, 0), foldWide(0, 2 ** 40), hashOf(""), hashOf("a"), hashOf("😀")];
  expect(hashes).toEqual([0, 1_753_845_952, 1_734_902_346, 1_753_845_952, 1_834_104_592, -914_098_419, 1_947_474_976, -1_864_882_368, -1_768_724_599]);
});
