/** The parts of the transport, each by itself, between sockets that do what a system seldom does. */

import type { Socket as DatagramSocket } from "node:dgram";
import { EventEmitter, once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { expect, test } from "vitest";
import { address } from "../../../engine/index.ts";
import { tally } from "../../../adapter/tally.ts";
import { datagrams } from "../../../adapter/transport/datagrams.ts";
import { keepOpen } from "../../../adapter/transport/keep-open.ts";
import { streams } from "../../../adapter/transport/streams.ts";
import type { Receiver } from "../../../adapter/index.ts";

/** Something that listens, and says so when it is closed. */
class Listener extends EventEmitter {
  closed = 0;
  close(): void {
    this.closed++;
    queueMicrotask(() => this.emit("close"));
  }
}

/** A socket from which nothing ever gets to the kernel. */
class Stuck extends Listener {
  sent = 0;
  send(): void { this.sent++; }
  getSendQueueCount(): number { return this.sent; }
  getRecvBufferSize(): number { return 0; }
}

const deaf: Receiver = { packet: () => {}, connection: () => {}, undeliverable: () => {} };

test("4,096 packets may wait for the kernel; the next is dropped, and that is told, but not from within the call", async () => {
  const socket = new Stuck();
  const refused: string[] = [];
  const ours = datagrams(socket as unknown as DatagramSocket, "127.0.0.1", 1, { ...deaf, undeliverable: (to, why) => refused.push(`${to}: ${why}`) }, tally());
  for (let packet = 0; packet < 4_097; packet++) ours.send(address("127.0.0.1:2"), new Uint8Array(1));
  expect([socket.sent, refused]).toEqual([4_096, []]);
  await new Promise(setImmediate);
  expect(refused).toEqual(["127.0.0.1:2: too many packets wait to be sent"]);
  await ours.close();
});

test("who gets through to us after we closed is hung up on", async () => {
  const listening = async (): Promise<Server> => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    return server;
  };
  const [first, other] = [await listening(), await listening()];
  const caller = connect((other.address() as { readonly port: number }).port, "127.0.0.1");
  const [accepted] = (await once(other, "connection")) as [Socket];
  let heard = 0;
  const ours = streams(first, "127.0.0.1", 1, { ...deaf, connection: () => { heard++; } }, tally());
  await ours.close();
  first.emit("connection", accepted);
  expect([accepted.destroyed, heard]).toEqual([true, 0]);
  caller.destroy();
  other.close();
});

test("a listener that is opened again after all was closed is closed as well", async () => {
  const [first, second] = [new Listener(), new Listener()];
  let [opening, open] = [() => {}, (_one: Listener): void => {}];
  const begun = new Promise<void>((resolve) => { opening = resolve; });
  let mended = 0;
  const kept = keepOpen(first, {
    open: () => {
      opening();
      return new Promise((resolve) => { open = resolve; });
    },
    opened: () => {}, mended: () => { mended++; },
  });
  first.emit("close");
  await begun;
  const closed = kept.close();
  open(second);
  await closed;
  expect([second.closed, mended, kept.current()]).toEqual([1, 0, undefined]);
});
