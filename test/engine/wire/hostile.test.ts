/** Whatever comes in, the answer is a message or a reason: never an exception, never more work or space than the input is long. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sizeOf } from "../../../engine/view/index.ts";
import type { Message } from "../../../engine/messages/message.ts";
import {
  addLabel, decode, decodeStream, encode, stripLabel, wrap, wrapStream, type Decoded, type DecodedStream,
} from "../../../engine/wire/index.ts";
import { SOMEWHERE, aDatagram, aPushPull, aStreamMessage } from "./arbitrary.ts";
import { captures as captured, hexOf, raw } from "./captures.ts";

const RUNS = { seed: 1952, numRuns: 20_000 };

/** Of each kind of capture, from each kind of agent, the shortest: the others are cut and flipped alike. */
const captures: readonly Uint8Array[] = [
  ...new Map(captured.toSorted((one, other) => other.hex.length - one.hex.length).map(({ by, types, hex }) => [`${by} ${types}`, raw(hex)])).values(),
];
const flipped = (bytes: Uint8Array, bit: number): Uint8Array => bytes.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));

/** Reads it as everything; whatever is understood can be said again, and then means the same. (Said plainly, because it is asked a hundred thousand times.) */
function survives(bytes: Uint8Array): "understood" | "refused" {
  const read = decode(bytes, SOMEWHERE);
  const stream = decodeStream(bytes, SOMEWHERE, EXPANSION);
  const label = stripLabel(bytes);
  if (!saysWhy(read) || !saysWhy(stream) || !saysWhy(label)) throw new Error("refused for no reason");
  if (read.ok && !isSaidAgain(decode(encode(read.message)), read.message)) throw new Error(`a datagram, another the second time: ${JSON.stringify(read)}`);
  if (stream.ok && !isSaidAgain(decodeStream(encode(stream.message)), stream.message)) throw new Error(`a stream, another the second time: ${JSON.stringify(stream)}`);
  if (label.ok && hexOf(addLabel(label.rest, label.label)) !== hexOf(bytes)) throw new Error("a label, another the second time");
  if (read.ok && read.unread.length > bytes.length + 65_536) throw new Error("more passed over than there were bytes");
  if (stream.ok && recordsIn(stream.message) + stream.unread.length > bytes.length + EXPANSION) throw new Error("more records than there were bytes");
  return read.ok || stream.ok ? "understood" : "refused";
}

const saysWhy = (read: { readonly ok: boolean; readonly why?: string }): boolean => read.ok || (read.why ?? "") !== "";

const isSaidAgain = (again: Decoded | DecodedStream, message: Message): boolean =>
  again.ok && again.unread.length === 0 && hexOf(encode(again.message)) === hexOf(encode(message));

const recordsIn = (message: Message): number => (message.kind === "push-pull" || message.kind === "patch" ? sizeOf(message.view) : 0);

/** What may come out of a compressed stream here: enough for all that is whole. */
const EXPANSION = 20_000;

/** How often each happened, to be sure that both did. */
class Tally {
  readonly understood: number[] = [];
  readonly refused: number[] = [];
  count(bytes: Uint8Array): void {
    this[survives(bytes)].push(bytes.length);
  }
}

