/** Datagrams: what goes around them is seen through by whoever agreed on the same, and dropped by everybody else, for a reason that can be counted. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keyringOf } from "../../../adapter/codec/keyring.ts";
import { memberlistCodec } from "../../../adapter/codec/memberlist.ts";
import { INCOMPRESSIBLE } from "../../../adapter/codec/memberlist-packet.ts";
import { REMEMBERED } from "../../../adapter/codec/replays.ts";
import { MemberError } from "../../../adapter/error.ts";
import { bytes, sizeOfMessage, wrap, type Datagram } from "../../../engine/index.ts";
import { aDatagram, SOMEWHERE } from "../../engine/wire/arbitrary.ts";
import { raw } from "../../engine/wire/captures.ts";
import { codecWith, fiveClaims, keyNumber, ping } from "./messages.ts";

const RUNS = { seed: 2013, numRuns: 400 };

/** Everything that a group can agree on. Cipher version 0 with keys only. */
const options = fc.record({
  keys: fc.uniqueArray(fc.nat({ max: 5 }), { maxLength: 3 }),
  label: fc.oneof(fc.constant(""), fc.string({ unit: "binary", minLength: 1, maxLength: 60 })),
  compress: fc.boolean(),
  crc: fc.boolean(),
  cipherVersion: fc.constantFrom(0 as const, 1 as const),
  verifyOutgoing: fc.boolean(),
  verifyIncoming: fc.boolean(),
});
const protocol = fc.constantFrom(null, 1, 4, 5, 6);

describe("laws", () => {
  test("a group understands itself, and no datagram is longer than its size and the overhead", () => {
    fc.assert(fc.property(options, aDatagram, protocol, ({ keys, ...agreed }, message, version) => {
      const make = () => codecWith(keys, { ...agreed, verifyIncoming: agreed.verifyIncoming && agreed.verifyOutgoing });
      const codec = make();
      const packet = codec.encode(message, version);
      expect(packet.length).toBeLessThanOrEqual(sizeOfMessage(message) + codec.overhead);
      expect(make().decode(packet, SOMEWHERE)).toEqual({ ok: true, message, unread: [] });
    }), RUNS);
  });

  test("without compression and padding it is exactly as long, if checksums are understood", () => {
    fc.assert(fc.property(options, aDatagram, ({ keys, ...agreed }, message) => {
      const codec = codecWith(keys.length === 0 ? [1] : keys, { ...agreed, compress: false, cipherVersion: 1 });
      expect(codec.encode(message, 5).length).toBe(sizeOfMessage(message) + codec.overhead);
    }), RUNS);
  });

  test("what is not even tried to be packed would not get shorter, and the next longer might", () => {
    const repeated = (length: number): Uint8Array => new Uint8Array(length).fill(8);
    const lengths = Array.from({ length: 40 }, (_, length) => length);
    expect(lengths.find((length) => wrap(repeated(length), { compress: true }).length < length)).toBe(INCOMPRESSIBLE + 1);
  });

  test("padding is 1 to 16 bytes, and the overhead counts the most", () => {
    const codec = codecWith([1], { compress: false, crc: false, cipherVersion: 0 });
    const spent = Array.from({ length: 16 }, (_, k) => {
      const message: Datagram = { ...ping(), userMessages: [bytes("x".repeat(k))] };
      return codec.encode(message, null).length - sizeOfMessage(message);
    });
    expect(spent.toSorted((one, other) => one - other)).toEqual(Array.from({ length: 16 }, (_, k) => 29 + 1 + k));
    expect(codec.overhead).toBe(45);
  });

  test("what each thing costs, as in memberlist", () => {
    expect(memberlistCodec({ crc: false }).overhead).toBe(0);
    expect(memberlistCodec().overhead).toBe(5);
    expect(memberlistCodec({ label: "blåbær" }).overhead).toBe(5 + 2 + 8);
    expect(codecWith([1]).overhead).toBe(5 + 29);
    expect(codecWith([1], { verifyOutgoing: false }).overhead, "nothing is encrypted").toBe(5);
    expect(memberlistCodec({ keyring: keyringOf([]) }).overhead, "a key may come while we run").toBe(5 + 29);
  });
});

