/** Lengths of things on the wire. Whole messages are measured against their bytes in test/engine/wire. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hostSize, portSize, rawSize, textSize, uintSize, utf8Length } from "../../../engine/words/size.ts";

test("a text is as long as the platform makes it, lone surrogates too", () => {
  const aUnit = fc.oneof(fc.nat({ max: 0xffff }), fc.integer({ min: 0xd700, max: 0xe100 }));
  const anyText = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.array(aUnit, { maxLength: 30 }).map((units) => String.fromCharCode(...units)),
  );
  fc.assert(fc.property(anyText, (text) => {
    expect(utf8Length(text)).toBe(Buffer.byteLength(text));
    expect(textSize(text)).toBe(rawSize(Buffer.byteLength(text)));
  }), { seed: 8, numRuns: 5_000 });
});

test.for([
  [0, 1], [127, 1], [128, 2], [255, 2], [256, 3], [65_535, 3], [65_536, 5], [4_294_967_295, 5], [4_294_967_296, 9], [Number.MAX_SAFE_INTEGER, 9],
] as const)("the number %i takes %i bytes", ([value, expected]) => {
  expect(uintSize(value)).toBe(expected);
});

test.for([[0, 1], [31, 32], [32, 35], [255, 258], [256, 259], [65_535, 65_538], [65_536, 65_541]] as const)(
  "%i raw bytes take %i",
  ([length, expected]) => {
    expect(rawSize(length)).toBe(expected);
  },
);

describe("an address", () => {
  test.for([
    ["10.0.0.1:1", 5, 1], ["10.0.0.1:127", 5, 1], ["10.0.0.1:128", 5, 2], ["10.0.0.1:255", 5, 2], ["10.0.0.1:256", 5, 3], ["10.0.0.1:999", 5, 3],
    ["255.255.255.255:1000", 5, 3], ["0.0.0.0:65535", 5, 3], ["[::1]:80", 17, 1], ["[::ffff:10.0.0.1]:7946", 17, 3],
  ] as const)("%s takes %i and %i", ([address, host, port]) => {
    expect([hostSize(address), portSize(address)]).toEqual([host, port]);
  });
});
