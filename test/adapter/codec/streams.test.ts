/** Streams: what comes in bit by bit is read as what was meant, looked through once, and refused as soon as it cannot become anything. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Codec, DecodedBytes, StreamSeen, StreamSide } from "../../../adapter/codec/codec.ts";
import { memberlistCodec } from "../../../adapter/codec/memberlist.ts";
import { REMEMBERED } from "../../../adapter/codec/replays.ts";
import { encode, measureStream, membersOf, type Answer, type Progress, type Request } from "../../../engine/index.ts";
import { aStreamMessage, SOMEWHERE } from "../../engine/wire/arbitrary.ts";
import { hexOf, raw } from "../../engine/wire/captures.ts";
import { codecWith, ping, pushPull, streamAck } from "./messages.ts";

const RUNS = { seed: 793, numRuns: 250 };
const options = fc.record({
  keys: fc.uniqueArray(fc.nat({ max: 5 }), { maxLength: 2 }),
  label: fc.constantFrom("", "blue"),
  compress: fc.boolean(),
  cipherVersion: fc.constantFrom(0 as const, 1 as const),
});
const side = fc.constantFrom<StreamSide>("caller", "answerer");

/** A message without its view, and the view's members: two views of the same members need not be equal by their shape. */
const taken = (message: Request | Answer): unknown =>
  message.kind === "push-pull" || message.kind === "patch" ? [{ ...message, view: null }, membersOf(message.view)] : message;

/** Hands in more and more of the bytes, as many at a time as `pace` says, and no more than the codec asks to see. */
function readInPieces(codec: Codec, bytes: Uint8Array, from: StreamSide, pace: (at: number) => number): { readonly read: DecodedBytes; readonly looks: number; readonly at: number } {
  let looks = 0;
  let seen: StreamSeen | undefined;
  let wanted = 0;
  for (let at = 0; ; at = Math.min(bytes.length, at + pace(at))) {
    if (at < wanted && at < bytes.length) continue;
    const read = codec.decodeStream(bytes.subarray(0, at), SOMEWHERE, from, seen);
    looks++;
    if (read.kind !== "more" || at === bytes.length) return { read, looks, at };
    expect(read.atLeast, "asks for more than it has").toBeGreaterThan(at);
    expect(read.atLeast, "asks for no more than there will be").toBeLessThanOrEqual(bytes.length);
    [seen, wanted] = [read.seen, read.atLeast];
  }
}

describe("what is said on a stream", () => {
  test("is read as it was meant, in whatever pieces it comes in", () => {
    fc.assert(fc.property(options, side, aStreamMessage, fc.integer({ min: 1, max: 400 }), ({ keys, ...agreed }, from, message, piece) => {
      const codec = codecWith(keys, agreed);
      const bytes = codec.encodeStream(message, from);
      const { read, at } = readInPieces(codec, bytes, from, () => piece);
      if (read.kind !== "message") throw new Error(JSON.stringify(read));
      expect([taken(read.message), read.unread, at]).toEqual([taken(message), [], bytes.length]);
    }), RUNS);
  });

  test("is not there before its last byte, and what follows it is passed over", () => {
    fc.assert(fc.property(options, side, aStreamMessage, ({ keys, ...agreed }, from, message) => {
      const codec = codecWith(keys, agreed);
      const bytes = codec.encodeStream(message, from);
      for (const end of [0, 1, 5, Math.floor(bytes.length / 2), bytes.length - 1]) {
        expect(codec.decodeStream(bytes.subarray(0, Math.min(end, bytes.length - 1)), SOMEWHERE, from).kind).toBe("more");
      }
      expect(codec.decodeStream(Uint8Array.of(...bytes, 1, 2, 3), SOMEWHERE, from).kind).toBe("message");
    }), RUNS);
  });

  test("has a label in front if the caller says it, and none if it is an answer", () => {
    const [codec, sealing] = [memberlistCodec({ label: "blue", compress: false }), codecWith([1], { label: "blue" })];
    expect(hexOf(codec.encodeStream(streamAck, "caller"))).toBe(`f404626c7565${hexOf(encode(streamAck))}`);
    expect(hexOf(codec.encodeStream(streamAck, "answerer"))).toBe(hexOf(encode(streamAck)));
    expect(hexOf(sealing.encodeStream(streamAck, "caller")).slice(0, 14)).toBe("f404626c75650a");
    expect(hexOf(sealing.encodeStream(streamAck, "answerer")).slice(0, 2)).toBe("0a");
  });
});

