/** Streams on node:net: accepts connections, and opens them. */

import { isIPv6, type Server, type Socket } from "node:net";
import type { Address } from "../../engine/index.ts";
import { MemberError } from "../error.ts";
import type { Tally } from "../tally.ts";
import { connectionOf } from "./connection.ts";
import { hostFor } from "./endpoints.ts";
import { addressOf, isEverywhere } from "./host.ts";
import { keepOpen } from "./keep-open.ts";
import { plainSockets, type Sockets } from "./sockets.ts";
import type { Connection, Receiver } from "./transport.ts";

export type Streams = {
  readonly connect: (to: Address, signal: AbortSignal) => Promise<Connection>;
  readonly close: () => Promise<void>;
};

/** `first` listens on `host` and `port` already; its replacements will too. */
export function streams(first: Server, host: string, port: number, receiver: Receiver, tally: Tally, sockets: Sockets = plainSockets): Streams {
  const open = new Set<Socket>();
  let isClosed = false;

  const kept = keepOpen(first, {
    open: () => sockets.listen(host, port),
    opened: (server) => {
      // Before a handshake is over there is a stream already, which must not outlive us.
      server.on("connection", remember);
      server.on(sockets.accepted, accepted);
      if (sockets.refused !== null) server.on(sockets.refused, (_, socket: Socket) => {
        tally.add("handshake");
        socket.destroy();
      });
      // A connection could not be accepted, mostly because there are no descriptors left. The next one may be.
      server.on("error", () => tally.add("not-accepted"));
    },
    mended: (why) => {
      tally.add("mended-streams");
      receiver.mended?.(`streams: ${why}`);
    },
  });

  function remember(socket: Socket): void {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  }

  function accepted(socket: Socket): void {
    if (!open.has(socket)) remember(socket);
    const peer = addressOf(socket.remoteAddress ?? "", socket.remotePort ?? 0);
    // Without an address, the peer has hung up already.
    if (peer === undefined || isClosed) return void socket.destroy();
    if (!sockets.accepts(socket)) {
      tally.add("handshake");
      return void socket.destroy();
    }
    receiver.connection(connectionOf(socket, peer));
  }

  return {
    connect: (to, signal) => {
      const endpoint = hostFor(to, host);
      if (isClosed || signal.aborted) return Promise.reject(refusal(isClosed, signal));
      if (endpoint === undefined) return Promise.reject(new MemberError("bad-option", `${to} is not an address that can be reached from ${host}`));
      return dialling(sockets, endpoint, host, signal, () => isClosed, remember).then((socket) => connectionOf(socket, to));
    },
    close: async () => {
      isClosed = true;
      for (const socket of open) socket.destroy();
      await kept.close();
    },
  };
}

function refusal(isClosed: boolean, signal: AbortSignal): MemberError {
  return isClosed ? new MemberError("stopped", "the transport is closed") : new MemberError("aborted", "connecting was aborted", signal.reason);
}

/** Streams, like datagrams, are sent from the bound address. */
function dialling(sockets: Sockets, to: { host: string; port: number }, bound: string, signal: AbortSignal, isClosed: () => boolean, remember: (socket: Socket) => void): Promise<Socket> {
  const local = isEverywhere(bound) ? {} : { localAddress: bound };
  const socket = sockets.dial({ ...to, ...local, family: isIPv6(to.host) ? 6 : 4, allowHalfOpen: true, noDelay: true });
  remember(socket);
  return new Promise((resolve, reject) => {
    const abort = (): void => void socket.destroy();
    const failed = (error: Error): void => settle(() => reject(error));
    const closed = (): void => settle(() => reject(refusal(isClosed(), signal)));
    const settle = (then: () => void): void => {
      signal.removeEventListener("abort", abort);
      socket.off(sockets.connected, connected).off("close", closed);
      then();
    };
    const connected = (): void => settle(() => resolve(socket));
    signal.addEventListener("abort", abort, { once: true });
    // `failed` stays, so that there is always a listener for errors.
    socket.once(sockets.connected, connected).once("close", closed).on("error", failed);
  });
}
