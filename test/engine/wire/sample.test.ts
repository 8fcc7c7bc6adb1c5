/** What memberlist writes for a message, byte for byte, with what each stretch of bytes is. */

import { describe, expect, test } from "vitest";
import type { Ack, Answer, Datagram, Ping, Request } from "../../../engine/messages/message.ts";
import { membersOf, viewOf } from "../../../engine/view/index.ts";
import { decode, decodeStream, encode } from "../../../engine/wire/index.ts";
import type { Accusation, Claim, Member } from "../../../engine/words/member.ts";
import { address, bytes, incarnation, memberId, seqNo, type Address } from "../../../engine/words/units.ts";

/** Bytes as a person reads them: hexadecimal, and text in quotation marks. */
function written(annotated: string): Uint8Array {
  const parts = annotated.match(/"[^"]*"|[0-9a-f]{2}/g) ?? [];
  return Uint8Array.from(parts.flatMap((part) => (part.startsWith('"') ? [...Buffer.from(part.slice(1, -1))] : [parseInt(part, 16)])));
}

const at = (port: number): Address => address(`127.0.0.1:${port}`);
const a = memberId("a");
const c = memberId("c");
const accusation = (kind: Accusation["kind"], about: string, from: string, count = 1): Accusation => ({
  kind, about: memberId(about), incarnation: incarnation(count), from: memberId(from),
});
const d: Member = {
  id: memberId("d"), address: at(17949), meta: bytes("\u00ff\u0080"), versions: [1, 5, 2, 2, 5, 5], incarnation: incarnation(1), status: "alive",
};
const nothing = { gossip: [], userMessages: [] } as const;
const alone = (claim: Claim): Datagram => ({ kind: "gossip", gossip: [claim], userMessages: [] });
const ack = (seq: number, payload = ""): Ack => ({ kind: "ack", seq: seqNo(seq), payload: bytes(payload), ...nothing });
const ping = (target: string, seq: number): Ping => ({
  kind: "ping", seq: seqNo(seq), target: memberId(target), source: a, sourceAddress: at(17946), ...nothing,
});

const PING = `85 a4"Node" a1"d" a5"SeqNo" 0c aa"SourceAddr" a4 7f000001 aa"SourceNode" a1"a" aa"SourcePort" cd461a`;
const SUSPECT = `83 a4"From" a1"a" ab"Incarnation" 01 a4"Node" a1"c"`;

const samples: readonly (readonly [name: string, message: Datagram, bytes: string])[] = [
  ["ping", ping("c", 2), `00 85 a4"Node" a1"c" a5"SeqNo" 02 aa"SourceAddr" a4 7f000001 aa"SourceNode" a1"a" aa"SourcePort" cd461a`],
  ["ack", ack(12), `02 82 a7"Payload" c0 a5"SeqNo" 0c`],
  ["an ack with something of the application's", ack(1, "ack-n1"), `02 82 a7"Payload" a6"ack-n1" a5"SeqNo" 01`],
  ["nack", { kind: "nack", seq: seqNo(11), ...nothing }, `0b 81 a5"SeqNo" 0b`],
  [
    "ping-req",
    { kind: "ping-req", seq: seqNo(11), target: c, targetAddress: at(17948), source: a, sourceAddress: at(17946), wantsNack: true, ...nothing },
    `01 88 a4"Nack" c3 a4"Node" a1"c" a4"Port" cd461c a5"SeqNo" 0b
     aa"SourceAddr" a4 7f000001 aa"SourceNode" a1"a" aa"SourcePort" cd461a a6"Target" a4 7f000001`,
  ],
  ["suspect", alone(accusation("suspect", "c", "a")), `03 ${SUSPECT}`],
  ["dead", alone(accusation("dead", "d", "a")), `05 83 a4"From" a1"a" ab"Incarnation" 01 a4"Node" a1"d"`],
  [
    "suspect, by its own word, which is no farewell",
    alone(accusation("suspect", "c", "c")),
    `03 83 a4"From" a1"c" ab"Incarnation" 01 a4"Node" a1"c"`,
  ],
  ["left", alone(accusation("left", "c", "c", 2)), `05 83 a4"From" a1"c" ab"Incarnation" 02 a4"Node" a1"c"`],
  [
    "alive",
    alone({ kind: "alive", member: d }),
    `04 86 a4"Addr" a4 7f000001 ab"Incarnation" 01 a4"Meta" a2 ff80 a4"Node" a1"d" a4"Port" cd461d a3"Vsn" a6 010502020505`,
  ],
  ["a ping with a suspicion", { ...ping("d", 12), gossip: [accusation("suspect", "c", "a")] }, `07 02 003b 001d 00 ${PING} 03 ${SUSPECT}`],
  [
    "an ack with two claims",
    { ...ack(200), gossip: [accusation("suspect", "c", "a"), accusation("dead", "d", "a")] },
    `07 03 0013 001d 001d 02 82 a7"Payload" c0 a5"SeqNo" cc c8 03 ${SUSPECT} 05 83 a4"From" a1"a" ab"Incarnation" 01 a4"Node" a1"d"`,
  ],
  ["a user message", { kind: "gossip", gossip: [], userMessages: [bytes("\u0001hi")] }, `08 01"hi"`],
  ["a user message of no bytes", { kind: "gossip", gossip: [], userMessages: [bytes("")] }, `08`],
  ["two user messages", { kind: "gossip", gossip: [], userMessages: [bytes("hi"), bytes("ho")] }, `07 02 0003 0003 08"hi" 08"ho"`],
  [
    "an answer, then a claim, then a user message",
    { kind: "nack", seq: seqNo(11), gossip: [accusation("suspect", "c", "a")], userMessages: [bytes("hi")] },
    `07 03 0009 001d 0003 0b 81 a5"SeqNo" 0b 03 ${SUSPECT} 08"hi"`,
  ],
];

