/** Transports to test, and whoever waits for what they bring: no test sleeps, each waits for what it expects. */

import { createSocket } from "node:dgram";
import { once } from "node:events";
import type { Address } from "../../../engine/index.ts";
import { udpTcp, type Connection, type Receiver, type Transport, type UdpTcpOptions } from "../../../adapter/index.ts";
import { passedOver } from "../program.ts";

/** What came and waits to be taken; or who waits for it. */
export type Inbox<T> = { readonly put: (one: T) => void; readonly next: () => Promise<T>; readonly waiting: () => number };

export function inbox<T>(): Inbox<T> {
  const come: T[] = [];
  const waiters: ((one: T) => void)[] = [];
  return {
    put: (one) => {
      const waiter = waiters.shift();
      if (waiter === undefined) come.push(one);
      else waiter(one);
    },
    next: () => new Promise((resolve) => {
      const [first] = come.splice(0, 1);
      if (first === undefined) waiters.push(resolve);
      else resolve(first);
    }),
    waiting: () => come.length,
  };
}

export type Packet = { readonly from: Address; readonly text: string };
export type End = {
  readonly transport: Transport;
  readonly address: Address;
  readonly packets: Inbox<Packet>;
  readonly connections: Inbox<Connection>;
  readonly undeliverable: Inbox<{ readonly to: Address; readonly why: string }>;
  readonly mended: Inbox<string>;
};

/** Opened, on a free port of the loopback unless said otherwise. */
export const anEnd = (options: UdpTcpOptions = {}): Promise<End> => endOf(udpTcp({ bind: "127.0.0.1:0", ...options }));

export async function endOf(transport: Transport): Promise<End> {
  const boxes = { packets: inbox<Packet>(), connections: inbox<Connection>(), undeliverable: inbox<{ to: Address; why: string }>(), mended: inbox<string>() };
  const receiver: Receiver = {
    packet: (from, packet) => boxes.packets.put({ from, text: new TextDecoder().decode(packet) }),
    connection: boxes.connections.put,
    undeliverable: (to, why) => boxes.undeliverable.put({ to, why }),
    mended: boxes.mended.put,
  };
  return { transport, address: await transport.open(receiver), ...boxes };
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** All that a stream brings until its peer ends. */
export async function textOf(connection: Connection): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const piece of connection) text += decoder.decode(piece, { stream: true });
  return text;
}

/** A signal that never comes. */
export const never = (): AbortSignal => new AbortController().signal;

/** Can somebody listen there? */
async function isOurs(host: string): Promise<boolean> {
  const socket = createSocket("udp6");
  try {
    socket.bind(0, host);
    await once(socket, "listening");
    return true;
  } catch {
    return false;
  } finally {
    socket.close();
  }
}

/** May tests of IPv6 be passed over? Only without it, and never in CI. */
export const isIPv6PassedOver: boolean = passedOver((await isOurs("::1")) ? "::1" : undefined, "no IPv6 on this machine: the tests of it are passed over (its loopback lacks the address ::1)");
