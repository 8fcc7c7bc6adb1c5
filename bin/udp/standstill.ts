/** A member that stands still in a process that goes on: its alarms ring late, what comes in waits; as after SIGSTOP and SIGCONT. */

import { EventEmitter, once } from "node:events";
import type { Clock, Connection, Receiver, Transport } from "../../adapter/index.ts";

export type Standstill = {
  readonly clock: (inner: Clock) => Clock;
  readonly transport: (inner: Transport) => Transport;
  readonly begin: () => void;
  /** Overdue alarms ring first, as in any event loop; then comes what has piled up, in order. */
  readonly end: () => void;
};

export function standstill(): Standstill {
  const ended = new EventEmitter().setMaxListeners(0);
  const rings = new Set<() => void>();
  let arrived: (() => void)[] = [];
  const now = { isStill: false };

  const moving = async (): Promise<void> => {
    while (now.isStill) await once(ended, "end");
  };
  const arrive = (what: () => void): void => {
    if (now.isStill) arrived.push(what);
    else what();
  };

  function alarm(inner: Clock, at: Parameters<Clock["alarm"]>[0], ring: () => void): () => void {
    const late = (): void => {
      rings.delete(late);
      ring();
    };
    const takeBack = inner.alarm(at, () => (now.isStill ? void rings.add(late) : ring()));
    return () => {
      rings.delete(late);
      takeBack();
    };
  }

  function stream(inner: Connection): Connection {
    const { peer, write, end, destroy } = inner;
    return {
      peer, write, end, destroy,
      async *[Symbol.asyncIterator]() {
        for await (const piece of inner) {
          await moving();
          yield piece;
        }
        await moving();
      },
    };
  }

  const hearing = (receiver: Receiver): Receiver => ({
    packet: (from, packet) => arrive(() => receiver.packet(from, packet)),
    connection: (connection) => arrive(() => receiver.connection(stream(connection))),
    undeliverable: (to, why) => arrive(() => receiver.undeliverable(to, why)),
    mended: (why) => receiver.mended?.(why),
  });

  return {
    clock: (inner) => ({ ...inner, alarm: (at, ring) => alarm(inner, at, ring) }),
    transport: (inner) => ({
      ...inner,
      open: (receiver) => inner.open(hearing(receiver)),
      connect: async (to, signal) => {
        const connection = await inner.connect(to, signal);
        await moving();
        return stream(connection);
      },
    }),
    begin: () => void (now.isStill = true),
    end: () => {
      now.isStill = false;
      for (const ring of [...rings]) ring();
      const waiting = arrived;
      arrived = [];
      for (const what of waiting) what();
      ended.emit("end");
    },
  };
}
