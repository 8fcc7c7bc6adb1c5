/** A `Connection` on a socket of node:net. */

import type { Socket } from "node:net";
import type { Address } from "../../engine/index.ts";
import type { Connection } from "./transport.ts";

/** The receiver must read the connection to its end, or destroy it: nothing else closes it. */
export function connectionOf(socket: Socket, peer: Address): Connection {
  // Readers and writers see the error that breaks a stream; if there are none, it does not matter.
  socket.on("error", () => undefined);
  return {
    peer,
    // The peer may end its half before we end ours: reading to the end closes nothing.
    [Symbol.asyncIterator]: () => socket.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Uint8Array>,
    write: (bytes) => new Promise((resolve, reject) => {
      socket.write(bytes, (error) => {
        // If the socket is destroyed during a write, node:net reports success.
        if (socket.destroyed) reject(error ?? socket.errored ?? new Error("the stream is destroyed"));
        else if (error === null || error === undefined) resolve();
        else reject(error);
      });
    }),
    end: () => void socket.end(),
    destroy: () => void socket.destroy(),
  };
}
