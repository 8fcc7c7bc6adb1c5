/** Opens listening sockets, UDP and TCP on one port, or gives a clear reason why not. */

import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { createServer, isIPv6, type Server } from "node:net";
import { MemberError } from "../error.ts";
import { joinHostPort } from "./host.ts";

/** The size that memberlist asks for, so that a burst of gossip fits while the event loop is busy. */
const RECEIVE_BUFFER = 2 * 1024 * 1024;
/** How many free ports are tried if one is free for only one of the two: as many as in memberlist. */
const TRIES = 10;

/** Opens both, on this port, or for port 0 on one that is free for both. Rejects with a `MemberError`; then neither is open. */
export async function listen(host: string, port: number): Promise<{ readonly socket: Socket; readonly server: Server; readonly port: number }> {
  for (let left = TRIES; ; left--) {
    const server = await listenServer(host, port);
    const chosen = portOf(server.address());
    try {
      return { socket: await bindSocket(host, chosen), server, port: chosen };
    } catch (error) {
      server.close();
      await once(server, "close");
      const isAnotherWorthwhile = port === 0 && left > 1 && error instanceof MemberError && error.code === "port-in-use";
      if (!isAnotherWorthwhile) throw error;
    }
  }
}

/** How servers and their streams are opened: a peer that has ended its half of a stream still reads ours. */
export const serving = { allowHalfOpen: true, noDelay: true } as const;

/** Rejects with a `MemberError`; then it is not open. */
export async function listenServer(host: string, port: number, server: Server = createServer(serving)): Promise<Server> {
  try {
    server.listen({ host, port, exclusive: true });
    await once(server, "listening");
    return server;
  } catch (error) {
    server.close();
    throw reasonOf(error, host, port);
  }
}

export async function bindSocket(host: string, port: number): Promise<Socket> {
  const family = isIPv6(host) ? 6 : 4;
  // Hosts are always numeric here: nothing is resolved, and a packet is on its way before `send` returns.
  const socket = createSocket({ type: family === 6 ? "udp6" : "udp4", lookup: (number, _family, done) => done(null, number, family) });
  try {
    // Without a lookup, it listens before `bind` returns.
    const listening = once(socket, "listening");
    socket.bind({ address: host, port, exclusive: true });
    await listening;
    widenReceiveBuffer(socket);
    return socket;
  } catch (error) {
    socket.close();
    throw reasonOf(error, host, port);
  }
}

/** Asks for half as much each time until the kernel accepts it. Linux accepts everything, and grants what `net.core.rmem_max` allows. A larger default stays. */
function widenReceiveBuffer(socket: Socket): void {
  // Linux reports twice the size asked for.
  if (socket.getRecvBufferSize() >= 2 * RECEIVE_BUFFER) return;
  for (let size = RECEIVE_BUFFER; size >= 65_536; size /= 2) {
    try {
      return socket.setRecvBufferSize(size);
    } catch {
      // Try less.
    }
  }
}

const portOf = (address: ReturnType<Server["address"]>): number => (address !== null && typeof address === "object" ? address.port : 0);

function reasonOf(error: unknown, host: string, port: number): MemberError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const where = joinHostPort(host, port);
  switch (code) {
    case "EADDRINUSE":
      return new MemberError("port-in-use", `${where} is already in use`, error);
    case "EADDRNOTAVAIL":
    case "EAFNOSUPPORT":
      return new MemberError("address-not-ours", `no interface of this machine has the address ${host}`, error);
    case "EINVAL":
      return new MemberError("bad-option", `cannot bind to ${where}: a link-local address needs its interface, such as fe80::1%eth0`, error);
    case "EACCES":
    case "EPERM":
      return new MemberError("bad-option", `this process may not listen on ${where}: ports below 1024 need privileges`, error);
    default:
      return new MemberError("system", `cannot listen on ${where}: ${error instanceof Error ? error.message : String(error)}`, error);
  }
}
