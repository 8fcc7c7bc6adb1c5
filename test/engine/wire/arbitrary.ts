/** Messages of every shape, for the laws: any names, any meta, addresses of both kinds, numbers at the borders of their widths. */

import fc from "fast-check";
import type { Answer, Compare, Datagram, Patch, PushPull, Request, UserMessage } from "../../../engine/messages/message.ts";
import { viewOf } from "../../../engine/view/index.ts";
import { formatAddress } from "../../../engine/wire/index.ts";
import type { Accusation, AliveClaim, Claim, Member, Status, Versions } from "../../../engine/words/member.ts";
import { address, bytes, incarnation, memberId, seqNo, type Address, type Bytes, type MemberId } from "../../../engine/words/units.ts";

const BORDERS = [0, 1, 127, 128, 255, 256, 65_535, 65_536, 4_294_967_295];
const anInteger = fc.oneof(fc.constantFrom(...BORDERS), fc.nat({ max: 4_294_967_295 }));

/** Any text without lone surrogates, which no encoding can carry; most of them short. */
const aText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "binary", minLength: 28, maxLength: 40 }),
  fc.string({ maxLength: 300 }),
);
export const anId: fc.Arbitrary<MemberId> = aText.map(memberId);

const aHost = fc.oneof(fc.uint8Array({ minLength: 4, maxLength: 4 }), fc.uint8Array({ minLength: 16, maxLength: 16 }), aSparseHost());

/** Sixteen bytes with runs of zeros, as most addresses have. */
function aSparseHost(): fc.Arbitrary<Uint8Array> {
  return fc.array(fc.constantFrom(0, 0, 0, 1, 0xff, 0x20), { minLength: 16, maxLength: 16 }).map((host) => Uint8Array.from(host));
}

export const anAddress: fc.Arbitrary<Address> = fc
  .tuple(aHost, fc.oneof(fc.constantFrom(1, 127, 128, 255, 256, 999, 1000, 65_535), fc.integer({ min: 1, max: 65_535 })))
  .map(([host, port]) => formatAddress(host, port));

export const someBytes: fc.Arbitrary<Bytes> = fc
  .oneof(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ minLength: 250, maxLength: 512 }))
  .map((raw) => bytes(String.fromCharCode(...raw)));

const aByte = fc.nat({ max: 255 });
const someVersions: fc.Arbitrary<Versions> = fc.tuple(aByte, aByte, aByte, aByte, aByte, aByte);

const aMemberOf = (status: fc.Arbitrary<Status>): fc.Arbitrary<Member> =>
  fc.record({ id: anId, address: anAddress, meta: someBytes, versions: someVersions, incarnation: anInteger.map(incarnation), status });

const anAlive: fc.Arbitrary<AliveClaim> = aMemberOf(fc.constant("alive")).map((member) => ({ kind: "alive", member }));

/** `left` comes from its subject and `dead` from anybody else: that is all by which the wire tells them apart. */
const anAccusation: fc.Arbitrary<Accusation> = fc
  .record({ kind: fc.constantFrom("suspect", "dead", "left"), about: anId, incarnation: anInteger.map(incarnation), from: anId })
  .map((claim) => {
    if (claim.kind === "left") return { ...claim, from: claim.about };
    return claim.kind === "dead" && claim.from === claim.about ? { ...claim, from: memberId(`${claim.from}?`) } : claim;
  });

export const aClaim: fc.Arbitrary<Claim> = fc.oneof(anAlive, anAccusation);

const riders = {
  gossip: fc.oneof(fc.constant<Claim[]>([]), fc.array(aClaim, { maxLength: 8 })),
  userMessages: fc.oneof(fc.constant<Bytes[]>([]), fc.array(someBytes, { maxLength: 3 })),
};
const alone = { gossip: fc.constant<Claim[]>([]), userMessages: fc.constant<Bytes[]>([]) };
const seq = anInteger.map(seqNo);

const aPingWith = <T extends object>(tail: T) =>
  ({ kind: fc.constant("ping" as const), seq, target: anId, source: anId, sourceAddress: anAddress, ...tail });
const anAckWith = <T extends object>(tail: T) => ({ kind: fc.constant("ack" as const), seq, payload: someBytes, ...tail });

export const aDatagram: fc.Arbitrary<Datagram> = fc.oneof(
  fc.record(aPingWith(riders)),
  fc.record(anAckWith(riders)),
  fc.record({
    kind: fc.constant("ping-req"), seq, target: anId, targetAddress: anAddress, source: anId, sourceAddress: anAddress,
    wantsNack: fc.boolean(), ...riders,
  }),
  fc.record({ kind: fc.constant("nack"), seq, ...riders }),
  fc.record({ kind: fc.constant("gossip"), ...riders }),
);

const aView = fc.array(aMemberOf(fc.constantFrom("alive", "suspect", "dead", "left")), { maxLength: 12 }).map(viewOf);

export const aPushPull: fc.Arbitrary<PushPull> = fc.record({ kind: fc.constant("push-pull"), join: fc.boolean(), view: aView, userState: someBytes });

/** How many parts a view has, so many levels down. */
const parts = (depth: number): number => (depth === 1 ? 32 : 1024);
const aHalf = fc.integer({ min: -2_147_483_648, max: 2_147_483_647 });

export const aCompare: fc.Arbitrary<Compare> = fc.constantFrom(1, 1, 1, 2).chain((depth) => fc.record({
  kind: fc.constant("compare"),
  depth: fc.constant(depth),
  digests: fc.array(fc.record({ high: aHalf, low: aHalf }), { minLength: parts(depth), maxLength: parts(depth) }),
}));

export const aPatch: fc.Arbitrary<Patch> = fc.constantFrom(1, 2).chain((depth) => fc.record({
  kind: fc.constant("patch"),
  depth: fc.constant(depth),
  parts: fc.uniqueArray(fc.nat({ max: parts(depth) - 1 }), { maxLength: parts(depth) }),
  view: aView,
}));

export const aUserMessage: fc.Arbitrary<UserMessage> = fc.record({ kind: fc.constant("user"), payload: someBytes });

/** Whatever goes through a stream, in either direction. */
export const aStreamMessage: fc.Arbitrary<Request | Answer> = fc.oneof(
  aPushPull, aCompare, aPatch, aUserMessage, fc.record(aPingWith(alone)), fc.record(anAckWith(alone)),
);

/** A place to come from, for what does not say so itself. */
export const SOMEWHERE: Address = address("192.0.2.1:7946");
