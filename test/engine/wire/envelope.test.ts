/** What goes around messages: compression, which is seen through but not endlessly; checksums; labels. */

import { describe, expect, test } from "vitest";
import { compress } from "../../../engine/wire/compress.ts";
import { addLabel, decode, decodeStream, encode, stripLabel, wrap, wrapStream } from "../../../engine/wire/index.ts";
import { bytes, seqNo } from "../../../engine/words/units.ts";
import type { Ack, Gossip, UserMessage } from "../../../engine/messages/message.ts";
import { hexOf, raw } from "./captures.ts";

const said = (payload: string): Gossip => ({ kind: "gossip", gossip: [], userMessages: [bytes(payload)] });
const nack = { kind: "nack", seq: seqNo(11), gossip: [], userMessages: [] } as const;
const ack: Ack = { kind: "ack", seq: seqNo(12), payload: bytes(""), gossip: [], userMessages: [] };
/** A user message of so many bytes, in a datagram. */
const zeros = (length: number): Uint8Array => encode(said("\0".repeat(length)));
const compound = (...parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.of(7, parts.length, ...parts.flatMap(({ length }) => [length >> 8, length & 255]), ...parts.flatMap((part) => [...part]));

describe("a datagram", () => {
  test("is compressed if that makes it shorter", () => {
    expect(wrap(encode(nack), { compress: true })).toEqual(encode(nack));
    const long = zeros(1_000);
    expect(wrap(long, { compress: true })).toEqual(compress(long));
    expect(compress(long).length).toBeLessThan(100);
    expect(wrap(long, { compress: false })).toEqual(long);
    expect(wrap(long, {})).toEqual(long);
    // Around the length at which it begins to pay, of what packs well and less well.
    let packed = 0;
    for (const period of [1, 2, 5, 9, 17, 40]) {
      for (let length = 1; length < 400; length++) {
        const datagram = encode(said(Array.from({ length }, (_, k) => String.fromCharCode(97 + ((k * 7) % period))).join("")));
        const [wrapped, compressed] = [wrap(datagram, { compress: true }), compress(datagram)];
        const isShorter = compressed.length < datagram.length;
        if (isShorter) packed++;
        expect(wrapped).toEqual(isShorter ? compressed : datagram);
      }
    }
    expect([packed > 500, packed < 2_300]).toEqual([true, true]);
  });

  test("is checked last, over all the rest", () => {
    expect(hexOf(wrap(raw("0383a446726f6da161ab496e6361726e6174696f6e01a44e6f6465a163"), { crc: true }))).toBe(
      "0c55ff57b20383a446726f6da161ab496e6361726e6174696f6e01a44e6f6465a163",
    );
    const both = wrap(zeros(1_000), { crc: true, compress: true });
    expect(both.subarray(5)).toEqual(compress(zeros(1_000)));
    expect(decode(both)).toEqual({ ok: true, message: said("\0".repeat(1_000)), unread: [] });
  });

  test("is seen through, wherever in it something is compressed", () => {
    const heard = { ok: true, message: { ...nack, userMessages: ["x", "\0\0"] }, unread: [] };
    expect(decode(compress(compound(encode(nack), encode(said("x")), zeros(2))))).toEqual(heard);
    expect(decode(compound(compress(encode(nack)), compress(encode(said("x"))), zeros(2)))).toEqual(heard);
    expect(decode(compress(compress(compress(compress(encode(nack))))))).toEqual({ ok: true, message: nack, unread: [] });
  });

  test("is not seen through for ever", () => {
    const deep = (depth: number): Uint8Array => (depth === 0 ? encode(nack) : compress(deep(depth - 1)));
    expect(decode(deep(5))).toEqual({ ok: false, why: "messages within messages, too deep" });
    expect(decode(deep(40))).toEqual({ ok: false, why: "messages within messages, too deep" });
    expect(decode(compress(compound(compress(compound(compress(encode(nack)))))))).toEqual({ ok: false, why: "messages within messages, too deep" });
  });

  test("holds 64 KiB at most, all that is compressed in it taken together", () => {
    expect(decode(compress(zeros(65_535)))).toMatchObject({ ok: true });
    expect(decode(compress(zeros(65_536)))).toEqual({ ok: false, why: "compressed, and longer than 65536 bytes" });
    const half = compress(zeros(32_767));
    expect(decode(compound(half, half))).toMatchObject({ ok: true, unread: [] });
    const thrice = decode(compound(half, half, half));
    expect(thrice).toMatchObject({ ok: true, unread: ["compressed, and longer than 0 bytes"] });
    expect(thrice.ok && thrice.message.userMessages.length).toBe(2);
    expect(decode(compress(compound(half, half, encode(said("x")))))).toMatchObject({ ok: true, message: { userMessages: { length: 2 } } });
  });

  test("unpacks no more than that if it is all refused: what came out before that was clear is paid for", () => {
    const roomIn = (why: string): number => Number(/^compressed, and longer than (\d+) bytes$/.exec(why)?.[1]);
    const bomb = compress(zeros(66_000));
    const bombs = decode(compound(...Array.from({ length: 100 }, () => bomb), encode(said("x"))));
    expect(bombs).toMatchObject({ ok: true, message: said("x"), unread: { length: 100 } });
    const rooms = bombs.ok ? bombs.unread.map(roomIn) : [];
    // Of each bomb as much comes out as there was room for, less than its longest string. The second finds next to nothing left, the last nothing.
    expect(rooms[0]).toBe(65_536);
    for (const room of rooms.slice(1)) expect(room).toBeLessThan(400);
    const torn = (length: number): Uint8Array => Uint8Array.of(...compress(zeros(length)).subarray(0, -2), 255, 255);
    expect(decode(torn(32_767))).toEqual({ ok: false, why: "compressed, with a code that was never given out" });
    const twice = decode(compound(torn(32_767), torn(32_767), encode(said("x")), compress(zeros(1_000))));
    expect([twice.ok && twice.message.userMessages, twice.ok && roomIn(twice.unread.at(-1) ?? "") < 1_000]).toEqual([["x"], true]);
    // And no more than came out: what is wrong with one is no fault of the next.
    expect(decode(compound(torn(30_000), compress(zeros(30_000))))).toMatchObject({ ok: true, message: said("\0".repeat(30_000)), unread: { length: 1 } });
  });

  test.for([
    ["in an unknown way", `09 82 a4416c676f 01 a3427566 a0`, "compressed in a way that nobody knows, number 1"],
    ["with nothing in it", `09 80`, "compressed, and cut short"],
    ["with nothing packed in it", `09 82 a4416c676f 00 a3427566 a3 000302`, "no bytes at all"],
    ["with less in it than it says", `09 82 a4416c676f 00 a3427566 da 7fff 00`, "cut short"],
    ["with a push-pull in it", hexOf(compress(raw("06 80"))), "a push-pull, which belongs in a stream"],
    ["with a checksum in it", hexOf(compress(raw("0c 00000000"))), "a checksum where none belongs, or cut short"],
  ] as const)("that is compressed %s is refused", ([, hex, why]) => {
    expect(decode(raw(hex))).toEqual({ ok: false, why });
  });

  test("may say so with keys in any order, and others besides", () => {
    const { length } = compress(encode(nack));
    const packed = hexOf(compress(encode(nack)).subarray(12, length));
    expect(decode(raw(`09 83 a3427566 ${packed} a178 93010203 a4416c676f 00`))).toEqual({ ok: true, message: nack, unread: [] });
    expect(decode(raw(`09 81 a3427566 ${packed}`))).toEqual({ ok: true, message: nack, unread: [] });
  });
});

describe("a stream", () => {
  const message: UserMessage = { kind: "user", payload: bytes("\0".repeat(100_000)) };

  test("is compressed if asked to, even if that makes it longer", () => {
    expect(wrapStream(encode(ack), { compress: true }).length).toBeGreaterThan(encode(ack).length);
    expect(hexOf(wrapStream(encode(ack), { compress: true }))).toBe("0982a4416c676f00a3427566b70005083a05254c1e366fc29001566a4a99384ede300808");
    expect(wrapStream(encode(ack), {})).toEqual(encode(ack));
    expect(decodeStream(wrapStream(encode(message), { compress: true }))).toEqual({ ok: true, message, unread: [] });
  });

  test("is seen through once, up to a limit", () => {
    const length = encode(message).length;
    expect(decodeStream(compress(encode(message)), undefined, length)).toMatchObject({ ok: true });
    const refused = { ok: false, why: `compressed, and longer than ${length - 1} bytes`, cutShort: false };
    expect(decodeStream(compress(encode(message)), undefined, length - 1)).toEqual(refused);
    expect(decodeStream(compress(compress(encode(ack))))).toEqual({ ok: false, why: "compressed within what is compressed", cutShort: false });
  });

  test("holds 40 MiB at most, if nobody says otherwise", () => {
    const most = 41_943_040;
    expect(decodeStream(compress(new Uint8Array(most + 1)))).toEqual({ ok: false, why: `compressed, and longer than ${most} bytes`, cutShort: false });
  });

  test("that is cut short within what is compressed is no better with more bytes", () => {
    const cut = compress(encode(message).subarray(0, 1_000));
    expect(decodeStream(cut)).toEqual({ ok: false, why: "cut short", cutShort: false });
    expect(decodeStream(cut.subarray(0, cut.length - 1))).toEqual({ ok: false, why: "cut short", cutShort: true });
  });
});

describe("a label", () => {
  const blue = bytes("blue");

  test("stands before everything", () => {
    expect(hexOf(addLabel(raw("0085"), blue))).toBe("f404626c75650085");
    expect(stripLabel(raw("f404626c75650085"))).toEqual({ ok: true, label: "blue", rest: raw("0085") });
    expect(stripLabel(raw("f404626c7565"))).toEqual({ ok: true, label: "blue", rest: raw("") });
  });

  test("of no bytes is none", () => {
    expect(addLabel(raw("0085"), bytes(""))).toEqual(raw("0085"));
    expect(stripLabel(raw("0085"))).toEqual({ ok: true, label: "", rest: raw("0085") });
    expect(stripLabel(raw(""))).toEqual({ ok: true, label: "", rest: raw("") });
    expect(stripLabel(raw("f40085"))).toEqual({ ok: false, why: "a label of no bytes", cutShort: false });
  });

  test("has 255 bytes at most, of any kind", () => {
    const longest = bytes("\u00ff".repeat(255));
    expect(stripLabel(addLabel(raw("07"), longest))).toEqual({ ok: true, label: longest, rest: raw("07") });
    expect(() => addLabel(raw("07"), bytes("x".repeat(256)))).toThrow("a label of at most 255 bytes");
  });

  test.for(["f4", "f404", "f404626c75"])("that is not all there (%s) may yet come", (hex) => {
    expect(stripLabel(raw(hex))).toEqual({ ok: false, why: "a label cut short", cutShort: true });
  });
});