describe("datagrams", () => {
  test.for(samples)("%s", ([, message, annotated]) => {
    expect(Buffer.from(encode(message)).toString("hex")).toBe(Buffer.from(written(annotated)).toString("hex"));
    expect(decode(written(annotated))).toEqual({ ok: true, message, unread: [] });
  });
});

describe("a push-pull", () => {
  const header = `06 83 a4"Join" c3 a5"Nodes" 01 ac"UserStateLen" 00`;
  const record = (state: string): string =>
    `87 a4"Addr" a4 7f000001 ab"Incarnation" 01 a4"Meta" a2 ff80 a4"Name" a1"d" a4"Port" cd461d a5"State" ${state} a3"Vsn" a6 010502020505`;

  test.for([["alive", "00"], ["suspect", "01"], ["dead", "02"], ["left", "03"]] as const)("of one that is %s", ([status, state]) => {
    const message = { kind: "push-pull", join: true, view: viewOf([{ ...d, status }]), userState: bytes("") } as const;
    expect(Buffer.from(encode(message)).toString("hex")).toBe(Buffer.from(written(`${header} ${record(state)}`)).toString("hex"));
  });

  test("with a state of the application's behind its records", () => {
    const message = { kind: "push-pull", join: true, view: viewOf([d]), userState: bytes("state-n1") } as const;
    const annotated = `06 83 a4"Join" c3 a5"Nodes" 01 ac"UserStateLen" 08 ${record("00")} "state-n1"`;
    expect(Buffer.from(encode(message)).toString("hex")).toBe(Buffer.from(written(annotated)).toString("hex"));
    expect(decodeStream(written(annotated))).toMatchObject({ ok: true, message: { userState: "state-n1" }, unread: [] });
  });

  test("a patch carries the same records, and says of which parts they are", () => {
    const message = { kind: "patch", depth: 2, parts: [3, 1023], view: viewOf([d]) } as const;
    const annotated = `c9 83 a5"Depth" 02 a5"Nodes" 01 a5"Parts" a4 0003 03ff ${record("00")}`;
    expect(Buffer.from(encode(message)).toString("hex")).toBe(Buffer.from(written(annotated)).toString("hex"));
    const read = decodeStream(written(annotated));
    expect(read).toMatchObject({ ok: true, message: { kind: "patch", depth: 2, parts: [3, 1023] }, unread: [] });
    expect(read.ok && read.message.kind === "patch" && membersOf(read.message.view)).toEqual([d]);
  });
});

