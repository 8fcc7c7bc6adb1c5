/** What a network does to packets besides delay and independent loss: bursts, narrow pipes, corruption, late copies. Part of a link or of an impairment. */

import type { Datagram, Micros } from "../../engine/index.ts";
import type { Latency } from "./latency.ts";

/** All harms in force; the others are absent, so that a scenario without any keeps its hash. */
export type Harms = {
  /** The chance in [0, 1] that a message of this kind is lost; `stream`: a segment of a stream. */
  readonly lossOf?: Readonly<Partial<Record<LossKind, number>>>;
  readonly bursts?: Bursts;
  readonly pipe?: Pipe;
  readonly corrupt?: Corruption;
  /** The chance that a datagram is held back, and for how long: later ones overtake it. */
  readonly reorder?: Late;
  /** The chance that a datagram is delivered again, and how long after the first time. */
  readonly replay?: Late;
};

/** What can be lost by kind. */
export type LossKind = Datagram["kind"] | "stream";

/** The number of a channel or pipe that several links share, instead of one for each pair: 0 for the network's, n for that of the n-th exception. */
export type InCommon = { readonly of?: number };

/** Who shares a burst channel or a pipe: nobody, each direction of each pair has its own; all packets of a sender, or to a receiver; or all packets that meet the harm. */
export type Shared = "pair" | "sender" | "receiver" | "all";

/**
 * The Gilbert-Elliott channel (Gilbert 1960, Elliott 1963), with a good state and a bad one. By packet: before each packet it turns bad with
 * probability p if it was good, and good with probability r if it was bad: a bad stretch is 1/r packets long on average. By time: both stretches are exponential.
 */
export type Bursts = InCommon & { readonly lossInBad: number; readonly lossInGood: number; readonly shared: Shared } & (
  | { readonly kind: "by-packet"; readonly p: number; readonly r: number }
  | { readonly kind: "by-time"; readonly bad: Micros; readonly good: Micros }
);

/** A pipe: packets pass one after another, at `rate` bytes a second; those that do not fit into its queue are lost, and so are those larger than its MTU. */
export type Pipe = InCommon & {
  /** Bytes a second; null for no limit. */
  readonly rate: number | null;
  /** Bytes that can wait, the packet in transmission included; null for no limit. */
  readonly queue: number | null;
  /** The largest packet in bytes, IP and UDP headers included; null for no limit. */
  readonly mtu: number | null;
  readonly shared: Shared;
};

/** The share of datagrams, with a checksum (`crc`) or without, of which this many bits are flipped. */
export type Corruption = { readonly share: number; readonly bits: number; readonly crc: boolean };

/** A share of all datagrams, and how much later each arrives. */
export type Late = { readonly share: number; readonly by: Latency };

/** The bytes of an IPv4 and a UDP header: 20 and 8. */
export const HEADERS = 28;
