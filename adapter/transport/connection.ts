/** A stream on node:net, as the adapter means it. */

import type { Socket } from "node:net";
import type { Address } from "../../engine/index.ts";
import type { Connection } from "./transport.ts";

/** Whoever gets it has to read it to its end, or destroy it: nothing else closes it. */
export function connectionOf(socket: Socket, peer: Address): Connection {
  // What breaks a stream is heard by whoever reads or writes; with nobody there, it is nobody's loss.
  socket.on("error", () => undefined);
  return {
    peer,
    // The peer's end of the stream may end while ours has not: reading to the end closes nothing.
    [Symbol.asyncIterator]: () => socket.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Uint8Array>,
    write: (bytes) => new Promise((resolve, reject) => {
      socket.write(bytes, (error) => {
        // To whoever waits for a write while the socket is destroyed, node:net says that all went well.
        if (socket.destroyed) reject(error ?? socket.errored ?? new Error("the stream is destroyed"));
        else if (error === null || error === undefined) resolve();
        else reject(error);
      });
    }),
    end: () => void socket.end(),
    destroy: () => void socket.destroy(),
  };
}
