/** Ranges of addresses: who lies within, and what is no range. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { address } from "../../engine/index.ts";
import { withinCidrs } from "../../engine/cidr.ts";
import { formatAddress } from "../../engine/wire/index.ts";

describe("a range of addresses", () => {
  test("has who lies in one of them, whatever its port", () => {
    for (const [ranges, where, isWithin] of [
      [["10.0.0.0/8"],                "10.255.0.1:7946",          true],
      [["10.0.0.0/8"],                "11.0.0.1:7946",            false],
      [["10.1.2.3/8"],                "10.255.0.1:1",             true],
      [["10.1.2.3/32"],               "10.1.2.3:7946",            true],
      [["10.1.2.3/32"],               "10.1.2.2:7946",            false],
      [["192.168.4.0/22"],            "192.168.7.255:7946",       true],
      [["192.168.4.0/22"],            "192.168.8.0:7946",         false],
      [["0.0.0.0/0"],                 "203.0.113.9:7946",         true],
      [["0.0.0.0/0"],                 "[fd00::1]:7946",           false],
      [["fd00::/8"],                  "[fdff::1]:7946",           true],
      [["fd00::/8"],                  "[fe00::1]:7946",           false],
      [["2001:db8::/33"],             "[2001:db8:7fff::1]:7946",  true],
      [["2001:db8::/33"],             "[2001:db8:8000::1]:7946",  false],
      [["::/0"],                      "10.0.0.1:7946",            false],
      [["10.0.0.0/8", "fd00::/8"],    "[fd00::1]:7946",           true],
      [["10.0.0.0/8", "fd00::/8"],    "10.0.0.1:7946",            true],
      [["10.0.0.0/8"],                "[::ffff:10.0.0.1]:7946",   true],
      [["::/0"],                      "[::ffff:10.0.0.1]:7946",   false],
      [["::ffff:10.0.0.0/104"],       "10.0.0.1:7946",            true],
      [["::ffff:10.0.0.0/104"],       "11.0.0.1:7946",            false],
      [[" 10.0.0.0/8 "],              "10.0.0.1:7946",            true],
      [[],                            "10.0.0.1:7946",            false],
      [["0.0.0.0/0", "::/0"],         "example.org:7946",         false],
    ] as const) {
      expect([ranges, where, withinCidrs(ranges)(address(where))]).toEqual([ranges, where, isWithin]);
    }
  });

  test.for(["", "/", "10.0.0.0", "10.0.0/8", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/08", "10.0.0.0/8.0", "10.0.0.0/", "fd00::/129", "fd00/8", "[fd00::]/8", "10.0.0.0:80/8", "a/8"])(
    "%o is none, and the user is told so",
    (text) => {
      expect(() => withinCidrs(["fd00::/8", text])).toThrow(new RangeError(`${JSON.stringify(text)} is no range of addresses: write it like 10.0.0.0/8 or fd00::/8`));
    },
  );

  test("holds exactly the addresses whose first bits are its own", () => {
    const aHost = fc.constantFrom(4, 16).chain((length) => fc.uint8Array({ minLength: length, maxLength: length }));
    const bitsOf = (host: Uint8Array): string => [...host].map((byte) => byte.toString(2).padStart(8, "0")).join("");
    fc.assert(fc.property(aHost, fc.nat({ max: 128 }), fc.nat({ max: 128 }), (host, flip, length) => {
      const [bits, bit] = [length % (8 * host.length + 1), flip % (8 * host.length)];
      const other = host.map((byte, at) => (at === bit >> 3 ? byte ^ (0x80 >> (bit & 7)) : byte));
      const isWithin = withinCidrs([`${formatAddress(host, 1).replace(/\[|\]|:1$/g, "")}/${bits}`]);
      expect(isWithin(formatAddress(host, 7946))).toBe(true);
      expect(isWithin(formatAddress(other, 7946))).toBe(bitsOf(host).slice(0, bits) === bitsOf(other).slice(0, bits));
    }), { seed: 29, numRuns: 2_000 });
  });
});
