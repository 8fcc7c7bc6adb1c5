/** The laws of the wire: what is written is as long as was said, and reads as what was meant. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  address, bytes, incarnation, memberId, membersOf, seqNo, sizeOf, viewOf,
  type Accusation, type Datagram, type Member,
} from "../../../engine/index.ts";
import {
  COMPOUND_HEAD, COMPOUND_LIMIT, COMPOUND_PART, decode, decodeStream, encode, roomForGossip, sizeOfClaim, sizeOfMessage,
} from "../../../engine/wire/index.ts";
import { aClaim, aDatagram, aPushPull } from "./arbitrary.ts";

const RUNS = { seed: 1946, numRuns: 2_000 };

const suspect = (about: string): Accusation => ({ kind: "suspect", about: memberId(about), incarnation: incarnation(1), from: memberId("a") });

describe("datagrams", () => {
  test("have the size that was said, and read as what was written", () => {
    const kinds = new Set<string>();
    fc.assert(fc.property(aDatagram, (message) => {
      const written = encode(message);
      expect(written.length).toBe(sizeOfMessage(message));
      expect(decode(written)).toEqual({ ok: true, message, unread: [] });
      kinds.add(`${message.kind} with ${Math.min(2, message.gossip.length)}`);
    }), RUNS);
    expect(kinds.size, "every kind, without gossip, with one claim and with more").toBe(15);
  });

  test("a claim alone has the size that was said", () => {
    fc.assert(fc.property(aClaim, (claim) => {
      expect(encode({ kind: "gossip", gossip: [claim] }).length).toBe(sizeOfClaim(claim));
    }), RUNS);
  });

  test("room for gossip is exactly what gossip takes", () => {
    fc.assert(fc.property(aDatagram, aClaim, aClaim, (datagram, one, other) => {
      const full: Datagram = { ...datagram, gossip: [one, other] };
      const taken = 2 * COMPOUND_PART + sizeOfClaim(one) + sizeOfClaim(other);
      expect(roomForGossip({ ...datagram, gossip: [] }, sizeOfMessage(full))).toBe(taken);
    }), RUNS);
  });

  test("pure gossip of nothing is an empty compound, and survives", () => {
    expect(encode({ kind: "gossip", gossip: [] })).toEqual(Uint8Array.of(7, 0));
    expect(COMPOUND_HEAD).toBe(2);
    expect(decode(Uint8Array.of(7, 0))).toEqual({ ok: true, message: { kind: "gossip", gossip: [] }, unread: [] });
  });

  test("a compound holds 255 parts, and not one more", () => {
    const gossip = Array.from({ length: COMPOUND_LIMIT }, (_, k) => suspect(`m${k}`));
    expect(decode(encode({ kind: "gossip", gossip }))).toEqual({ ok: true, message: { kind: "gossip", gossip }, unread: [] });
    expect(() => encode({ kind: "ack", seq: seqNo(1), gossip })).toThrow("at most 255 parts");
    expect(() => encode({ kind: "gossip", gossip: [suspect("a"), suspect("x".repeat(65_536))] })).toThrow("below 65,536 bytes");
  });

  test("a lone surrogate goes out as U+FFFD, and is counted so", () => {
    const message: Datagram = { kind: "gossip", gossip: [suspect("a\ud800b\udc00")] };
    expect(encode(message).length).toBe(sizeOfMessage(message));
    expect(decode(encode(message))).toMatchObject({ ok: true, message: { gossip: [{ about: "a\ufffdb\ufffd" }] } });
  });

  test("beyond 32 bits an incarnation is written, for we must not stop over it, and refused, as memberlist would", () => {
    const message: Datagram = { kind: "gossip", gossip: [{ ...suspect("a"), incarnation: incarnation(4_294_967_296) }] };
    expect(encode(message).length).toBe(sizeOfMessage(message));
    expect(decode(encode(message))).toEqual({ ok: false, why: "a number that is none from 0 to 4294967295" });
  });

  test("who left did so itself, whatever the claim says: nothing else is a farewell on the wire", () => {
    const message: Datagram = { kind: "gossip", gossip: [{ ...suspect("gone"), kind: "left", from: memberId("me") }] };
    expect(encode(message).length).toBe(sizeOfMessage(message));
    expect(decode(encode(message))).toMatchObject({ message: { gossip: [{ kind: "left", about: "gone", from: "gone" }] } });
  });

  test("an address that is no number is our own bug", () => {
    const sourceAddress = address("example.org:7946");
    const message: Datagram = { kind: "ping", seq: seqNo(1), target: memberId("b"), source: memberId("a"), sourceAddress, gossip: [] };
    expect(() => encode(message)).toThrow("an address of numbers and a port");
  });
});

describe("push-pulls", () => {
  test("have the size that was said, and read as what was written", () => {
    let records = 0;
    fc.assert(fc.property(aPushPull, (message) => {
      const written = encode(message);
      expect(written.length).toBe(sizeOfMessage(message));
      const read = decodeStream(written);
      if (!read.ok) throw new Error(read.why);
      expect([read.message.join, read.unread]).toEqual([message.join, []]);
      expect(membersOf(read.message.view)).toEqual(membersOf(message.view));
      records += sizeOf(read.message.view);
    }), { ...RUNS, numRuns: 500 });
    expect(records).toBeGreaterThan(1_000);
  });

  test.for([127, 128, 255, 256, 65_536])("%i records", (count) => {
    const member = (k: number): Member => ({
      id: memberId(`m${k}`), address: address("10.0.0.1:7946"), meta: bytes(""), versions: [1, 5, 2, 0, 0, 0],
      incarnation: incarnation(k), status: "alive",
    });
    const view = viewOf(Array.from({ length: count }, (_, k) => member(k)));
    const written = encode({ kind: "push-pull", join: false, view });
    expect(written.length).toBe(sizeOfMessage({ kind: "push-pull", join: false, view }));
    const read = decodeStream(written);
    expect(read.ok && sizeOf(read.message.view)).toBe(count);
  });
});