const secret = codecWith([1]);
const plain = memberlistCodec();
const message = ping(7, fiveClaims);
const altered = (packet: Uint8Array, at: number): Uint8Array => packet.with(at < 0 ? packet.length + at : at, (packet.at(at) ?? 0) ^ 1);

describe("drops, by reason", () => {
  test.for([
    ["nothing", plain, raw(""), "malformed"],
    ["noise", plain, raw("2a2a2a"), "malformed"],
    ["a message cut short", plain, plain.encode(message, null).slice(0, -1), "malformed"],
    ["a checksum that does not fit", plain, altered(plain.encode(message, 5), -1), "damaged"],
    ["64 KiB that were packed into little, and one byte", plain, memberlistCodec().encode({ kind: "gossip", gossip: [], userMessages: [bytes("\0".repeat(65_536))] }, null), "too-long"],
    ["a plain packet, where all is encrypted", secret, plain.encode(message, 5), "plain"],
    ["a plain ping, which begins as what is encrypted does", secret, plain.encode(ping(), null), "plain"],
    ["noise, where all is encrypted", secret, new Uint8Array(200).fill(0xab), "undecipherable"],
    ["what was encrypted with another key", secret, codecWith([2]).encode(message, 5), "undecipherable"],
    ["what is encrypted, to one without keys", plain, secret.encode(message, 5), "undecipherable"],
    ["what is encrypted and whose nonce begins as a map does, to one without keys", plain, secret.encode(message, 5).with(1, 0x83), "undecipherable"],
    ["a ping cut short, to one without keys", plain, plain.encode(ping(), null).slice(0, -1), "malformed"],
    ["something altered on the way", secret, altered(secret.encode(message, 5), 40), "undecipherable"],
    ["an altered nonce", secret, altered(secret.encode(message, 5), 3), "undecipherable"],
    ["an altered tag", secret, altered(secret.encode(message, 5), -1), "undecipherable"],
    ["something encrypted and cut short", secret, secret.encode(message, 5).slice(0, -1), "undecipherable"],
    ["a version of encryption that nobody knows", secret, secret.encode(message, 5).with(0, 0xee), "undecipherable"],
    ["less than a nonce", secret, secret.encode(message, 5).slice(0, 9), "undecipherable"],
    ["another group's label", memberlistCodec({ label: "blue" }), memberlistCodec({ label: "green" }).encode(message, 5), "label"],
    ["no label, where there is one", memberlistCodec({ label: "blue" }), plain.encode(message, 5), "label"],
    ["a label, where there is none", plain, memberlistCodec({ label: "green" }).encode(message, 5), "label"],
    ["half a label", memberlistCodec({ label: "blue" }), raw("f404626c"), "malformed"],
    ["a label of no bytes", plain, raw("f400"), "malformed"],
  ] as const)("%s", ([, codec, packet, reason]) => {
    expect(codec.decode(packet, SOMEWHERE)).toEqual({ ok: false, reason, why: expect.stringMatching(/./) });
  });

  test("the label is authenticated with what is under it", () => {
    const sealed = codecWith([1], { label: "blue" }).encode(message, 5);
    const forged = Uint8Array.of(0xf4, 5, ...Buffer.from("green"), ...sealed.subarray(6));
    expect(codecWith([1], { label: "green" }).decode(forged, SOMEWHERE)).toMatchObject({ reason: "undecipherable" });
    expect(secret.decode(sealed.subarray(6), SOMEWHERE)).toMatchObject({ reason: "undecipherable" });
  });

  test("a stranger's label is shown, as far as it can be", () => {
    const strange = memberlistCodec({ label: `\u001b[2J${"x".repeat(100)}` }).encode(message, 5);
    expect(memberlistCodec({ label: "blue" }).decode(strange, SOMEWHERE)).toMatchObject({ why: `the label "?[2J${"x".repeat(36)}…", where ours is "blue"` });
    expect(plain.decode(memberlistCodec({ label: "blue" }).encode(message, 5), SOMEWHERE)).toMatchObject({ why: 'the label "blue", where ours is none' });
    expect(memberlistCodec({ label: "blue" }).decode(plain.encode(message, 5), SOMEWHERE)).toMatchObject({ why: 'no label, where ours is "blue"' });
  });

  test("a label that is too long is the user's mistake", () => {
    expect(() => memberlistCodec({ label: "é".repeat(128) })).toThrow(new MemberError("bad-option", "the label has 256 bytes: at most 255 are allowed"));
    expect(memberlistCodec({ label: "x".repeat(255) }).overhead).toBe(5 + 257);
  });
});

