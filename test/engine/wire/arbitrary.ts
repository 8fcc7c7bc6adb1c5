/** Messages of every shape, for the laws: any names, any meta, addresses of both kinds, numbers at the borders of their widths. */

import fc from "fast-check";
import {
  address, bytes, incarnation, memberId, seqNo, viewOf,
  type Accusation, type Address, type AliveClaim, type Bytes, type Claim, type Datagram, type Member, type MemberId, type PushPull,
  type Status, type Versions,
} from "../../../engine/index.ts";
import { formatAddress } from "../../../engine/wire/index.ts";

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

const someBytes: fc.Arbitrary<Bytes> = fc
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

const gossip = fc.oneof(fc.constant<Claim[]>([]), fc.array(aClaim, { maxLength: 8 }));
const seq = anInteger.map(seqNo);

export const aDatagram: fc.Arbitrary<Datagram> = fc.oneof(
  fc.record({ kind: fc.constant("ping"), seq, target: anId, source: anId, sourceAddress: anAddress, gossip }),
  fc.record({ kind: fc.constant("ack"), seq, gossip }),
  fc.record({
    kind: fc.constant("ping-req"), seq, target: anId, targetAddress: anAddress, source: anId, sourceAddress: anAddress,
    wantsNack: fc.boolean(), gossip,
  }),
  fc.record({ kind: fc.constant("nack"), seq, gossip }),
  fc.record({ kind: fc.constant("gossip"), gossip }),
);

export const aPushPull: fc.Arbitrary<PushPull> = fc
  .record({ join: fc.boolean(), members: fc.array(aMemberOf(fc.constantFrom("alive", "suspect", "dead", "left")), { maxLength: 12 }) })
  .map(({ join, members }) => ({ kind: "push-pull", join, view: viewOf(members) }));

/** A place to come from, for what does not say so itself. */
export const SOMEWHERE: Address = address("192.0.2.1:7946");