describe("in a stream", () => {
  const digests = [{ high: -1, low: 1 }, ...Array.from({ length: 31 }, () => ({ high: 0, low: -2 }))];
  const inStream: readonly (readonly [name: string, message: Request | Answer, bytes: string])[] = [
    ["a ping is what it is elsewhere", ping("d", 12), `00 ${PING}`],
    ["so is an ack", ack(11), `02 82 a7"Payload" c0 a5"SeqNo" 0b`],
    ["a user message says how long it is", { kind: "user", payload: bytes("hello") }, `08 81 aa"UserMsgLen" 05 "hello"`],
    ["a user message of no bytes", { kind: "user", payload: bytes("") }, `08 81 aa"UserMsgLen" 00`],
    [
      "a compare: 32 digests of eight bytes",
      { kind: "compare", depth: 1, digests },
      `c8 82 a5"Depth" 01 a7"Digests" da 0100 ffffffff00000001 ${"00000000fffffffe".repeat(31)}`,
    ],
  ];

  test.for(inStream)("%s", ([, message, annotated]) => {
    expect(Buffer.from(encode(message)).toString("hex")).toBe(Buffer.from(written(annotated)).toString("hex"));
    expect(decodeStream(written(annotated))).toEqual({ ok: true, message, unread: [] });
  });

  test.for([
    ["a signed 16-bit one, as newer ones write it", `d1 012c`],
    ["a signed 32-bit one", `d2 0000012c`],
    ["a signed 64-bit one", `d3 000000000000012c`],
    ["an unsigned one", `cd 012c`],
  ] as const)("the length of a user message may be %s", ([, length]) => {
    const read = decodeStream(written(`08 81 aa"UserMsgLen" ${length} ${"61".repeat(300)}`));
    expect(read).toEqual({ ok: true, message: { kind: "user", payload: "a".repeat(300) }, unread: [] });
  });

  test("a ping that does not say whom to answer is answered where it came from", () => {
    const bare = written(`00 82 a4"Node" a1"d" a5"SeqNo" 0c`);
    expect(decodeStream(bare, at(17946))).toMatchObject({ ok: true, message: { kind: "ping", sourceAddress: "127.0.0.1:17946" } });
  });
});

describe("what others write differently, and Go's decoders take, is taken", () => {
  const dead = { ok: true, message: alone(accusation("dead", "d", "a", 200)), unread: [] };
  test.for([
    ["keys in any order", `05 83 a4"Node" a1"d" ab"Incarnation" cc c8 a4"From" a1"a"`],
    ["a signed 16-bit number", `05 83 a4"From" a1"a" ab"Incarnation" d1 00c8 a4"Node" a1"d"`],
    ["a signed 32-bit number", `05 83 a4"From" a1"a" ab"Incarnation" d2 000000c8 a4"Node" a1"d"`],
    ["a signed 64-bit number", `05 83 a4"From" a1"a" ab"Incarnation" d3 00000000000000c8 a4"Node" a1"d"`],
    ["an unsigned 64-bit number", `05 83 a4"From" a1"a" ab"Incarnation" cf 00000000000000c8 a4"Node" a1"d"`],
    ["numbers and heads longer than need be", `05 df 00000003 d9 04"From" da 0001"a" ab"Incarnation" ce 000000c8 c4 04"Node" db 00000001"d"`],
    ["text as bin8 and bin16, a map16", `05 de 0003 a4"From" c4 01"a" ab"Incarnation" cd 00c8 a4"Node" c5 0001"d"`],
    [
      "keys it does not know, whatever they hold",
      `05 85 a1"x" 92 81 c0 93 cb 0000000000000000 d6 0000000000 c7 02 0000 00 c3
       a4"From" a1"a" a1"y" e0 ab"Incarnation" cc c8 a4"Node" a1"d"`,
    ],
    ["the last of a key's values", `05 84 a4"From" a1"z" a4"From" a1"a" ab"Incarnation" cc c8 a4"Node" a1"d"`],
    ["something behind the message", `05 83 a4"From" a1"a" ab"Incarnation" cc c8 a4"Node" a1"d" 00ff`],
  ] as const)("%s", ([, annotated]) => {
    expect(decode(written(annotated))).toEqual(dead);
  });

  test("what is missing, and what is nil, is zero", () => {
    const zero = { ok: true, message: ack(0), unread: [] };
    expect(decode(written(`02 80`))).toEqual(zero);
    expect(decode(written(`02 c0`))).toEqual(zero);
    expect(decode(written(`02 81 a5"SeqNo" c0`))).toEqual(zero);
    expect(decode(written(`02 82 a7"Payload" a0 a5"SeqNo" 00`)), "a payload of no bytes is none").toEqual(zero);
    const nobody: Member = { ...d, id: memberId(""), meta: bytes(""), versions: [0, 0, 0, 0, 0, 0], incarnation: incarnation(0) };
    const read = decode(written(`04 83 a4"Addr" a4 7f000001 a4"Port" cd461d a3"Vsn" c0`));
    expect(read).toEqual({ ok: true, message: alone({ kind: "alive", member: nobody }), unread: [] });
  });

  test("a ping that does not say whom to answer is answered where it came from", () => {
    const bare = written(`00 82 a4"Node" a1"d" a5"SeqNo" 0c`);
    const read = decode(bare, at(17946));
    expect(read).toMatchObject({ ok: true, message: { kind: "ping", target: "d", seq: 12, source: "", sourceAddress: "127.0.0.1:17946" } });
    expect(decode(bare)).toEqual({ ok: false, why: "no address to answer to (or encrypted)" });
    const portless = written(`00 83 a4"Node" a1"d" aa"SourceAddr" a4 0a000001 aa"SourcePort" 00`);
    expect(decode(portless, at(1))).toMatchObject({ message: { sourceAddress: "127.0.0.1:1" } });
  });

  test("Nack may be 0 or 1, or missing", () => {
    const asked = (nack: string): unknown => decode(written(`01 8${nack === "" ? 2 : 3} ${nack} a6"Target" a4 7f000001 a4"Port" cd461c`), at(1));
    expect(asked(`a4"Nack" 01`)).toMatchObject({ message: { wantsNack: true } });
    expect(asked(`a4"Nack" 00`)).toMatchObject({ message: { wantsNack: false } });
    expect(asked(``)).toMatchObject({ message: { wantsNack: false } });
  });

  test("too few versions are filled up with zeros, too many cut off", () => {
    const alive = (vsn: string): unknown => decode(written(`04 83 a4"Addr" a4 7f000001 a4"Port" cd461d a3"Vsn" ${vsn}`));
    expect(alive("a2 0105")).toMatchObject({ message: { gossip: [{ member: { versions: [1, 5, 0, 0, 0, 0] } }] } });
    expect(alive("a7 01050200000009")).toMatchObject({ message: { gossip: [{ member: { versions: [1, 5, 2, 0, 0, 0] } }] } });
  });

  test("the length of an application's state may be signed, and what follows it is passed over", () => {
    const read = decodeStream(written(`06 83 a4"Join" c2 a5"Nodes" 00 ac"UserStateLen" d0 02 ffff 00`));
    expect(read).toMatchObject({ ok: true, message: { join: false, userState: "\u00ff\u00ff" }, unread: [] });
  });
});

