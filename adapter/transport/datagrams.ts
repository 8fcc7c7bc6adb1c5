/** Datagrams on node:dgram: sent at once; a failure never stops the next one. */

import type { RemoteInfo, Socket } from "node:dgram";
import type { Address } from "../../engine/index.ts";
import type { Tally } from "../tally.ts";
import { endpoints } from "./endpoints.ts";
import { keepOpen } from "./keep-open.ts";
import { bindSocket } from "./listen.ts";
import type { Receiver } from "./transport.ts";

export type Datagrams = {
  readonly send: (to: Address, packet: Uint8Array) => void;
  /** The size that the system granted, in bytes as it counts them. */
  readonly receiveBuffer: () => number;
  readonly close: () => Promise<void>;
};

/** The most packets that may wait for the kernel. Beyond that they would be late anyway: they are dropped, and reported as undeliverable. */
const MOST_WAITING = 4096;
/** Errors that an earlier packet may cause (ICMP, a full buffer, a lost route): the socket itself still works. */
const PASSING = new Set(["ECONNREFUSED", "ECONNRESET", "EHOSTUNREACH", "ENETUNREACH", "EHOSTDOWN", "ENETDOWN", "EMSGSIZE", "EPERM", "EACCES", "ENOBUFS", "ENOMEM", "EAGAIN", "EINTR"]);

/** `first` is bound to `host` and `port` already; its replacements will be too. */
export function datagrams(first: Socket, host: string, port: number, receiver: Receiver, tally: Tally): Datagrams {
  let [waiting, receiveBuffer] = [0, 0];
  const { to: endpointTo, from } = endpoints(host, sent);

  const kept = keepOpen(first, {
    open: () => bindSocket(host, port),
    opened: (socket) => {
      // Packets that waited in the former socket are lost with it.
      waiting = 0;
      receiveBuffer = socket.getRecvBufferSize();
      socket.on("message", received);
      socket.on("error", (error) => failed(error));
    },
    mended: (why) => {
      tally.add("mended-datagrams");
      receiver.mended?.(`datagrams: ${why}`);
    },
  });

  function received(packet: Uint8Array, sender: RemoteInfo): void {
    const address = from(sender.address, sender.port);
    if (address === undefined) tally.add("nowhere");
    else receiver.packet(address, packet);
  }

  function failed(error: Error): void {
    const code = codeOf(error);
    tally.add("socket-error");
    if (!PASSING.has(code)) kept.replace(error.message);
  }

  function sent(to: Address, error: Error | null): void {
    if (waiting > 0) waiting--;
    if (error !== null) refuse(to, codeOf(error));
  }

  function refuse(to: Address, why: string): void {
    tally.add("undeliverable");
    receiver.undeliverable(to, why);
  }

  const refuseLater = (to: Address, why: string): void => process.nextTick(refuse, to, why);

  return {
    send: (to, packet) => {
      const socket = kept.current();
      if (socket === undefined) return refuseLater(to, "our socket is being reopened");
      const endpoint = endpointTo(to);
      if (endpoint === undefined) return refuseLater(to, "not an address that our socket can reach");
      if (waiting >= MOST_WAITING && socket.getSendQueueCount() >= MOST_WAITING) return refuseLater(to, "too many packets wait to be sent");
      waiting++;
      try {
        socket.send(packet, endpoint.port, endpoint.host, endpoint.failed);
      } catch (error) {
        process.nextTick(sent, to, error);
      }
    },
    receiveBuffer: () => receiveBuffer,
    close: kept.close,
  };
}

const codeOf = (error: Error): string => ("code" in error ? String(error.code) : error.message);
