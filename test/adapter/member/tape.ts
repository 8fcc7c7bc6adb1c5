/** What goes out of a member, as anybody on the way could record it. */

import type { Transport } from "../../../adapter/index.ts";

export type Tape = { readonly packets: Uint8Array[]; readonly streams: Uint8Array[] };

export const emptyTape = (): Tape => ({ packets: [], streams: [] });

/** The same transport; what is said through it is kept: datagrams, and what is said on streams that it opens. */
export function taped(inner: Transport, { packets, streams }: Tape): Transport {
  return {
    ...inner,
    send: (to, packet) => {
      packets.push(packet);
      inner.send(to, packet);
    },
    connect: async (to, signal) => {
      const connection = await inner.connect(to, signal);
      const { peer, end, destroy } = connection;
      const write = (bytes: Uint8Array): Promise<void> => {
        streams.push(bytes);
        return connection.write(bytes);
      };
      return { peer, end, destroy, write, [Symbol.asyncIterator]: () => connection[Symbol.asyncIterator]() };
    },
  };
}
