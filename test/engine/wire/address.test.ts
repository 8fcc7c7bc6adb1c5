/** Addresses: one text for each, and each text one address. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatAddress, parseAddress } from "../../../engine/wire/index.ts";
import { anAddress } from "./arbitrary.ts";

const RUNS = { seed: 5952, numRuns: 5_000 };

test.for([
  ["10.0.0.1:7946", "0a000001", 7946],
  ["0.0.0.0:1", "00000000", 1],
  ["255.255.255.255:65535", "ffffffff", 65_535],
  ["[fd00::1]:7946", "fd000000000000000000000000000001", 7946],
  ["[::]:7946", "00000000000000000000000000000000", 7946],
  ["[::1]:80", "00000000000000000000000000000001", 80],
  ["[1::]:80", "00010000000000000000000000000000", 80],
  ["[::ffff:10.0.0.1]:7946", "00000000000000000000ffff0a000001", 7946],
  ["[2001:db8::1:0:0:1]:443", "20010db8000000000001000000000001", 443],
  ["[2001:db8:0:1:1:1:1:1]:443", "20010db8000000010001000100010001", 443],
  ["[2001:0:0:1::1]:443", "20010000000000010000000000000001", 443],
] as const)("%s is %s", ([text, hex, port]) => {
  const host = Uint8Array.from(Buffer.from(hex, "hex"));
  expect(formatAddress(host, port)).toBe(text);
  expect(parseAddress(text)).toEqual({ host, port });
});

test.for([
  ["[FD00:0:0:0:0:0:0:1]:7946", "[fd00::1]:7946"],
  ["[::10.0.0.1]:7946", "[::a00:1]:7946"],
  ["[64:ff9b::10.0.0.1]:7946", "[64:ff9b::a00:1]:7946"],
  ["[1:2:3:4:5:6:7::]:1", "[1:2:3:4:5:6:7:0]:1"],
  ["[0001:02::]:1", "[1:2::]:1"],
] as const)("%s is taken, and written %s", ([text, canonical]) => {
  const endpoint = parseAddress(text);
  expect(endpoint && formatAddress(endpoint.host, endpoint.port)).toBe(canonical);
});

test.for([
  "", ":", "10.0.0.1", "10.0.0.1:", "10.0.0.1:x", "10.0.0.1:65536", "10.0.0.1:07946", "10.0.0.1:-1",
  "10.0.0:1", "10.0.0.256:1", "10.0.0.01:1", "10.0.0.1.1:1", " 10.0.0.1:1", "example.org:7946",
  "fd00::1:7946", "[fd00::1]", "[fd00::1]7946", "[fd00::1:7946", "[]:1", "[:]:1", "[:::]:1", "[1::2::3]:1", "[1:2:3:4:5:6:7]:1",
  "[1:2:3:4:5:6:7:8:9]:1", "[1:2:3:4:5:6:7:8::]:1", "[12345::]:1", "[g::]:1", "[fe80::1%eth0]:1",
  "[10.0.0.1]:1", "[1:10.0.0.1::]:1", "[::10.0.0.1:1]:1",
])("%o is no address", (text) => {
  expect(parseAddress(text)).toBeUndefined();
});

describe("laws", () => {
  test("what is written is taken apart into what it was", () => {
    fc.assert(fc.property(anAddress, (text) => {
      const endpoint = parseAddress(text);
      expect(endpoint && formatAddress(endpoint.host, endpoint.port)).toBe(text);
    }), RUNS);
  });

  test("IPv6 is written as browsers write it, but for the mapped ones", () => {
    let seen = 0;
    fc.assert(fc.property(anAddress, (text) => {
      if (!text.startsWith("[") || text.includes(".")) return;
      const host = text.slice(0, text.indexOf("]") + 1);
      expect(host).toBe(new URL(`http://${host}/`).hostname);
      seen++;
    }), RUNS);
    expect(seen).toBeGreaterThan(2_000);
  });

  test("any text is an address or none, and no exception", () => {
    const alphabet = fc.constantFrom(..."0123456789abf:.[]");
    fc.assert(fc.property(fc.string({ unit: alphabet, maxLength: 24 }), (text) => {
      const endpoint = parseAddress(text);
      if (endpoint !== undefined) expect(parseAddress(formatAddress(endpoint.host, endpoint.port))).toEqual(endpoint);
    }), RUNS);
  });
});
