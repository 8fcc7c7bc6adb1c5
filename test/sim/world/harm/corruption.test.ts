/** Corruption: every single bit of a datagram flipped, one after another, and what the real codec makes of it. */

import { describe, expect, test } from "vitest";
import { type Datagram, decode, encode, wrap } from "../../../../engine/index.ts";
import type { Corruption } from "../../../../sim/scenario/harm.ts";
import { packetKey } from "../../../../sim/world/chance.ts";
import { spoilt } from "../../../../sim/world/harm/corruption.ts";
import { alive, at, dead, ping } from "../../../builders.ts";

const message = ping("a", "b", 7, dead("c", "a", 3), alive("d", 5));
const passing = (nth: number) => ({ source: 0, target: 1, now: 0 as never, size: 0, key: packetKey(1, 0, 1, nth), purposes: 0 });

/** Whatever is heard when each single bit of it is flipped. */
function heardOf(crc: boolean): readonly Datagram[] {
  const payload = wrap(encode(message), { crc });
  return Array.from({ length: payload.length * 8 }, (_, bit) => {
    const bytes = Uint8Array.from(payload);
    bytes[bit >> 3] = bytes[bit >> 3]! ^ (1 << (bit & 7));
    const decoded = decode(bytes, at("a"));
    return decoded.ok ? [decoded.message] : [];
  }).flat();
}

const claims = (heard: readonly Datagram[]): ReadonlySet<string> => new Set(heard.flatMap(({ gossip }) => gossip.map((claim) => JSON.stringify(claim))));
const said = claims([message]);

describe("one flipped bit", () => {
  test("with a checksum, nothing is heard that nobody said of any member", () => {
    const heard = heardOf(true);
    expect([...claims(heard)].filter((claim) => !said.has(claim))).toEqual([]);
    // The byte that says that there is a checksum is not under it: flipped, it can make a word of the application's out of the whole.
    expect(heard.map(({ kind, userMessages }) => [kind, userMessages.length])).toEqual([["gossip", 1]]);
  });

  test("without one, most are heard, and many say what nobody said", () => {
    const heard = heardOf(false);
    expect(heard.length).toBeGreaterThan(encode(message).length * 4);
    expect([...claims(heard)].filter((claim) => !said.has(claim)).length).toBeGreaterThan(100);
  });
});

describe("what the network does", () => {
  const spoil = (corruption: Partial<Corruption>, nth: number): Datagram | null => spoilt({ share: 1, bits: 1, crc: false, ...corruption }, message, at("a"), passing(nth));

  test("is the same each time, for the same packet", () => {
    const all = Array.from({ length: 300 }, (_, nth) => spoil({}, nth));
    expect(Array.from({ length: 300 }, (_, nth) => spoil({}, nth))).toEqual(all);
    expect(new Set(all.map((heard) => JSON.stringify(heard))).size).toBeGreaterThan(50);
  });

  test("with more bits, less can be read", () => {
    const readable = (bits: number): number => Array.from({ length: 300 }, (_, nth) => spoil({ bits }, nth)).filter((heard) => heard !== null).length;
    expect(readable(1)).toBeGreaterThan(readable(16));
  });
});
