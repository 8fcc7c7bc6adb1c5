/** Streams on node:net: accepts connections, and opens them. */

import { connect as dial, isIPv6, type Server, type Socket } from "node:net";
import type { Address } from "../../engine/index.ts";
import { MemberError } from "../error.ts";
import type { Tally } from "../tally.ts";
import { connectionOf } from "./connection.ts";
import { hostFor } from "./endpoints.ts";
import { addressOf, isEverywhere } from "./host.ts";
import { keepOpen } from "./keep-open.ts";
import { listenServer } from "./listen.ts";
import type { Connection, Receiver } from "./transport.ts";

export type Streams = {
  readonly connect: (to: Address, signal: AbortSignal) => Promise<Connection>;
  readonly close: () => Promise<void>;
};

/** `first` listens on `host` and `port` already; its replacements will too. */
export function streams(first: Server, host: string, port: number, receiver: Receiver, tally: Tally): Streams {
  const open = new Set<Socket>();
  let isClosed = false;

  const kept = keepOpen(first, {
    open: () => listenServer(host, port),
    opened: (server) => {
      server.on("connection", accepted);
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
    remember(socket);
    const peer = addressOf(socket.remoteAddress ?? "", socket.remotePort ?? 0);
    // Without an address, the peer has hung up already.
    if (peer === undefined || isClosed) return void socket.destroy();
    receiver.connection(connectionOf(socket, peer));
  }

  return {
    connect: (to, signal) => {
      const endpoint = hostFor(to, host);
      if (isClosed || signal.aborted) return Promise.reject(refusal(isClosed, signal));
      if (endpoint === undefined) return Promise.reject(new MemberError("bad-option", `${to} is not an address that can be reached from ${host}`));
      return dialling(endpoint, host, signal, () => isClosed, remember).then((socket) => connectionOf(socket, to));
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
function dialling(to: { host: string; port: number }, bound: string, signal: AbortSignal, isClosed: () => boolean, remember: (socket: Socket) => void): Promise<Socket> {
  const local = isEverywhere(bound) ? {} : { localAddress: bound };
  const socket = dial({ ...to, ...local, family: isIPv6(to.host) ? 6 : 4, allowHalfOpen: true, noDelay: true });
  remember(socket);
  return new Promise((resolve, reject) => {
    const abort = (): void => void socket.destroy();
    const failed = (error: Error): void => settle(() => reject(error));
    const closed = (): void => settle(() => reject(refusal(isClosed(), signal)));
    const settle = (then: () => void): void => {
      signal.removeEventListener("abort", abort);
      socket.off("connect", connected).off("close", closed);
      then();
    };
    const connected = (): void => settle(() => resolve(socket));
    signal.addEventListener("abort", abort, { once: true });
    // `failed` stays, so that there is always a listener for errors.
    socket.once("connect", connected).once("close", closed).on("error", failed);
  });
}