describe("however slowly it comes in", () => {
  test("it is looked through once", () => {
    const codec = memberlistCodec({ compress: false });
    const bytes = codec.encodeStream(pushPull(2_000, "s".repeat(500)), "caller");
    let passed = 0;
    let progress: Progress | undefined;
    for (let at = 0; at < bytes.length; at++) {
      const look = measureStream(bytes.subarray(0, at), progress);
      if (look.kind !== "more") throw new Error(`${look.kind} at ${at}`);
      // From where the last look stopped to where this one did: that is what it costs, and one more head, of a value that is not whole.
      passed += look.progress.at - (progress?.at ?? 0);
      progress = look.progress;
    }
    expect(passed).toBe(bytes.length - 500);
    expect(measureStream(bytes, progress)).toEqual({ kind: "whole", length: bytes.length });
  });

  test("lists within lists, a byte at a time, are not begun anew", () => {
    const bytes = Uint8Array.of(6, 0x81, ...raw("a161"), ...new Uint8Array(50_000).fill(0x91), 0xc0);
    let progress: Progress | undefined;
    for (let at = 0; at < bytes.length; at++) {
      const look = measureStream(bytes.subarray(0, at), progress);
      if (look.kind !== "more") throw new Error(`${look.kind} at ${at}`);
      expect(look.progress.at).toBeGreaterThanOrEqual(at - 2);
      progress = look.progress;
    }
  });

  test("a frame says how long it is, and is opened once", () => {
    const codec = codecWith([1]);
    const bytes = codec.encodeStream(pushPull(500), "caller");
    expect(codec.decodeStream(bytes.subarray(0, 1), SOMEWHERE, "caller")).toEqual({ kind: "more", atLeast: 5 });
    expect(codec.decodeStream(bytes.subarray(0, 5), SOMEWHERE, "caller")).toEqual({ kind: "more", atLeast: bytes.length });
    expect(readInPieces(codec, bytes, "caller", () => 1).looks).toBe(4);
  });

  test("what is compressed says how long it is", () => {
    const codec = memberlistCodec();
    const bytes = codec.encodeStream(pushPull(500), "caller");
    expect(codec.decodeStream(bytes.subarray(0, 20), SOMEWHERE, "caller")).toMatchObject({ kind: "more", atLeast: bytes.length });
  });

  test("what an application adds, and its words, are counted before they are there", () => {
    const codec = memberlistCodec({ compress: false });
    const bytes = codec.encodeStream(pushPull(1, "s".repeat(9_000)), "caller");
    expect(codec.decodeStream(bytes.subarray(0, bytes.length - 9_000), SOMEWHERE, "caller")).toMatchObject({ kind: "more", atLeast: bytes.length });
  });
});

const plain = memberlistCodec();
const secret = codecWith([1]);
const blue = memberlistCodec({ label: "blue" });
const said = pushPull(3);
const MUCH = "ffffffff";

