/** The laws of the wire: what is written is as long as was said, and reads as what was meant. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Ack, Answer, Compare, Datagram, Gossip, Patch, Request } from "../../../engine/messages/message.ts";
import { emptyView, membersOf, sizeOf, viewOf } from "../../../engine/view/index.ts";
import {
  bareSize, COMPOUND_HEAD, COMPOUND_LIMIT, COMPOUND_PART, decode, decodeStream, encode, roomForGossip, sizeOfClaim, sizeOfDatagram, sizeOfMessage,
  sizeOfUserMessage, wrap, wrapStream,
} from "../../../engine/wire/index.ts";
import type { Accusation, Claim, Member } from "../../../engine/words/member.ts";
import { address, bytes, incarnation, memberId, seqNo, type Bytes } from "../../../engine/words/units.ts";
import { aClaim, aDatagram, aStreamMessage, someBytes } from "./arbitrary.ts";

const RUNS = { seed: 1946, numRuns: 1_000 };

const suspect = (about: string): Accusation => ({ kind: "suspect", about: memberId(about), incarnation: incarnation(1), from: memberId("a") });
const gossip = (claims: readonly Claim[], userMessages: readonly Bytes[] = []): Gossip => ({ kind: "gossip", gossip: claims, userMessages });
const ack = (claims: readonly Claim[] = [], userMessages: readonly Bytes[] = []): Ack =>
  ({ kind: "ack", seq: seqNo(1), payload: bytes(""), gossip: claims, userMessages });
const bare = (message: Datagram): Datagram => ({ ...message, gossip: [], userMessages: [] });

/** The message with one more field in its map, which only a later version knows: the first, with a list as its value. */
const withAnotherField = (written: Uint8Array): Uint8Array => Uint8Array.of(written[0]!, written[1]! + 1, 0xa1, 0x78, 0x93, 1, 2, 3, ...written.subarray(2));

describe("datagrams", () => {
  test("have the size that was said, and read as what was written, whatever envelope they are in", () => {
    const kinds = new Set<string>();
    const anEnvelope = fc.record({ crc: fc.boolean(), compress: fc.boolean() });
    fc.assert(fc.property(aDatagram, anEnvelope, (message, envelope) => {
      const written = encode(message);
      expect(written.length).toBe(sizeOfMessage(message));
      expect(decode(written)).toEqual({ ok: true, message, unread: [] });
      expect(decode(wrap(written, envelope))).toEqual({ ok: true, message, unread: [] });
      kinds.add(`${message.kind} with ${Math.min(2, message.gossip.length)} and ${Math.min(1, message.userMessages.length)}`);
    }), RUNS);
    expect(kinds.size, "every kind, with no claim, one and more, with user messages and without").toBe(30);
  });

  test("a claim alone, or a user message, has the size that was said", () => {
    fc.assert(fc.property(aClaim, someBytes, (claim, payload) => {
      expect(encode(gossip([claim])).length).toBe(sizeOfClaim(claim));
      expect(encode(gossip([], [payload])).length).toBe(sizeOfUserMessage(payload));
    }), RUNS);
  });

  test("with a field that only later versions know read as without it", () => {
    fc.assert(fc.property(aDatagram.map(bare).filter(({ kind }) => kind !== "gossip"), aClaim, (question, claim) => {
      for (const message of [question, gossip([claim])]) expect(decode(withAnotherField(encode(message)))).toEqual({ ok: true, message, unread: [] });
    }), RUNS);
  });

  test("room for gossip is exactly what gossip takes", () => {
    fc.assert(fc.property(aDatagram, aClaim, someBytes, (datagram, claim, payload) => {
      const full: Datagram = { ...datagram, gossip: [claim], userMessages: [payload] };
      const taken = 2 * COMPOUND_PART + sizeOfClaim(claim) + sizeOfUserMessage(payload);
      expect(roomForGossip(bare(datagram), sizeOfMessage(full))).toBe(taken);
    }), RUNS);
  });

  test("the size with so many parts can be told before they are there", () => {
    fc.assert(fc.property(aDatagram, (message) => {
      const sizes = [...message.gossip.map(sizeOfClaim), ...message.userMessages.map(sizeOfUserMessage)];
      const partBytes = sizes.reduce((sum, size) => sum + size, 0);
      expect(sizeOfDatagram(bare(message), sizes.length, partBytes)).toBe(encode(message).length);
      expect(bareSize(message)).toBe(message.kind === "gossip" ? 0 : encode(bare(message)).length);
    }), RUNS);
    expect(sizeOfDatagram(gossip([]), 0, 0)).toBe(2);
    expect(sizeOfDatagram(gossip([]), 1, 29), "one part alone is no compound").toBe(29);
    expect(sizeOfDatagram(gossip([]), 2, 58)).toBe(2 + 4 + 58);
    expect(sizeOfDatagram(ack(), 1, 29)).toBe(2 + 4 + 18 + 29);
  });

  test("pure gossip of nothing is an empty compound, and survives", () => {
    expect(encode(gossip([]))).toEqual(Uint8Array.of(7, 0));
    expect(COMPOUND_HEAD).toBe(2);
    expect(decode(Uint8Array.of(7, 0))).toEqual({ ok: true, message: gossip([]), unread: [] });
  });

  test("a compound holds 255 parts, and not one more", () => {
    const claims = Array.from({ length: COMPOUND_LIMIT }, (_, k) => suspect(`m${k}`));
    const full = gossip(claims.slice(1), [bytes("x")]);
    expect(decode(encode(full))).toEqual({ ok: true, message: full, unread: [] });
    expect(() => encode(ack(claims))).toThrow("at most 255 parts");
    expect(() => encode(gossip(claims, [bytes("x")]))).toThrow("at most 255 parts");
    expect(() => encode(gossip([suspect("a"), suspect("x".repeat(65_536))]))).toThrow("below 65,536 bytes");
    expect(() => encode(ack([], [bytes("x".repeat(65_535))]))).toThrow("below 65,536 bytes");
  });

  test("a lone surrogate goes out as U+FFFD, and is counted so", () => {
    const message = gossip([suspect("a\ud800b\udc00")]);
    expect(encode(message).length).toBe(sizeOfMessage(message));
    expect(decode(encode(message))).toMatchObject({ ok: true, message: { gossip: [{ about: "a\ufffdb\ufffd" }] } });
  });

  test("beyond 32 bits an incarnation is written, for we must not stop over it, and refused, as memberlist would", () => {
    const message = gossip([{ ...suspect("a"), incarnation: incarnation(4_294_967_296) }]);
    expect(encode(message).length).toBe(sizeOfMessage(message));
    expect(decode(encode(message))).toEqual({ ok: false, why: "a number that is none from 0 to 4294967295" });
  });

  test("who left did so itself, whatever the claim says: nothing else is a farewell on the wire", () => {
    const message = gossip([{ ...suspect("gone"), kind: "left", from: memberId("me") }]);
    expect(encode(message).length).toBe(sizeOfMessage(message));
    expect(decode(encode(message))).toMatchObject({ message: { gossip: [{ kind: "left", about: "gone", from: "gone" }] } });
  });

  test("an address that is no number is our own bug", () => {
    const sourceAddress = address("example.org:7946");
    const ping = { kind: "ping", seq: seqNo(1), target: memberId("b"), source: memberId("a"), sourceAddress, gossip: [], userMessages: [] } as const;
    expect(() => encode(ping)).toThrow("an address of numbers and a port");
  });
});