describe("nothing throws", () => {
  test("at arbitrary bytes, of any type", () => {
    const tally = new Tally();
    const noise = fc.tuple(fc.oneof(fc.nat({ max: 13 }), fc.constantFrom(200, 201, 244), fc.nat({ max: 255 })), fc.uint8Array({ maxLength: 200 }));
    fc.assert(fc.property(noise, ([type, rest]) => tally.count(Uint8Array.of(type, ...rest))), RUNS);
    expect(tally.refused.length).toBeGreaterThan(10_000);
  });

  test("at arbitrary bytes behind heads that look right", () => {
    const tally = new Tally();
    const heads = fc.constantFrom(
      "0085", "0188", "0282a55365714e6f", "0b81a55365714e6f", "0383a446726f6d", "0486a441646472a47f000001", "0683a54e6f646573", "0702", "070200090009",
      "0982a4416c676f00a3427566", "c882a5446570746801", "c983a5446570746802", "0881aa557365724d73674c656e",
    );
    fc.assert(fc.property(heads, fc.uint8Array({ maxLength: 60 }), (head, rest) => tally.count(Uint8Array.of(...raw(head), ...rest))), RUNS);
    expect(tally.understood.length).toBeGreaterThan(100);
    expect(tally.refused.length).toBeGreaterThan(1_000);
  });

  test("at real ones cut off anywhere", () => {
    const tally = new Tally();
    for (const bytes of captures) for (let end = 0; end < bytes.length; end++) tally.count(bytes.slice(0, end));
    expect(tally.understood.length + tally.refused.length).toBeGreaterThan(4_000);
  });

  test("at real ones with any bit flipped", () => {
    const tally = new Tally();
    // Of what is long, not each bit, but in the course of eight bytes each of the eight.
    for (const bytes of captures) for (let bit = 0; bit < 8 * bytes.length; bit += bytes.length > 150 ? 9 : 1) tally.count(flipped(bytes, bit));
    expect(tally.understood.length).toBeGreaterThan(5_000);
    expect(tally.refused.length).toBeGreaterThan(5_000);
  });

  test("at our own with a stretch torn out, or another's put in", () => {
    const tally = new Tally();
    const written = fc.oneof(aDatagram.map(encode), aDatagram.map((message) => wrap(encode(message), { compress: true })), aStreamMessage.map(encode));
    const place = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(fc.property(written, written, place, place, (one, other, x, y) => {
      tally.count(Uint8Array.of(...one.slice(0, Math.floor(x * one.length)), ...other.slice(Math.floor(y * other.length))));
    }), { ...RUNS, numRuns: 1_500 });
    expect(tally.understood.length).toBeGreaterThan(100);
  });
});

describe("checksums", () => {
  const checked = captures.filter(([type]) => type === 0x0c);

  test("find each single flipped bit, and each cut", () => {
    let found = 0;
    for (const bytes of checked) {
      for (let bit = 8; bit < 8 * bytes.length; bit++, found++) expect(decode(flipped(bytes, bit))).toMatchObject({ ok: false, why: /^damaged/ });
      for (let end = 5; end < bytes.length; end++, found++) expect(decode(bytes.slice(0, end))).toMatchObject({ ok: false, why: /^damaged/ });
    }
    expect(found).toBeGreaterThan(5_000);
  });

  test("belong before everything, and are five bytes with their type", () => {
    expect(decode(raw("0c 00000000"))).toEqual({ ok: false, why: "no bytes at all" });
    expect(decode(raw("0c 000000"))).toEqual({ ok: false, why: "a checksum where none belongs, or cut short" });
  });
});

