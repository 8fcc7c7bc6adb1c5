/** What members say to one another. Each message that travels in a datagram carries gossip; a view travels in a stream. */

import type { Claim } from "../words/member.ts";
import type { Address, MemberId, SeqNo } from "../words/units.ts";
import type { View } from "../view/index.ts";

/** The tail of every datagram: claims that ride along for free (SWIM §4.1). */
type Carries = { readonly gossip: readonly Claim[] };

/** Nothing to tell. */
export const noGossip: readonly Claim[] = [];

/** "Are you there?" Answered by an ack with the same seq. */
export type Ping = Carries & {
  readonly kind: "ping";
  readonly seq: SeqNo;
  /** Whom we think to be asking: a stranger at this address stays silent (memberlist rule 22). */
  readonly target: MemberId;
  readonly source: MemberId;
  readonly sourceAddress: Address;
};

/** "I am." */
export type Ack = Carries & { readonly kind: "ack"; readonly seq: SeqNo };

/**
 * "Ask target for me; I got no answer."
 *
 *     a --ping-req(c)--> b --ping--> c
 *     a <-----ack------- b <--ack--- c        in time
 *     a <-----nack------ b                    b waited in vain, and a asked to be told (Lifeguard §IV-A)
 */
export type PingReq = Carries & {
  readonly kind: "ping-req";
  readonly seq: SeqNo;
  readonly target: MemberId;
  readonly targetAddress: Address;
  readonly source: MemberId;
  readonly sourceAddress: Address;
  readonly wantsNack: boolean;
};

/** "I asked in time, and got no answer." */
export type Nack = Carries & { readonly kind: "nack"; readonly seq: SeqNo };

/** Nothing but claims: a farewell, or the multicast of SWIM's basic variant. */
export type Gossip = Carries & { readonly kind: "gossip" };

/** Everything the sender holds, tombstones included. Sent over a stream and answered with the same. */
export type PushPull = {
  readonly kind: "push-pull";
  /** Is this the first contact of a newcomer? */
  readonly join: boolean;
  readonly view: View;
};

/** What fits in a datagram. */
export type Datagram = Ping | Ack | PingReq | Nack | Gossip;
export type Message = Datagram | PushPull;
