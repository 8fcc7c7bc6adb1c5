/** Our own UTF-8 and CRC-32, against those of the platform. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { crc32 as crc32OfZlib } from "node:zlib";
import { crc32 } from "../../../engine/wire/crc.ts";
import { charactersOf, putUtf8, utf8Of } from "../../../engine/wire/utf8.ts";

const RUNS = { seed: 3629, numRuns: 5_000 };

/** As the platform reads it: refusing what is broken, and leaving a byte order mark alone. */
function ofPlatform(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

describe("UTF-8", () => {
  test("is written as the platform writes it, lone surrogates too", () => {
    const aUnit = fc.oneof(fc.nat({ max: 0x7f }), fc.nat({ max: 0xffff }), fc.constantFrom(0xd800, 0xdbff, 0xdc00, 0xdfff));
    fc.assert(fc.property(fc.array(aUnit, { maxLength: 30 }), (units) => {
      const text = String.fromCharCode(...units);
      const into = new Uint8Array(100);
      expect(into.slice(0, putUtf8(into, 0, text))).toEqual(new TextEncoder().encode(text));
    }), RUNS);
  });

  test("each code point is read as it was written", () => {
    const into = new Uint8Array(4);
    for (let point = 0; point <= 0x10ffff; point++) {
      if (point === 0xd800) point = 0xe000;
      const text = String.fromCodePoint(point);
      if (utf8Of(into.subarray(0, putUtf8(into, 0, text))) !== text) throw new Error(`U+${point.toString(16)}`);
    }
  });

  test("every sequence of two bytes, and those of up to four at the borders, are read or refused as the platform does", () => {
    const edge = [
      0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff,
    ];
    const rest = [0x41, 0x7f, 0x80, 0xbf, 0xc0, 0xf4];
    const counts = { read: 0, refused: 0 };
    const check = (...bytes: readonly number[]): void => {
      const text = utf8Of(Uint8Array.from(bytes));
      if (text !== ofPlatform(Uint8Array.from(bytes))) throw new Error(bytes.map((byte) => byte.toString(16)).join(" "));
      counts[text === undefined ? "refused" : "read"]++;
    };
    for (let a = 0; a < 256; a++) for (let b = 0; b < 256; b++) check(a, b);
    for (const a of edge) for (const b of edge) for (const c of rest) for (const d of rest) { check(a, b, c); check(a, b, c, d); }
    expect(counts.read).toBeGreaterThan(5_000);
    expect(counts.refused).toBeGreaterThan(5_000);
  });

  test("long texts have no seams", () => {
    const text = "añ€😀".repeat(5_000);
    expect(utf8Of(new TextEncoder().encode(text))).toBe(text);
    const opaque = Uint8Array.from({ length: 5_000 }, (_, k) => k & 255);
    expect(charactersOf(opaque)).toBe(Buffer.from(opaque).toString("latin1"));
  });
});

describe("CRC-32", () => {
  test("of the digits 1 to 9 is what every implementation says", () => {
    expect(crc32(new TextEncoder().encode("123456789"), 0)).toBe(0xcbf43926);
  });

  test("is zlib's", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat({ max: 5 }), (bytes, start) => {
      expect(crc32(bytes, start)).toBe(crc32OfZlib(bytes.subarray(start)));
    }), { ...RUNS, numRuns: 1_000 });
  });
});