/** A message without its view, and the view's members: two views of the same members need not be equal by their shape. */
const taken = (message: Request | Answer): unknown =>
  message.kind === "push-pull" || message.kind === "patch" ? [{ ...message, view: null }, membersOf(message.view)] : message;

describe("what goes through streams", () => {
  test("has the size that was said, and reads as what was written, compressed or not", () => {
    const kinds = new Map<string, number>();
    fc.assert(fc.property(aStreamMessage, fc.boolean(), (message, compress) => {
      const written = encode(message);
      expect(written.length).toBe(sizeOfMessage(message));
      const read = decodeStream(wrapStream(written, { compress }));
      if (!read.ok) throw new Error(read.why);
      expect(read.unread).toEqual([]);
      expect(taken(read.message)).toEqual(taken(message));
      kinds.set(message.kind, (kinds.get(message.kind) ?? 0) + 1);
    }), { ...RUNS, numRuns: 500 });
    expect([...kinds.keys()].toSorted()).toEqual(["ack", "compare", "patch", "ping", "push-pull", "user"]);
    expect(Math.min(...kinds.values())).toBeGreaterThan(40);
  });

  test("with a field that only later versions know reads as without it", () => {
    fc.assert(fc.property(aStreamMessage, (message) => {
      const read = decodeStream(withAnotherField(encode(message)));
      expect(read.ok ? taken(read.message) : read.why).toEqual(taken(message));
    }), { ...RUNS, numRuns: 300 });
  });

  test.for([127, 128, 255, 256, 65_536])("%i records, and as many bytes of an application's", (count) => {
    const member = (k: number): Member => ({
      id: memberId(`m${k}`), address: address("10.0.0.1:7946"), meta: bytes(""), versions: [1, 5, 2, 0, 0, 0],
      incarnation: incarnation(k), status: "alive",
    });
    const view = viewOf(Array.from({ length: count }, (_, k) => member(k)));
    const message = { kind: "push-pull", join: false, view, userState: bytes("s".repeat(count)) } as const;
    const written = encode(message);
    expect(written.length).toBe(sizeOfMessage(message));
    const read = decodeStream(written);
    expect(read.ok && read.message.kind === "push-pull" && [sizeOf(read.message.view), read.message.userState.length]).toEqual([count, count]);
  });

  test("a compare has the digests of a whole level, and a patch has parts of one: anything else is our own bug", () => {
    const compare = (depth: number, count: number): Compare => ({ kind: "compare", depth, digests: Array.from({ length: count }, () => ({ high: -1, low: 1 })) });
    const patch = (depth: number, ...parts: readonly number[]): Patch => ({ kind: "patch", depth, parts, view: emptyView });
    for (const good of [compare(1, 32), compare(2, 1024), patch(1), patch(1, 31), patch(2, 1023, 0)]) expect(encode(good).length).toBe(sizeOfMessage(good));
    for (const bad of [compare(1, 31), compare(2, 32), compare(0, 1), compare(3, 32_768)]) expect(() => encode(bad)).toThrow("a compare of all parts");
    for (const bad of [patch(1, 32), patch(2, 1024), patch(0, 0), patch(3, 0), patch(1, -1)]) expect(() => encode(bad)).toThrow("a patch of parts that there are");
  });
});