describe("refused, by reason, as soon as it can be known", () => {
  test.for<readonly [string, Codec, Uint8Array, StreamSide, string, string]>([
    ["a type that nobody knows", plain, raw("2a"), "caller", "malformed", "a message of type 42, which does not belong here"],
    ["a datagram's message", plain, raw("07"), "caller", "malformed", "a message of type 7, which does not belong here"],
    ["4 billion members", plain, raw("06 81 a54e6f646573 ce ee6b2800"), "caller", "malformed", "a number that is none from 0 to 2147483647"],
    ["a million and one members", plain, raw("06 81 a54e6f646573 ce 00100001"), "caller", "too-long", "1048577 records: more than 1048576"],
    ["two billion bytes of an application's state", plain, raw("06 81 ac5573657253746174654c656e ce 7fffffff"), "caller", "too-long", "a message of at least 2147483667 bytes: more than 20971520"],
    ["two billion bytes of a user message", plain, raw("08 81 aa557365724d73674c656e ce 7fffffff"), "caller", "too-long", "a message of at least 2147483665 bytes: more than 20971520"],
    ["a name of 4 billion bytes", plain, raw(`00 81 a44e6f6465 db ${MUCH}`), "caller", "too-long", "a message of at least 4294967307 bytes: more than 20971520"],
    ["an unknown field of 2³² lists", plain, raw(`00 81 a161 dd ${MUCH}`), "caller", "too-long", "a message of at least 4294967304 bytes: more than 20971520"],
    ["a frame of 4 billion bytes", secret, raw(`0a ${MUCH}`), "caller", "too-long", "a message of at least 4294967300 bytes: more than 20971520"],
    ["a frame of nothing", secret, raw("0a 00000000"), "caller", "undecipherable", "too short to be encrypted"],
    ["what is encrypted, to one without keys", plain, secret.encodeStream(said, "caller"), "caller", "undecipherable", "encrypted, and we have no key"],
    ["what was encrypted with another key", codecWith([2]), secret.encodeStream(said, "caller"), "caller", "undecipherable", "our key does not decrypt it"],
    ["what was encrypted with none of our keys", codecWith([2, 3]), secret.encodeStream(said, "caller"), "caller", "undecipherable", "none of our 2 keys decrypts it"],
    ["plain text, where all is encrypted", secret, raw("06"), "caller", "plain", "in plain text, where encryption is required"],
    ["no label, where there is one", blue, plain.encodeStream(said, "caller"), "caller", "label", 'no label, where ours is "blue"'],
    ["a label, where there is none", plain, blue.encodeStream(said, "caller"), "caller", "label", 'the label "blue", where ours is none'],
    ["a label before an answer", blue, blue.encodeStream(said, "caller"), "answerer", "label", "a label, which an answer must not have"],
    ["a label of no bytes", blue, raw("f400"), "caller", "malformed", "a label of no bytes"],
    ["a complaint", plain, raw("0d81a54572726f72a26e6f"), "answerer", "refused", 'the peer refused: "no"'],
    ["a complaint in plain text", secret, raw("0d81a54572726f72a26e6f"), "answerer", "plain", 'in plain text, where encryption is required; the peer refused: "no"'],
  ])("%s", ([, codec, bytes, from, reason, why]) => {
    expect(codec.decodeStream(bytes, SOMEWHERE, from)).toEqual({ kind: "refused", reason, why });
  });

  test("the head of a frame is authenticated, and the label with it", () => {
    const sealed = codecWith([1], { label: "blue" }).encodeStream(said, "answerer");
    expect(codecWith([1], { label: "blue" }).decodeStream(sealed, SOMEWHERE, "answerer").kind).toBe("message");
    expect(secret.decodeStream(sealed, SOMEWHERE, "answerer")).toMatchObject({ reason: "undecipherable" });
    const shortened = sealed.slice(0, -1);
    new DataView(shortened.buffer).setUint32(1, sealed.length - 6);
    expect(codecWith([1], { label: "blue" }).decodeStream(shortened, SOMEWHERE, "answerer")).toMatchObject({ reason: "undecipherable" });
  });

  test("what unpacks to more than we take in", () => {
    const zeros = { kind: "user", payload: "\0".repeat(100_000) } as Request;
    const bytes = plain.encodeStream(zeros, "caller");
    expect(bytes.length).toBeLessThan(2_000);
    expect(memberlistCodec({ longest: 50_000 }).decodeStream(bytes, SOMEWHERE, "caller")).toEqual({ kind: "refused", reason: "too-long", why: "compressed, and longer than 50000 bytes" });
    expect(memberlistCodec({ longest: 1_000 }).decodeStream(memberlistCodec({ compress: false }).encodeStream(zeros, "caller"), SOMEWHERE, "caller")).toMatchObject({ reason: "too-long" });
  });

  test("while encryption is rolled out both are read", () => {
    const rolling = codecWith([1], { verifyIncoming: false });
    expect(rolling.decodeStream(plain.encodeStream(said, "caller"), SOMEWHERE, "caller").kind).toBe("message");
    expect(rolling.decodeStream(secret.encodeStream(said, "caller"), SOMEWHERE, "caller").kind).toBe("message");
    expect(plain.decodeStream(codecWith([1], { verifyOutgoing: false }).encodeStream(said, "caller"), SOMEWHERE, "caller").kind).toBe("message");
  });
});

