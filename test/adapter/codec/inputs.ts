/** Bytes made to take much space: each kind in its own way. */

import fc from "fast-check";
import { collidingIds } from "./colliding.ts";
import { pack } from "../../../engine/wire/lzw.ts";
import { encode } from "../../../engine/wire/index.ts";
import { captures, raw } from "../../engine/wire/captures.ts";
import { fiveClaims, ping, pushPull as pushPullOf } from "./messages.ts";
import { chanceOf, spoiled } from "./mutations.ts";

/** `unpacked`: how many bytes come out of what is compressed in it, at most. */
export type Input = { readonly bytes: Uint8Array; readonly unpacked: number };

const plain = (bytes: Uint8Array): Input => ({ bytes, unpacked: 0 });
const joined = (...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => Array.from(part)));
const text = (word: string): readonly number[] => [0xa0 + word.length, ...Buffer.from(word, "latin1")];
const wide = (value: number): readonly number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];

/** A compound of at most 255 parts. */
const compound = (parts: readonly Uint8Array[]): Uint8Array => joined([7, parts.length], ...parts.map(({ length }) => [length >>> 8, length & 255]), ...parts);
const compressed = (content: Uint8Array): Uint8Array => {
  const packed = pack(content);
  return joined([9, 0x82], text("Algo"), [0], text("Buf"), [0xc6, ...wide(packed.length)], packed);
};
const pushPull = (count: number, records: readonly (Uint8Array | readonly number[])[]): Uint8Array => joined([6, 0x81], text("Nodes"), [0xce, ...wide(count)], ...records);

/** The shortest of everything, and what only looks like it. */
const crumbs = ["", "00", "00c0", "0080", "01c0", "02c0", "03c0", "0480", "04c0", "0580", "05c0", "07", "0700", "07ff", "08", "0841", "08fe41", "09", "0980", "09c0", "0b", "0b80", "0c", "ff", "f4", "0581a14ea0", "0481a441646472a101"].map(raw);
const smallRecords = ["c0", "80", "90", "00", "8180c0", "82a44e616d65a161a441646472a40a000001", "84a44e616d65a0a441646472a40a000001a4506f727401a456736ea0"].map(raw);

const pairs = collidingIds();

/** The shortest record that is one, but for its versions. */
const record = (id: string, versions: readonly number[] | null): readonly number[] =>
  [versions === null ? 0x83 : 0x84, ...text("Name"), ...text(id), ...text("Addr"), 0xa4, 10, 0, 0, 1, ...text("Port"), 1, ...(versions === null ? [] : [...text("Vsn"), 0xa0 + versions.length, ...versions])];

const shorts = captures.map(({ hex }) => raw(hex)).filter((packet) => packet.length < 2_000 && packet[0] !== 9 && packet[5] !== 9);
const someCrumbs = (most: number): fc.Arbitrary<Uint8Array[]> => fc.oneof(
  fc.array(fc.constantFrom(...crumbs), { minLength: 1, maxLength: most }),
  fc.tuple(fc.constantFrom(...crumbs), fc.integer({ min: 1, max: most })).map(([crumb, times]) => Array.from({ length: times }, () => crumb)),
);
const aCompound = someCrumbs(255).map(compound);
const deepCompounds = fc.tuple(fc.array(aCompound, { minLength: 1, maxLength: 60 }), fc.integer({ min: 0, max: 6 })).map(([parts, depth]) => {
  let bytes = compound(parts);
  for (let k = 0; k < depth && bytes.length < 60_000; k++) bytes = compound([bytes]);
  return bytes;
});
const records = fc.oneof(
  fc.array(fc.constantFrom(...smallRecords), { minLength: 1, maxLength: 2_000 }),
  fc.tuple(fc.constantFrom(...smallRecords), fc.integer({ min: 1, max: 8_000 })).map(([one, times]) => Array.from({ length: times }, () => one)),
).map((all) => pushPull(all.length, all));
const colliding = fc.tuple(fc.oneof(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: pairs.length })), fc.constantFrom(null, [], [7], [9, 1])).map(([count, versions]) =>
  pushPull(2 * count, pairs.slice(0, count).flatMap(([one, other]) => [record(one, versions), record(other, versions === null ? null : versions.toReversed())])));
const heads = ["dbffffffff", "ddffffffff", "dfffffffff", "c6ffffffff", "c9ffffffff00", "dcffff", "deffff", "daffff", "ce7fffffff", "cf0fffffffffffffff"].map(raw);
const nested = fc.tuple(fc.constantFrom(2, 6, 11), fc.integer({ min: 1, max: 2_000 })).map(([type, depth]) => joined([type, 0x81], text("a"), new Uint8Array(depth).fill(0x91), [0xc0]));
const lying = fc.tuple(fc.constantFrom(...shorts, pushPull(2_147_483_647, []), pushPull(1_048_576, [])), fc.constantFrom(...heads), fc.nat(), fc.nat({ max: 40 }))
  .map(([packet, head, at, rest]) => joined(packet.subarray(0, 1 + (at % packet.length)), head, new Uint8Array(rest)));

export const inputs: Readonly<Record<string, fc.Arbitrary<Input>>> = {
  "any bytes": fc.tuple(fc.oneof(fc.nat({ max: 13 }), fc.constantFrom(200, 201, 244)), fc.uint8Array({ maxLength: 2_000 })).map(([type, rest]) => plain(Uint8Array.of(type, ...rest))),
  "real packets, spoiled": fc.integer().map((seed) => plain(spoiled(chanceOf(seed), shorts))),
  "whole messages": fc.oneof(
    fc.constantFrom(...shorts),
    fc.array(fc.constantFrom(...fiveClaims), { maxLength: 200 }).map((gossip) => encode(ping(1, gossip))),
    fc.nat({ max: 500 }).map((members) => encode(pushPullOf(members))),
  ).map(plain),
  "compounds of crumbs": aCompound.map(plain),
  "compounds in compounds": deepCompounds.map(plain),
  "records": records.map(plain),
  "records whose names collide": colliding.map(plain),
  "lengths that lie": lying.map(plain),
  "lists within lists": nested.map(plain),
  "compressed, whole or cut short": fc.tuple(fc.oneof(aCompound, deepCompounds, records, colliding, fc.integer({ min: 1, max: 300_000 }).map((length) => new Uint8Array(length))), fc.boolean(), fc.nat()).map(([content, isWhole, at]) => {
    const bytes = compressed(content);
    return { bytes: isWhole ? bytes : bytes.subarray(0, 1 + (at % bytes.length)), unpacked: content.length };
  }),
  "compressed within compounds": fc.array(fc.oneof(aCompound, fc.integer({ min: 1, max: 20_000 }).map((length) => new Uint8Array(length))), { minLength: 1, maxLength: 5 })
    .map((contents) => ({ bytes: compound(contents.map(compressed)), unpacked: contents.reduce((sum, { length }) => sum + length, 0) })),
};
