/** Datagrams over streams, for networks on which UDP does not pass: whatever carries streams carries a member. */

import type { Address } from "../../engine/index.ts";
import type { Clock } from "../driver/clock.ts";
import { machineClock } from "../driver/machine-clock.ts";
import { tally } from "../tally.ts";
import { hearCarried, streamGreeting } from "./carried.ts";
import { Carriers } from "./carriers.ts";
import { Lanes } from "./lanes.ts";
import type { Connection, Receiver, Transport } from "./transport.ts";

/** What carries streams: a transport, of which `send` is not used. */
export type StreamTransport = Omit<Transport, "send">;

/** Options of `overStreams`. */
export type OverStreamsOptions = {
  /** By which streams are given up, closed and renewed. Default: the machine's. */
  readonly clock?: Clock;
};

/**
 * A transport that needs nothing but streams: datagrams to a peer follow one another on one that is opened for them. All members of the group must have it (docs/decisions/0034), because the first bytes of
 * each stream say what it carries. Datagrams may get lost all the same: those that wait while a peer does not read (more than 256 KiB), or when a stream breaks.
 */
export function overStreams(inner: StreamTransport, { clock = machineClock() }: OverStreamsOptions = {}): Transport {
  const counted = tally();
  const carriers = new Carriers(clock);
  let own: Address | undefined;
  let receiver: Receiver | undefined;
  let isClosed = false;
  const lanes = new Lanes({
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
    if (isClosed || !carriers.admit(stream)) {
      counted.add("not-accepted");
      return stream.destroy();
    }
    void hearCarried(stream, {
      clock,
      packet: (from, bytes) => {
        if (isClosed) return;
        carriers.used(stream);
        lanes.heard(from);
        packet(from, bytes);
      },
      connection: (handed) => (isClosed ? handed.destroy() : connection(handed)),
      count: counted.add,
    }).finally(() => carriers.gone(stream));
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
      if (own !== undefined) lanes.send(to, packet);
    },
    connect,
    close: () => {
      isClosed = true;
      lanes.close();
      return inner.close();
    },
    counts: () => ({ ...inner.counts?.(), ...counted.counts() }),
    ...(inner.resolve !== undefined && { resolve: inner.resolve }),
  };
}