describe("the same encrypted stream again", () => {
  const replayed = { kind: "refused", reason: "replayed", why: "a replayed encrypted stream" };

  test.for<StreamSide>(["caller", "answerer"])("is dropped, and the next one is not, if the %s says it", (from) => {
    const receiver = codecWith([1]);
    const [one, other] = [secret.encodeStream(said, from), secret.encodeStream(said, from)];
    expect(receiver.decodeStream(one, SOMEWHERE, from).kind).toBe("message");
    expect(receiver.decodeStream(one, SOMEWHERE, from)).toEqual(replayed);
    expect(receiver.decodeStream(other, SOMEWHERE, from).kind).toBe("message");
    expect(receiver.decodeStream(one, SOMEWHERE, from)).toEqual(replayed);
  });

  test("is one that was whole: looked at with every byte that comes, it is heard once, and then no more", () => {
    const receiver = codecWith([1]);
    const bytes = secret.encodeStream(said, "caller");
    for (let at = 0; at < bytes.length; at++) expect(receiver.decodeStream(bytes.subarray(0, at), SOMEWHERE, "caller").kind).toBe("more");
    expect(readInPieces(receiver, bytes, "caller", () => 1).read.kind).toBe("message");
    expect(readInPieces(receiver, bytes, "caller", () => 1)).toMatchObject({ read: replayed, at: bytes.length });
  });

  test("is not remembered if it did not open: a stranger's forgery cannot keep the true one out", () => {
    const receiver = codecWith([1]);
    const bytes = secret.encodeStream(said, "caller");
    const forged = bytes.with(bytes.length - 1, (bytes.at(-1) ?? 0) ^ 1);
    expect(receiver.decodeStream(forged, SOMEWHERE, "caller")).toMatchObject({ reason: "undecipherable" });
    expect(receiver.decodeStream(bytes, SOMEWHERE, "caller").kind).toBe("message");
  });

  test("is known for thousands of streams, however many datagrams come in between, and not for ever", () => {
    const [receiver, sealer] = [codecWith([1]), codecWith([1])];
    const first = sealer.encodeStream(streamAck, "answerer");
    const hear = (count: number): void => {
      for (let k = 0; k < count; k++) receiver.decodeStream(sealer.encodeStream(streamAck, "answerer"), SOMEWHERE, "answerer");
    };
    expect(receiver.decodeStream(first, SOMEWHERE, "answerer").kind).toBe("message");
    hear(REMEMBERED - 1);
    for (let k = 0; k < 3 * REMEMBERED; k++) receiver.decode(sealer.encode(ping(), null), SOMEWHERE);
    expect(receiver.decodeStream(first, SOMEWHERE, "answerer")).toEqual(replayed);
    hear(REMEMBERED + 1);
    expect(receiver.decodeStream(first, SOMEWHERE, "answerer").kind).toBe("message");
  });

  test("is heard again if it is plain", () => {
    const bytes = plain.encodeStream(said, "caller");
    expect([1, 2].map(() => plain.decodeStream(bytes, SOMEWHERE, "caller").kind)).toEqual(["message", "message"]);
  });
});
