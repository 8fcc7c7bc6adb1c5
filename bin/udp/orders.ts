/** What the conductor and the houses say to each other: plain data, that crosses to another process. */

import type { Config, Event, Member } from "../../engine/index.ts";
import type { Latency } from "../../sim/index.ts";

/** What lies in the way of one member's packets to or from some peers, or all of them. */
export type Hindrance = {
  readonly way: "out" | "in";
  readonly carriedBy: "datagrams" | "streams" | null;
  /** Addresses; null for everybody. */
  readonly peers: readonly string[] | null;
  readonly isBlocked: boolean;
  readonly loss: number;
  readonly duplicate: number;
  /** Drawn from each, and added up. */
  readonly latencies: readonly Latency[];
};

/** How a member begins, in which of its lives. `bind`: where it listened or shall listen; null if it has been lodged. */
export type Birth = {
  readonly member: number;
  readonly name: string;
  readonly meta: Uint8Array;
  readonly bind: string | null;
  /** From 1; names the recording. */
  readonly life: number;
  readonly generation: number;
  readonly incarnation: number | null;
  readonly seed: number;
};

export type Order =
  /** Comes first. `origin`: of everybody's time, in nanoseconds of the machine's monotonic clock. `folder`: for recordings. */
  | { readonly kind: "open"; readonly origin: bigint; readonly folder: string; readonly config: Config }
  /** Opens sockets for a member that starts later: so everybody's address is known before anybody begins. */
  | { readonly kind: "lodge"; readonly member: number }
  /** Whoever starts from now on knows these. */
  | { readonly kind: "know"; readonly members: readonly Member[] }
  | { readonly kind: "start"; readonly birth: Birth }
  | { readonly kind: "crash"; readonly member: number }
  | { readonly kind: "pause"; readonly member: number }
  | { readonly kind: "resume"; readonly member: number }
  /** The application asks for something. */
  | { readonly kind: "give"; readonly member: number; readonly event: Event }
  | { readonly kind: "hinder"; readonly hindrances: readonly (readonly [member: number, hindrances: readonly Hindrance[]])[] }
  /** Stops everybody, and lets their recordings be written. */
  | { readonly kind: "close" };

export type News =
  | { readonly kind: "lodged"; readonly member: number; readonly address: string }
  | { readonly kind: "started"; readonly member: number; readonly address: string; readonly incarnation: number }
  | { readonly kind: "incarnation"; readonly member: number; readonly incarnation: number }
  | { readonly kind: "departed"; readonly member: number }
  /** A member could not be started, or broke: the run is over. */
  | { readonly kind: "broke"; readonly member: number; readonly why: string }
  | { readonly kind: "closed" };