describe("compounds", () => {
  const suspect = accusation("suspect", "c", "a");

  test("within a compound are heard as if they were none", () => {
    const read = decode(written(`07 02 0021 0009 07 01 001d 03 ${SUSPECT} 0b 81 a5"SeqNo" 0b`));
    expect(read).toEqual({ ok: true, message: { kind: "nack", seq: 11, gossip: [suspect], userMessages: [] }, unread: [] });
  });

  test("that nest too deep are left at that", () => {
    const nested = (depth: number): number[] => (depth === 0 ? [...written(`03 ${SUSPECT}`)] : wrapped(nested(depth - 1)));
    const wrapped = (inner: readonly number[]): number[] => [7, 1, inner.length >> 8, inner.length & 255, ...inner];
    expect(decode(Uint8Array.from(nested(4)))).toEqual({ ok: true, message: alone(suspect), unread: [] });
    expect(decode(Uint8Array.from(nested(5)))).toEqual({ ok: false, why: "messages within messages, too deep" });
    expect(decode(Uint8Array.from(nested(1_000)))).toMatchObject({ ok: false });
  });

  test("are heard as far as they can be read", () => {
    const nack = `0b 81 a5"SeqNo" 0b`;
    const heard = (annotated: string): unknown => {
      const read = decode(written(annotated));
      return read.ok ? [read.message.kind, read.message.gossip.length, ...read.message.userMessages, ...read.unread] : read.why;
    };
    expect(heard(`07 02 0009 001d ${nack} 03 ${SUSPECT}`)).toEqual(["nack", 1]);
    expect(heard(`07 02 0001 001d 2a 03 ${SUSPECT}`)).toEqual(["gossip", 1, "a message of type 42, which does not belong here"]);
    expect(heard(`07 03 0003 001d 0003 08"hi" 03 ${SUSPECT} 08"ho"`)).toEqual(["gossip", 1, "hi", "ho"]);
    expect(heard(`07 02 0009 001e ${nack} 03 ${SUSPECT}`)).toEqual(["nack", 0, "a compound cut short"]);
    expect(heard(`07 02 0009 0009 ${nack} ${nack}`)).toEqual(["nack", 0, "a second question or answer in one datagram"]);
    expect(heard(`07 02 0000 0009 ${nack}`)).toEqual(["nack", 0, "no bytes at all"]);
    expect(heard(`07 01 0001 2a`)).toBe("a message of type 42, which does not belong here");
    expect(heard(`07 01 0001 c8`)).toBe("a compare, which belongs in a stream");
    expect(heard(`07 03 0009 00`)).toBe("a compound cut short");
    expect(heard(`07`)).toEqual("a compound cut short");
    expect(heard(`07 02 0009 0001 ${nack} 06`)).toEqual(["nack", 0, "a push-pull, which belongs in a stream"]);
  });
});
