/** Puts faults between a member and its transport. */

import type { Address } from "../../engine/index.ts";
import { tally } from "../tally.ts";
import { delayOf, hindranceOf, type Faults, type Way } from "./faults.ts";
import { hindered, leg } from "./hindered.ts";
import type { Connection, Receiver, Transport } from "./transport.ts";

/**
 * The same transport with faults: what passes is lost, delayed, doubled or blocked, according to the faults then in force. Such losses are not reported as
 * `undeliverable`. Put a fault between two members on one side only for each direction, or it applies twice.
 */
export function faulty(inner: Transport, faults: Faults): Transport {
  const closing = new AbortController();
  const late = new Set<NodeJS.Timeout>();
  const met = tally();

  /** Calls `deliver` at once if nothing is in the way, later if the packet is delayed, or never. */
  function carry(way: Way, peer: Address, packet: Uint8Array, deliver: (peer: Address, packet: Uint8Array) => void): void {
    const hindrance = faults.inForce().length === 0 ? null : hindranceOf(faults.inForce(), way, peer, "datagrams");
    if (hindrance === null) return deliver(peer, packet);
    if (hindrance.isBlocked) return met.add("fault-blocked");
    if (hindrance.loss > 0 && faults.draw() < hindrance.loss) return met.add("fault-lost");
    const copies = hindrance.duplicate > 0 && faults.draw() < hindrance.duplicate ? 2 : 1;
    if (copies === 2) met.add("fault-doubled");
    for (let copy = 0; copy < copies; copy++) deliverAfter(delayOf(hindrance, faults.draw), () => deliver(peer, packet));
  }

  function deliverAfter(wait: number, deliver: () => void): void {
    if (wait <= 0) return deliver();
    const timer = setTimeout(() => {
      late.delete(timer);
      deliver();
    }, wait);
    late.add(timer);
  }

  async function connect(to: Address, asked: AbortSignal): Promise<Connection> {
    const signal = AbortSignal.any([asked, closing.signal]);
    await leg(faults, "out", to, signal);
    const connection = await inner.connect(to, signal);
    try {
      await leg(faults, "in", to, signal);
    } catch (error) {
      connection.destroy();
      throw error;
    }
    return hindered(connection, faults, true, closing.signal);
  }

  return {
    open: (receiver) => inner.open(hindering(receiver)),
    send: (to, packet) => carry("out", to, packet, inner.send),
    connect,
    close: () => {
      closing.abort();
      for (const timer of late) clearTimeout(timer);
      late.clear();
      return inner.close();
    },
    counts: () => ({ ...inner.counts?.(), ...met.counts() }),
    receiveBuffer: () => inner.receiveBuffer?.(),
    ...(inner.resolve !== undefined && { resolve: inner.resolve }),
  };

  function hindering(receiver: Receiver): Receiver {
    const hear = (from: Address, packet: Uint8Array): void => receiver.packet(from, packet);
    return {
      packet: (from, packet) => carry("in", from, packet, hear),
      connection: (connection) => receiver.connection(hindered(connection, faults, false, closing.signal)),
      undeliverable: (to, why) => receiver.undeliverable(to, why),
      mended: (why) => receiver.mended?.(why),
    };
  }
}
