/** What goes wrong between the engine and the socket, for experiments and tests: changed while members run, with chance of its own. */

import { EventEmitter, once } from "node:events";
import { nextBox, rngFrom, throwOf, type Address } from "../../engine/index.ts";

/** One thing that is wrong. Several add up. */
export type Fault = {
  /** `out`: what we send; `in`: what comes to us. Both, unless it says. */
  readonly way?: Way;
  /** Whose packets: an address `10.0.0.1:7946`, or a host `10.0.0.1` with all its ports. Everybody's, unless it says. */
  readonly peers?: readonly string[];
  /** Both, unless it says. */
  readonly carriedBy?: Carrier;
  /** Nothing passes. A stream stands still, and goes on when this ends. */
  readonly isBlocked?: boolean;
  /** The share of datagrams that are lost, from 0 to 1; of a stream's legs, that are sent again. */
  readonly loss?: number;
  /** The share of datagrams that come twice, from 0 to 1. */
  readonly duplicate?: number;
  /** Milliseconds on top of what the way takes: always the same, or a function of a draw in [0, 1). */
  readonly delay?: number | ((draw: number) => number);
};
/** As seen by the member whose transport has the faults. */
export type Way = "out" | "in";
/** What carries a message. */
export type Carrier = "datagrams" | "streams";

/** What is wrong at the moment, for the transports that `faulty` was given it for. */
export type Faults = {
  /** These from now on, instead of those that were. */
  readonly set: (faults: readonly Fault[]) => void;
  /** Those that are wrong now. */
  readonly inForce: () => readonly Fault[];
  /** A draw in [0, 1). */
  readonly draw: () => number;
  /** Resolves when others are in force. */
  readonly changed: (signal: AbortSignal) => Promise<unknown>;
};

/** One seed gives one sequence of draws: the same packets in the same order meet the same fate. */
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

/** What the faults come to for one packet: of what stands apart, only the greatest duplication counts. */
export type Hindrance = { readonly isBlocked: boolean; readonly loss: number; readonly duplicate: number; readonly delays: readonly NonNullable<Fault["delay"]>[] };

/** Null if nothing is in its way. */
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

/** Milliseconds, all of them together: a draw for each. */
export const delayOf = ({ delays }: Hindrance, draw: () => number): number =>
  delays.reduce<number>((sum, delay) => sum + (typeof delay === "number" ? delay : delay(draw())), 0);
