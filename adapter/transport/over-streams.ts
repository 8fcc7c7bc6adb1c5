/** Datagrams over streams, for networks that do not carry UDP. */

import type { Address } from "../../engine/index.ts";
import type { Clock } from "../driver/clock.ts";
import { machineClock } from "../driver/machine-clock.ts";
import { tally } from "../tally.ts";
import { readStream, streamGreeting } from "./framing.ts";
import { IncomingStreams } from "./incoming.ts";
import { OutgoingStreams } from "./outgoing.ts";
import type { Connection, Receiver, Transport } from "./transport.ts";

/** A transport of streams only. */
export type StreamTransport = Omit<Transport, "send">;

/** Options of `overStreams`. */
export type OverStreamsOptions = {
  /** The clock for all time limits. Default: the machine's. */
  readonly clock?: Clock;
};

/**
 * Makes a transport of one that carries streams only: the datagrams to a peer follow one another on a stream of their own. All members of the group must use it, because the first
 * byte of each stream says what it carries (docs/decisions/0034). Datagrams may still be lost: if more than 256 KiB wait for a peer that does not read, and when a stream breaks.
 */
export function overStreams(inner: StreamTransport, { clock = machineClock() }: OverStreamsOptions = {}): Transport {
  const counted = tally();
  const incoming = new IncomingStreams(clock);
  let own: Address | undefined;
  let receiver: Receiver | undefined;
  let isClosed = false;
  const outgoing = new OutgoingStreams({
    connect: inner.connect,
    clock,
    own: () => own!,
    failed: (to, why) => {
      counted.add("undeliverable");
      if (!isClosed) receiver?.undeliverable(to, why);
    },
    count: counted.add,
  });

  function accept(stream: Connection, { packet, connection }: Receiver): void {
    if (isClosed || !incoming.admit(stream)) {
      counted.add("not-accepted");
      return stream.destroy();
    }
    void readStream(stream, {
      clock,
      packet: (from, bytes) => {
        if (isClosed) return;
        incoming.used(stream);
        outgoing.heard(from);
        packet(from, bytes);
      },
      connection: (handed) => (isClosed ? handed.destroy() : connection(handed)),
      count: counted.add,
    }).finally(() => incoming.gone(stream));
  }

  async function connect(to: Address, signal: AbortSignal): Promise<Connection> {
    const stream = await inner.connect(to, signal);
    try {
      await stream.write(streamGreeting);
      return stream;
    } catch (fault) {
      stream.destroy();
      throw fault;
    }
  }

  return {
    open: async (hearer) => {
      receiver = hearer;
      own = await inner.open({ ...hearer, packet: () => counted.add("stray"), connection: (stream) => accept(stream, hearer) });
      return own;
    },
    send: (to, packet) => {
      if (own !== undefined) outgoing.send(to, packet);
    },
    connect,
    close: () => {
      isClosed = true;
      outgoing.close();
      return inner.close();
    },
    counts: () => ({ ...inner.counts?.(), ...counted.counts() }),
    ...(inner.resolve !== undefined && { resolve: inner.resolve }),
  };
}
