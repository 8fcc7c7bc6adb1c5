/** The messages between members. Each message that travels in a datagram carries gossip; views travel in streams. */

import type { Claim } from "../words/member.ts";
import type { Address, Bytes, MemberId, SeqNo } from "../words/units.ts";
import type { Digest, View } from "../view/index.ts";

/** The tail of every datagram: what is piggybacked (SWIM §4.1). */
type Carries = {
  readonly gossip: readonly Claim[];
  /** User messages: broadcasts, or to one member. Opaque to us. */
  readonly userMessages: readonly Bytes[];
};

/** Nothing to tell. */
export const noGossip: readonly Claim[] = [];
/** No user messages. */
export const noUserMessages: readonly Bytes[] = [];

/** "Are you there?" Answered by an ack with the same seq. Over a stream as well, without a tail. */
export type Ping = Carries & {
  readonly kind: "ping";
  readonly seq: SeqNo;
  /** The member that the ping is meant for: another one at this address does not answer (memberlist rule 22). */
  readonly target: MemberId;
  readonly source: MemberId;
  readonly sourceAddress: Address;
};

/** "I am." */
export type Ack = Carries & {
  readonly kind: "ack";
  readonly seq: SeqNo;
  /** What our application adds to each ack to a ping (Serf: its coordinates); empty for nothing. */
  readonly payload: Bytes;
};

/**
 * "Ask target for me; I got no answer."
 *
 *     a --ping-req(c)--> b --ping--> c
 *     a <-----ack------- b <--ack--- c        in time
 *     a <-----nack------ b                    b got no answer in time, and a wants a nack (Lifeguard §IV-A)
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

/** Nothing but the tail: gossip to random members between probes, a farewell, a user message. */
export type Gossip = Carries & { readonly kind: "gossip" };

/** Everything the sender holds, tombstones included. Sent over a stream and answered with the same. */
export type PushPull = {
  readonly kind: "push-pull";
  /** Is this the first contact of a newcomer? */
  readonly join: boolean;
  readonly view: View;
  /** What the application adds to each exchange of views (Serf: its clocks and events); empty for nothing. */
  readonly userState: Bytes;
};

/**
 * "Where do we differ?" The digests of the parts of the sender's view, `depth` levels down the trie: 32 for one level, 1,024 for two.
 *
 *     a --compare(digests)----------------> b
 *     a <--patch(b's records in parts that differ)-- b     none, if none do: most often
 *     a --patch(a's records that differ)--> b              a second stream, only if there are any
 */
export type Compare = { readonly kind: "compare"; readonly depth: number; readonly digests: readonly Digest[] };

/** The sender's records in these parts. Answers a compare; as a request of its own, it gets no answer. */
export type Patch = { readonly kind: "patch"; readonly depth: number; readonly parts: readonly number[]; readonly view: View };

/** A user message over a stream; not answered. */
export type UserMessage = { readonly kind: "user"; readonly payload: Bytes };

/** What travels in a datagram. */
export type Datagram = Ping | Ack | PingReq | Nack | Gossip;
/** What opens a stream: a ping is answered with an ack, a push-pull with another, a compare with a patch, the rest not at all. */
export type Request = PushPull | Compare | Patch | Ping | UserMessage;
/** What is answered on a stream. */
export type Answer = PushPull | Patch | Ack;
/** Whatever members say to one another. */
export type Message = Datagram | Request | Answer;
