/** A million spoiled packets and streams: each is understood or dropped for a reason, none throws, none reads beyond its end. (What they take: `space.test.ts`.) */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Codec, DecodedBytes, DecodedPacket } from "../../../adapter/codec/codec.ts";
import { keyringOf } from "../../../adapter/codec/keyring.ts";
import { memberlistCodec } from "../../../adapter/codec/memberlist.ts";
import { bytes, memberId, sizeOfMessage, type Datagram } from "../../../engine/index.ts";
import { SOMEWHERE } from "../../engine/wire/arbitrary.ts";
import { captures, hexOf, raw } from "../../engine/wire/captures.ts";
import { encryptedCaptures } from "./encrypted.ts";
import { fresh } from "./fresh.ts";
import { codecWith, fiveClaims, memberNumber, ping, pushPull } from "./messages.ts";
import { chanceOf, noise, spoiled } from "./mutations.ts";

const plain = memberlistCodec({ longest: 100_000 });
/** Packed and not: damage to the one is found while it is unpacked, to the other while it is read. */
const both = [memberlistCodec(), memberlistCodec({ compress: false })];
const captured = (way: "datagram" | "stream"): readonly Uint8Array[] => captures.filter(({ over }) => over === way).map(({ hex }) => raw(hex));
const datagrams = captured("datagram");
const streams = [...captured("stream"), ...[pushPull(3, "state"), pushPull(0)].map((message) => memberlistCodec({ compress: false }).encodeStream(message, "caller"))];

/** No capture is longer than 450 bytes, for the groups were small. So a share is of what larger ones say: datagrams of twenty claims, nearly 1,400 bytes, and views of 200. */
const LONG_SHARE = 1 / 50;
const fullGossip = ping(1, Array.from({ length: 4 }, () => fiveClaims).flat());
const long = {
  datagrams: both.flatMap((codec) => [codec.encode(fullGossip, 5), codec.encode(fullGossip, null)]),
  streams: both.flatMap((codec) => [codec.encodeStream(pushPull(200, "state"), "caller"), codec.encodeStream({ ...pushPull(200), join: true }, "caller")]),
};

/** The first thing that is wrong with an answer, if anything is. Said plainly, because it is asked a million times. */
const wrongWith = (read: DecodedPacket | DecodedBytes, length: number): string | undefined => {
  if ("ok" in read) return read.ok || (read.reason !== undefined && read.why !== "") ? undefined : "dropped for no reason";
  if (read.kind === "more") return read.atLeast > length ? undefined : "asks for what it has";
  return read.kind === "message" || read.why !== "" ? undefined : "refused for no reason";
};

type Tally = Record<string, number>;
/** What became of all, and of those among them that were made of long ones. */
type Tallies = { readonly all: Tally; readonly ofLong: Tally };
type Real = { readonly usual: readonly Uint8Array[]; readonly long?: readonly Uint8Array[] };

/** Half of the million is another in every run; its tests are called by the seed that repeats it. The other half is always the same. */
const halves = [["as always", 1], [`drawn for this run: HOSTILE_SEED=${fresh}`, fresh]] as const;

/** Batches of spoiled packets; the batch's seed and the packet's number are in the message if one is not borne. */
function spoil(seed: number, batches: number, batch: number, { usual, long }: Real, read: (packet: Uint8Array) => DecodedPacket | DecodedBytes): Tallies {
  const tallies: Tallies = { all: {}, ofLong: {} };
  fc.assert(fc.property(fc.integer(), (seed) => {
    const chance = chanceOf(seed);
    for (let number = 0; number < batch; number++) {
      const isLong = long !== undefined && chance(1 / LONG_SHARE) === 0;
      const packet = spoiled(chance, isLong ? long : usual);
      const answer = read(packet);
      const wrong = wrongWith(answer, packet.length);
      if (wrong !== undefined) throw new Error(`number ${number}, ${hexOf(packet)}: ${wrong}`);
      const kind = "ok" in answer ? (answer.ok ? "understood" : answer.reason) : answer.kind === "refused" ? answer.reason : answer.kind;
      for (const tally of isLong ? [tallies.all, tallies.ofLong] : [tallies.all]) tally[kind] = (tally[kind] ?? 0) + 1;
    }
  }), { seed, numRuns: batches, endOnFailure: true });
  return tallies;
}

const total = (tally: Tally): number => Object.values(tally).reduce((sum, count) => sum + count, 0);

