/** What the tests of the codec say to one another. */

import { keyringOf } from "../../../adapter/codec/keyring.ts";
import { memberlistCodec } from "../../../adapter/codec/memberlist.ts";
import type { MemberlistCodecOptions } from "../../../adapter/codec/dialect.ts";
import type { Codec } from "../../../adapter/codec/codec.ts";
import { address, bytes, incarnation, memberId, seqNo, viewOf, type Ack, type Claim, type Member, type Ping, type PushPull } from "../../../engine/index.ts";

/** Keys by number, of each length in turn. */
export const keyNumber = (number: number): Uint8Array => new Uint8Array([16, 24, 32][number % 3] ?? 16).fill(number);

/** A codec of a group with these keys, the first of which encrypts. */
export const codecWith = (keys: readonly number[], options: MemberlistCodecOptions = {}): Codec =>
  memberlistCodec({ keyring: keyringOf(keys.map(keyNumber)), ...options });

export const memberNumber = (number: number): Member => ({
  id: memberId(`member-${number}`), address: address(`10.0.${number >> 8}.${number & 255}:7946`), meta: bytes("\u00ff\u0081\u00a4role\u00a3web"),
  versions: [1, 5, 2, 2, 5, 5], incarnation: incarnation(3), status: "alive",
});

/** Five claims, of the kinds that a ping carries while something happens. */
export const fiveClaims: readonly Claim[] = [
  { kind: "alive", member: memberNumber(1) },
  { kind: "suspect", about: memberId("member-2"), incarnation: incarnation(7), from: memberId("member-9") },
  { kind: "alive", member: memberNumber(3) },
  { kind: "dead", about: memberId("member-4"), incarnation: incarnation(7), from: memberId("member-9") },
  { kind: "suspect", about: memberId("member-5"), incarnation: incarnation(7), from: memberId("member-9") },
];

export const ping = (seq = 1, gossip: readonly Claim[] = []): Ping => ({
  kind: "ping", seq: seqNo(seq), target: memberId("member-2"), source: memberId("member-1"), sourceAddress: address("10.0.0.1:7946"), gossip, userMessages: [],
});

export const streamAck: Ack = { kind: "ack", seq: seqNo(1), payload: bytes(""), gossip: [], userMessages: [] };

/** A view of so many. */
export const pushPull = (members: number, userState = ""): PushPull => ({
  kind: "push-pull", join: false, view: viewOf(Array.from({ length: members }, (_, k) => memberNumber(k))), userState: bytes(userState),
});