describe("the same encrypted packet again", () => {
  test("is dropped, and the next one is not", () => {
    const receiver = codecWith([1]);
    const [one, other] = [secret.encode(message, 5), secret.encode(message, 5)];
    expect(receiver.decode(one, SOMEWHERE)).toMatchObject({ ok: true });
    expect(receiver.decode(one, SOMEWHERE)).toEqual({ ok: false, reason: "replayed", why: "a replayed encrypted packet" });
    expect(receiver.decode(other, SOMEWHERE)).toMatchObject({ ok: true });
    expect(receiver.decode(one, SOMEWHERE)).toMatchObject({ reason: "replayed" });
  });

  test("is known for thousands of packets, and not for ever", () => {
    const receiver = codecWith([1], { compress: false });
    const sealer = codecWith([1], { compress: false });
    const first = sealer.encode(ping(), null);
    const hear = (count: number): void => {
      for (let k = 0; k < count; k++) receiver.decode(sealer.encode(ping(), null), SOMEWHERE);
    };
    expect(receiver.decode(first, SOMEWHERE)).toMatchObject({ ok: true });
    hear(REMEMBERED - 1);
    expect(receiver.decode(first, SOMEWHERE)).toMatchObject({ reason: "replayed" });
    hear(REMEMBERED + 1);
    expect(receiver.decode(first, SOMEWHERE)).toMatchObject({ ok: true });
  });

  test("is not remembered if it did not open: a stranger's forgery cannot keep the true one out", () => {
    const receiver = codecWith([1]);
    const packet = secret.encode(message, 5);
    expect(receiver.decode(altered(packet, -1), SOMEWHERE)).toMatchObject({ reason: "undecipherable" });
    expect(receiver.decode(packet, SOMEWHERE)).toMatchObject({ ok: true });
  });

  test("is heard again if it is plain: a network's duplicates are harmless, and the engine is used to them", () => {
    const packet = plain.encode(message, 5);
    expect([plain.decode(packet, SOMEWHERE).ok, plain.decode(packet, SOMEWHERE).ok]).toEqual([true, true]);
  });
});

describe("checksums", () => {
  test("go to those who understand them", () => {
    const codec = memberlistCodec({ compress: false });
    expect([null, 1, 4, 5, 6].map((version) => codec.encode(message, version)[0])).toEqual([7, 7, 7, 12, 12]);
    expect(memberlistCodec({ crc: false, compress: false }).encode(message, 5)[0]).toBe(7);
  });
});

describe("a key that comes while we run", () => {
  test("takes effect with the next packet", () => {
    const keyring = keyringOf([]);
    const codec = memberlistCodec({ keyring });
    expect(plain.decode(codec.encode(message, 5), SOMEWHERE)).toMatchObject({ ok: true });
    expect(codec.decode(plain.encode(message, 5), SOMEWHERE)).toMatchObject({ ok: true });
    keyring.add(keyNumber(1));
    expect(plain.decode(codec.encode(message, 5), SOMEWHERE)).toMatchObject({ ok: false });
    expect(codec.decode(plain.encode(message, 5), SOMEWHERE)).toMatchObject({ reason: "plain" });
    expect(codec.decode(secret.encode(message, 5), SOMEWHERE)).toMatchObject({ ok: true });
  });
});
