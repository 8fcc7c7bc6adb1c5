/** Faults between the engine and the socket, for experiments and tests: changed while members run, with randomness of their own. */

import { EventEmitter, once } from "node:events";
import { nextBox, rngFrom, throwOf, type Address } from "../../engine/index.ts";

/** One fault. Several add up. */
export type Fault = {
  /** `out`: what we send; `in`: what comes to us. Default: both. */
  readonly way?: Way;
  /** To and from which peers: an address `10.0.0.1:7946`, or a host `10.0.0.1` with all its ports. Default: all. */
  readonly peers?: readonly string[];
  /** Datagrams or streams. Default: both. */
  readonly carriedBy?: Carrier;
  /** Nothing passes. A stream stalls, and goes on when this ends. */
  readonly isBlocked?: boolean;
  /** The share of datagrams that are lost, from 0 to 1; of streams, the share of legs that are sent again. */
  readonly loss?: number;
  /** The share of datagrams that arrive twice, from 0 to 1. */
  readonly duplicate?: number;
  /** Additional delay in milliseconds: a constant, or a function of a draw in [0, 1). */
  readonly delay?: number | ((draw: number) => number);
};
/** The direction, as seen by the member whose transport has the faults. */
export type Way = "out" | "in";
/** What carries a message. */
export type Carrier = "datagrams" | "streams";

/** The faults in force, for the transports made with `faulty`. */
export type Faults = {
  /** Replaces all faults. */
  readonly set: (faults: readonly Fault[]) => void;
  /** The faults in force now. */
  readonly inForce: () => readonly Fault[];
  /** A random number in [0, 1). */
  readonly draw: () => number;
  /** Resolves at the next change. */
  readonly changed: (signal: AbortSignal) => Promise<unknown>;
};

/** Faults whose draws come from the seed: the same packets in the same order have the same fate. */
export function faultsFrom(seed: number, atFirst: readonly Fault[] = []): Faults {
  const changes = new EventEmitter().setMaxListeners(0);
  let inForce = atFirst;
  let rng = rngFrom(seed);
  return {
    set: (faults) => {
      inForce = faults;
      changes.emit("change");
    },
    inForce: () => inForce,
    draw: () => {
      const share = throwOf(rng) / 4_294_967_296;
      rng = nextBox(rng);
      return share;
    },
    changed: (signal) => once(changes, "change", { signal }),
  };
}

/** The combined faults for one packet. Losses combine, delays add up; of duplications, only the greatest counts. */
export type Hindrance = { readonly isBlocked: boolean; readonly loss: number; readonly duplicate: number; readonly delays: readonly NonNullable<Fault["delay"]>[] };

/** Null if no fault applies. */
export function hindranceOf(faults: readonly Fault[], way: Way, peer: Address, carrier: Carrier): Hindrance | null {
  const met = faults.filter((fault) => meets(fault, way, peer, carrier));
  if (met.length === 0) return null;
  return {
    isBlocked: met.some(({ isBlocked }) => isBlocked === true),
    loss: 1 - met.reduce((share, { loss = 0 }) => share * (1 - loss), 1),
    duplicate: Math.max(...met.map(({ duplicate = 0 }) => duplicate)),
    delays: met.flatMap(({ delay }) => delay ?? []),
  };
}

function meets({ way, peers, carriedBy }: Fault, itsWay: Way, peer: Address, carrier: Carrier): boolean {
  if ((way ?? itsWay) !== itsWay || (carriedBy ?? carrier) !== carrier) return false;
  return peers === undefined || peers.includes(peer) || peers.includes(peer.slice(0, peer.lastIndexOf(":")).replace(/^\[|\]$/g, ""));
}

/** The sum of all delays, in milliseconds, with a random number for each. */
export const delayOf = ({ delays }: Hindrance, draw: () => number): number =>
  delays.reduce<number>((sum, delay) => sum + (typeof delay === "number" ? delay : delay(draw())), 0);