describe("lengths that lie are refused from the lengths alone", () => {
  const MUCH = "ffffffff";
  test.for([
    ["a map of 2³² entries", `02 df ${MUCH}`, "cut short"],
    ["a map of more entries than bytes", `02 de 0003 a1 61 c0 a1 62`, "cut short"],
    ["a key of 2³² bytes", `02 81 db ${MUCH} 61`, "cut short"],
    ["a name of 2³² bytes", `03 81 a44e6f6465 db ${MUCH} 61`, "cut short"],
    ["a binary of 2³² bytes", `04 81 a44d657461 c6 ${MUCH} 61`, "cut short"],
    ["an unknown list of 2³² values", `02 81 a161 dd ${MUCH} 00`, "cut short"],
    ["lists of 2³² within lists of 2³²", `02 81 a161 ${`dd${MUCH}`.repeat(10_000)}`, "cut short"],
    ["maps of 2³² within maps", `02 81 a161 ${`df${MUCH}`.repeat(10_000)}`, "cut short"],
    ["an extension of 2³² bytes", `02 81 a161 c9 ${MUCH} 00`, "cut short"],
    ["lists within lists, 60,000 deep, and then nothing", `02 81 a161 ${"91".repeat(60_000)}`, "cut short"],
    ["a byte that msgpack never uses", `02 81 a161 c1`, "a byte that msgpack never uses"],
    ["255 parts in no bytes", `07 ff`, "a compound cut short"],
  ] as const)("%s", ([, hex, why]) => {
    expect(decode(raw(hex))).toEqual({ ok: false, why });
  });

  test("lists within lists, 60,000 deep and whole, are passed over", () => {
    expect(decode(raw(`02 81 a161 ${"91".repeat(60_000)} c0`))).toMatchObject({ ok: true, message: { kind: "ack", seq: 0 } });
  });

  test.for([
    ["4 billion records", `06 81 a54e6f646573 ce ee6b2800`, "a number that is none from 0 to 2147483647", false],
    ["a negative number of records", `06 81 a54e6f646573 d0 ff`, "a number that is none from 0 to 2147483647", false],
    ["one record more than memberlist takes", `06 81 a54e6f646573 ce 00100001`, "1048577 records: more than 1048576", false],
    ["a million records, of which none is there", `06 81 a54e6f646573 ce 000f4240`, "cut short", true],
    ["two billion bytes of user state", `06 81 ac5573657253746174654c656e ce 7fffffff 00`, "cut short", true],
    ["a record with a name of 2³² bytes", `06 81 a54e6f646573 01 81 a44e616d65 db ${MUCH}`, "cut short", true],
    ["nothing", ``, "cut short", true],
    ["a nack", `0b 80`, "a message of type 11, which does not belong here", false],
    ["a ping whose answer could go nowhere", `00 80`, "no address to answer to", false],
    ["two billion bytes of a user message", `08 81 aa557365724d73674c656e ce 7fffffff 00`, "cut short", true],
    ["4 billion bytes of a user message", `08 81 aa557365724d73674c656e ce ffffffff 00`, "a number that is none from 0 to 2147483647", false],
    ["a negative number of bytes", `08 81 aa557365724d73674c656e d1 ff00 00`, "a number that is none from 0 to 2147483647", false],
    ["no digests", `c8 81 a54465707468 01`, "0 bytes of digests, of 32 parts", false],
    ["digests of two levels at one", `c8 82 a54465707468 01 a744696765737473 da 2000 ${"00".repeat(8192)}`, "8192 bytes of digests, of 32 parts", false],
    ["digests that are not there", `c8 82 a54465707468 02 a744696765737473 da 2000 00`, "cut short", true],
    ["a compare at no depth", `c8 80`, "a depth of 0, and not one or two", false],
    ["a compare three levels down", `c8 81 a54465707468 03`, "a depth of 3, and not one or two", false],
    ["a compare two billion levels down", `c8 81 a54465707468 ce 7fffffff`, "a depth of 2147483647, and not one or two", false],
    ["half a part", `c9 82 a54465707468 01 a55061727473 a3 000000`, "3 bytes of parts, of which there are 32", false],
    ["a part too many", `c9 82 a54465707468 01 a55061727473 da 0042 ${"0000".repeat(33)}`, "66 bytes of parts, of which there are 32", false],
    ["a part that there is not", `c9 82 a54465707468 01 a55061727473 a2 0020`, "a part that is none of 32", false],
    ["a patch of more records than memberlist takes", `c9 82 a54465707468 01 a54e6f646573 ce 00100001`, "1048577 records: more than 1048576", false],
    ["a patch of records that are not there", `c9 82 a54465707468 01 a54e6f646573 03 80`, "cut short", true],
    ["something with a label", `f4 01 61 06`, "labelled, which whoever knows our label takes off before", false],
    ["a compound", `07 00`, "a message of type 7, which does not belong here", false],
    ["something encrypted", `0a 00000000`, "encrypted, which is not the engine's to read", false],
  ] as const)("on a stream: %s", ([, hex, why, cutShort]) => {
    expect(decodeStream(raw(hex))).toEqual({ ok: false, why, cutShort });
  });
});

