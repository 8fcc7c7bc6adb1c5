/** The inputs of the codec's figures: a ping with five claims, and the most expensive bytes. */

import { collidingIds } from "../test/adapter/codec/colliding.ts";
import { address, bytes, encode, incarnation, memberId, seqNo, wrap, type Address, type Claim, type Datagram, type Member } from "../engine/index.ts";

const member = (number: number): Member => ({
  id: memberId(`member-${number}`), address: address(`10.0.0.${number}:7946`), meta: bytes("\u00ff\u0081\u00a4role\u00a3web"), versions: [1, 5, 2, 2, 5, 5],
  incarnation: incarnation(3), status: "alive",
});
const accusation = (kind: "suspect" | "dead", about: number): Claim => ({ kind, about: memberId(`member-${about}`), incarnation: incarnation(7), from: memberId("member-9") });

/** A typical datagram while something happens: two newcomers, two suspects, one dead. */
export const pingWithFiveClaims: Datagram = {
  kind: "ping", seq: seqNo(70_000), target: memberId("member-2"), source: memberId("member-1"), sourceAddress: address("10.0.0.1:7946"), userMessages: [],
  gossip: [{ kind: "alive", member: member(1) }, accusation("suspect", 2), { kind: "alive", member: member(3) }, accusation("dead", 4), accusation("suspect", 5)],
};

export const somewhere: Address = address("10.0.0.9:7946");

/** `read`: all bytes that are read in the end, including those that come out of decompression. */
export type Costly = { readonly name: string; readonly over: "datagram" | "stream"; readonly bytes: Uint8Array; readonly read: number };

const raw = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));
const parts = (part: string): string => `07 ff ${(raw(part).length).toString(16).padStart(4, "0").repeat(255)} ${part.repeat(255)}`;
const said = (name: string, hex: string): Costly => {
  const written = raw(hex);
  return { name, over: "datagram", bytes: written, read: written.length };
};
const records = (name: string, record: string, count: number): Costly => {
  const written = raw(`06 81 a54e6f646573 cd ${count.toString(16).padStart(4, "0")} ${record.repeat(count)}`);
  return { name, over: "stream", bytes: written, read: written.length };
};
/** Highly compressed: its size is that of the decompressed bytes. */
const bomb = (name: string, datagram: Uint8Array): Costly => {
  const written = wrap(datagram, { compress: true });
  return { name, over: "datagram", bytes: written, read: written.length + datagram.length };
};
/** Parts that each decompress to more than is allowed: in total, only as much comes out of them as one datagram may have. */
const bombs = (name: string, count: number): Costly => {
  const part = wrap(encode({ kind: "gossip", gossip: [], userMessages: [bytes("\0".repeat(66_000))] }), { compress: true });
  const written = Uint8Array.of(7, count, ...Array.from({ length: count }, () => [part.length >> 8, part.length & 255]).flat(), ...Array.from({ length: count }, () => [...part]).flat());
  return { name, over: "datagram", bytes: written, read: written.length + 65_536 };
};

const hexText = (text: string): string => (0xa0 + text.length).toString(16) + Buffer.from(text, "latin1").toString("hex");
/** The shortest records that have a name, all with different names. */
const named = (name: string, names: readonly string[]): Costly => {
  const written = raw(`06 81 a54e6f646573 ce ${names.length.toString(16).padStart(8, "0")} ${names.map((each) => `83 a44e616d65 ${hexText(each)} a441646472 a40a000001 a4506f7274 01`).join(" ")}`);
  return { name, over: "stream", bytes: written, read: written.length };
};
const numbered = (count: number): readonly string[] => Array.from({ length: count }, (_, k) => k.toString(36));

/** Pseudo-random bytes, the same everywhere. */
function noise(seed: number, length: number): Uint8Array {
  let x = seed;
  return Uint8Array.from({ length }, () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return x & 0xff;
  });
}

/** The bytes that were found to cost most for their length, in datagrams of a kilobyte or a few, and in streams. */
export const costly: readonly Costly[] = [
  ...Array.from({ length: 14 }, (_, type): Costly => ({ name: `noise of type ${type}`, over: "datagram", bytes: noise(type + 1, 1_024).with(0, type), read: 1_024 })),
  said("parts of no bytes", parts("")),
  said("parts that are none", parts("02 81 01")),
  said("acks with nothing in them", parts("02 80")),
  said("accusations with nothing in them", parts("03 80")),
  said("alive messages without an address", parts("04 80")),
  said("user messages of no bytes", parts("08")),
  said("fields that nobody knows", `02 de 0100 ${"a178 c0".repeat(256)}`),
  said("lists within lists", `02 81 a178 ${"91".repeat(1_000)} c0`),
  said("a name that is not ASCII", `03 81 a44e6f6465 da 03fc ${"c3a9".repeat(510)}`),
  said("a long name", `03 81 a44e6f6465 da 03fc ${"61".repeat(1_020)}`),
  said("a user message", `08 ${"61".repeat(1_023)}`),
  said("what is compressed, and none of it", `09 82 a4416c676f 00 a3427566 da 0400 ${"00fe".repeat(512)}`),
  bomb("64 KiB of zeros, packed", encode({ kind: "gossip", gossip: [], userMessages: [bytes("\0".repeat(65_000))] })),
  bomb("64 KiB of user messages, packed", encode({ kind: "gossip", gossip: [], userMessages: Array.from({ length: 255 }, () => bytes("\0".repeat(250))) })),
  bombs("packed parts that come out too long", 140),
  records("records that are nil", "c0", 16_384),
  records("records that are no maps", "07", 16_384),
  records("records with a key that is none", "81 01 01", 8_192),
  records("records of a name", "81 a44e616d65 a161", 4_096),
  records("records without a port", "82 a44e616d65 a161 a441646472 a40a000001", 4_096),
  records("records, the shortest there are", "82 a441646472 a40a000001 a4506f7274 01", 4_096),
  named("ten thousand members", numbered(10_000)),
  named("a hundred thousand members", numbered(100_000)),
  named("members whose names collide", collidingIds().flat()),
];
