/** What a network does to packets besides delaying and losing them one by one: bursts, narrow pipes, spoilt bits, late copies. A link's own, or an impairment's. */

import type { Datagram, Micros } from "../../engine/index.ts";
import type { Latency } from "./latency.ts";

/** Every harm that is done; what is not done is absent, so that a scenario without it is called as it always was. */
export type Harms = {
  /** The chance in [0, 1] that a message of this kind is lost; `stream`: a segment of a stream. */
  readonly lossOf?: Readonly<Partial<Record<LossKind, number>>>;
  readonly bursts?: Bursts;
  readonly pipe?: Pipe;
  readonly corrupt?: Corruption;
  /** The chance that a datagram is held back, and for how long: those sent meanwhile overtake it. */
  readonly reorder?: Late;
  /** The chance that a datagram comes once more, and how long after the first time. */
  readonly replay?: Late;
};

/** What can be lost by kind. */
export type LossKind = Datagram["kind"] | "stream";

/** Which written channel or pipe it is, where several links have it and not each pair its own: 0 for the network's, n for that of the n-th exception. */
export type InCommon = { readonly of?: number };

/** Who has a burst, or a pipe, in common: each pair in each direction has its own; all that a sender sends, or a receiver gets; or all that the harm befalls. */
export type Shared = "pair" | "sender" | "receiver" | "all";

/**
 * Gilbert's and Elliott's channel (Gilbert 1960, Elliott 1963): a good state and a bad one. By packet: before each packet it turns bad with
 * probability p, if it was good, and good with probability r, if it was bad: a bad stretch is 1/r packets long on average. By time: both stretches are exponential.
 */
export type Bursts = InCommon & { readonly lossInBad: number; readonly lossInGood: number; readonly shared: Shared } & (
  | { readonly kind: "by-packet"; readonly p: number; readonly r: number }
  | { readonly kind: "by-time"; readonly bad: Micros; readonly good: Micros }
);

/** A pipe: what is sent goes through it one after another, `rate` bytes a second; what does not fit into its queue is lost, and what is larger than its MTU. */
export type Pipe = InCommon & {
  /** Bytes a second; null for no limit. */
  readonly rate: number | null;
  /** Bytes that can wait, the packet in transmission included; null for any number. */
  readonly queue: number | null;
  /** The greatest packet in bytes, IP and UDP headers included; null for any. */
  readonly mtu: number | null;
  readonly shared: Shared;
};

/** So many bits of a datagram, with its checksum or without, are flipped on the way. */
export type Corruption = { readonly share: number; readonly bits: number; readonly crc: boolean };

/** A share of all datagrams, and a length for each. */
export type Late = { readonly share: number; readonly by: Latency };

/** What an IPv4 and a UDP header weigh: 20 and 8 bytes. */
export const HEADERS = 28;