describe("nonsense is refused with a reason", () => {
  test.for([
    ["nothing", ``, "no bytes at all"],
    ["a type that nobody knows", `2a`, "a message of type 42, which does not belong here"],
    ["no map", `02 a161`, "no map where one belongs"],
    ["a map whose keys are numbers", `02 81 01 01`, "neither text nor bytes where they belong"],
    ["a seq that is text", `02 81 a55365714e6f a131`, "a number that is none from 0 to 4294967295"],
    ["a seq of 33 bits", `02 81 a55365714e6f cf 0000000100000000`, "a number that is none from 0 to 4294967295"],
    ["a negative seq", `02 81 a55365714e6f ff`, "a number that is none from 0 to 4294967295"],
    ["a negative seq of 64 bits", `02 81 a55365714e6f d3 ffffffffffffffff`, "a number that is none from 0 to 4294967295"],
    ["a name that is not UTF-8", `03 81 a44e6f6465 a1ff`, "text that is not UTF-8"],
    ["an alive message without an address", `04 80`, "no address"],
    ["an address of five bytes", `04 81 a441646472 a50000000000`, "an address of 5 bytes"],
    ["an address without a port", `04 81 a441646472 a40a000001`, "an address without a port"],
    ["an answer that is neither", `01 81 a44e61636b 02`, "neither yes nor no (or encrypted)"],
  ] as const)("%s", ([, hex, why]) => {
    expect(decode(raw(hex), SOMEWHERE)).toEqual({ ok: false, why });
  });

  test("but for one record among others, which alone is passed over", () => {
    const record = (fields: string): string => `83 a44e616d65 a161 ${fields}`;
    const good = record(`a441646472 a40a000001 a4506f7274 01`);
    for (const [bad, why] of [
      [record(`a441646472 a50000000000 a4506f7274 01`), "an address of 5 bytes"],
      [`84 ${good.slice(2)} a55374617465 04`, "a number that is none from 0 to 3"],
      [`c0`, "no address"],
      [`07`, "no map where one belongs"],
    ] as const) {
      const read = decodeStream(raw(`06 81 a54e6f646573 03 ${bad} ${good} ${bad}`));
      expect(read).toMatchObject({ ok: true, unread: [why, why] });
      expect(read.ok && read.message.kind === "push-pull" && sizeOf(read.message.view)).toBe(1);
    }
  });
});

describe("a peer that complains is quoted", () => {
  const complaint = (error: string): unknown => decodeStream(Uint8Array.of(...raw("0d 81 a54572726f72"), ...raw(error)));

  test("as far as that is worth reading", () => {
    const said = "Remote state is encrypted and encryption is not configured";
    expect(complaint(`da 003a ${Buffer.from(said).toString("hex")}`)).toEqual({ ok: false, why: `the peer refused: "${said}"`, cutShort: false });
    expect(complaint(`da 2710 ${"78".repeat(10_000)}`)).toEqual({ ok: false, why: `the peer refused: "${"x".repeat(200)}…"`, cutShort: false });
    expect(complaint(`a0`)).toEqual({ ok: false, why: `the peer refused: ""`, cutShort: false });
  });

  test("without what could upset a terminal", () => {
    expect(complaint(`a9 1b5b324a c29b 32 4a 0a`)).toEqual({ ok: false, why: `the peer refused: "\\u001b[2J?2J\\n"`, cutShort: false });
    expect(complaint(`a3 ff0061`)).toEqual({ ok: false, why: `the peer refused: "ÿ\\u0000a"`, cutShort: false });
  });

  test("when it is all there", () => {
    expect(complaint(`da 003a 52`)).toEqual({ ok: false, why: "cut short", cutShort: true });
    expect(decode(raw("0d 80"))).toEqual({ ok: false, why: "an error message, which belongs in a stream" });
  });
});

describe("a stream that is not all there yet", () => {
  test("is cut short at each place but the end", () => {
    fc.assert(fc.property(fc.oneof(aPushPull, aStreamMessage), fc.boolean(), (message, compress) => {
      const written = wrapStream(encode(message), { compress });
      for (let end = 0; end < written.length; end += 1 + Math.floor(written.length / 200)) {
        expect(decodeStream(written.slice(0, end))).toMatchObject({ ok: false, cutShort: true });
      }
      expect(decodeStream(written)).toMatchObject({ ok: true });
    }), { ...RUNS, numRuns: 100 });
  });
});