describe.for(halves)("half a million cases, %s", ([, seed]) => {
  test("400,000 datagrams", () => {
    const { all: tally, ofLong } = spoil(seed, 40, 10_000, { usual: datagrams, long: long.datagrams }, (packet) => plain.decode(packet, SOMEWHERE));
    expect(total(tally)).toBe(400_000);
    expect(tally.understood).toBeGreaterThan(20_000);
    expect(tally.malformed).toBeGreaterThan(100_000);
    expect(tally.damaged).toBeGreaterThan(20_000);
    for (const kind of ["understood", "malformed", "damaged"]) expect(ofLong[kind], `${kind}, of the long ones`).toBeGreaterThan(500);
  });

  test("75,000 streams", () => {
    const { all: tally, ofLong } = spoil(seed, 15, 5_000, { usual: streams, long: long.streams }, (packet) => plain.decodeStream(packet, SOMEWHERE, "answerer"));
    expect(total(tally)).toBe(75_000);
    for (const kind of ["message", "more", "malformed", "too-long"]) expect(tally[kind], kind).toBeGreaterThan(1_000);
    for (const kind of ["message", "more", "malformed"]) expect(ofLong[kind], `${kind}, of the long ones`).toBeGreaterThan(50);
  });

  test("25,000 encrypted datagrams and streams, none of which is understood unless it is what was said", () => {
    const sealed = encryptedCaptures.filter(({ key, version, label }) => key === encryptedCaptures[0]?.key && version === 1 && label === undefined);
    const key = Buffer.from(encryptedCaptures[0]?.key ?? "", "base64");
    const packets = sealed.filter(({ over }) => over === "datagram").map(({ hex }) => raw(hex));
    const frames = sealed.filter(({ over }) => over === "stream").map(({ hex }) => raw(hex));
    const said = new Set([...packets, ...frames].map(hexOf));
    const codec: Codec = memberlistCodec({ keyring: keyringOf([key]) });
    const untouched = (packet: Uint8Array): boolean => [...said].some((hex) => hexOf(packet).startsWith(hex));
    const forged = (packet: Uint8Array, isUnderstood: boolean): void => {
      if (isUnderstood && !untouched(packet)) throw new Error(`understood: ${hexOf(packet)}`);
    };
    const { all: datagramTally } = spoil(seed, 45, 500, { usual: packets }, (packet) => {
      const read = codec.decode(packet, SOMEWHERE);
      forged(packet, read.ok);
      return read;
    });
    const { all: streamTally } = spoil(seed, 5, 500, { usual: frames }, (packet) => {
      const read = codec.decodeStream(packet, SOMEWHERE, "answerer");
      forged(packet, read.kind === "message");
      return read;
    });
    expect(total(datagramTally) + total(streamTally)).toBe(25_000);
    expect(datagramTally.undecipherable).toBeGreaterThan(10_000);
  });
});

describe("nothing is read beyond the end", () => {
  test("what lies behind a packet in memory changes nothing", () => {
    const memory = new Uint8Array(2_048);
    const chance = chanceOf(7);
    for (let number = 0; number < 20_000; number++) {
      const packet = spoiled(chance, number % 2 === 0 ? datagrams : streams);
      const at = chance(256);
      memory.set(noise(chance, 64), at + packet.length);
      memory.set(packet, at);
      const window = memory.subarray(at, at + packet.length);
      const [alone, among] = number % 2 === 0
        ? [plain.decode(packet, SOMEWHERE), plain.decode(window, SOMEWHERE)]
        : [plain.decodeStream(packet, SOMEWHERE, "caller"), plain.decodeStream(window, SOMEWHERE, "caller")];
      if (JSON.stringify(alone) !== JSON.stringify(among)) throw new Error(`number ${number}, ${hexOf(packet)}: ${JSON.stringify([alone, among])}`);
    }
  });
});

describe("strange but true", () => {
  const names = ["", "\u0000", "a\u0000b", "Ω≈ç√", "👩‍👩‍👧‍👦", "\u202eevil", "a\u0300", "x".repeat(300), "\ufffd", "\uffff", "日本語".repeat(20)];

  test.for(names)("the name %j comes out as it went in, and is as long as was said", (name) => {
    const member = { ...memberNumber(1), id: memberId(name) };
    const message: Datagram = { ...ping(), target: memberId(name), source: memberId(name), gossip: [{ kind: "alive", member }] };
    const codec = codecWith([1], { compress: false });
    const packet = codec.encode(message, 5);
    expect(packet.length).toBe(sizeOfMessage(message) + codec.overhead);
    expect(codec.decode(packet, SOMEWHERE)).toEqual({ ok: true, message, unread: [] });
  });

  test("two spellings of one name are two names: nothing is normalised", () => {
    const [one, other] = ["\u00e9", "e\u0301"].map((name) => plain.decode(plain.encode({ ...ping(), target: memberId(name) }, 5), SOMEWHERE));
    expect(one).not.toEqual(other);
  });

  test("a meta above memberlist's limit is the engine's to judge: it is read as it is", () => {
    const member = { ...memberNumber(1), meta: bytes("\u00ff".repeat(10_000)) };
    const message: Datagram = { kind: "gossip", gossip: [{ kind: "alive", member }], userMessages: [] };
    expect(plain.decode(plain.encode(message, 5), SOMEWHERE)).toEqual({ ok: true, message, unread: [] });
  });

  test("a member whose address is none is passed over, and what rides with it is heard", () => {
    expect(plain.decode(raw("0702 0002 0002 0480 0b80"), SOMEWHERE)).toMatchObject({ ok: true, message: { kind: "nack" }, unread: ["no address"] });
  });
});
