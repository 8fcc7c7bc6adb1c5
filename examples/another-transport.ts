/** Another transport: members of one process, or of its worker threads, over a BroadcastChannel. `node --import tsx examples/another-transport.ts` */

import { PassThrough } from "node:stream";
import { BroadcastChannel } from "node:worker_threads";
import { createMember, type Connection, type Transport } from "../adapter/index.ts";
import { address, type Address } from "../engine/index.ts";

type Frame = { readonly to: Address; readonly from: Address; readonly stream: string; readonly bytes: Uint8Array | null };

/** A datagram is a frame without a stream. A stream is its frames, up to one that is empty. */
function broadcast(here: string): Transport {
  const channel = new BroadcastChannel("swimlab");
  const own = address(here);
  const streams = new Map<string, PassThrough>();
  let opened = 0;
  const post = (to: Address, stream: string, bytes: Uint8Array | null): void => {
    const frame: Frame = { to, from: own, stream, bytes };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel between threads has no origins
    channel.postMessage(frame);
  };
  const connection = (peer: Address, stream: string): Connection => {
    const incoming = new PassThrough();
    streams.set(stream, incoming);
    const destroy = (): void => { if (streams.delete(stream)) incoming.destroy(); };
    return {
      peer, destroy,
      write: (bytes) => Promise.resolve(post(peer, stream, bytes)),
      end: () => post(peer, stream, null),
      [Symbol.asyncIterator]: () => incoming[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>,
    };
  };
  return {
    open: (receiver) => {
      // oxlint-disable-next-line unicorn/prefer-add-event-listener -- Node's types have none here
      channel.onmessage = (event) => {
        const { to, from, stream, bytes } = (event as { data: Frame }).data;
        if (to !== own) return;
        if (stream === "" && bytes !== null) return receiver.packet(from, bytes);
        if (!streams.has(stream) && bytes !== null && !stream.startsWith(own)) receiver.connection(connection(from, stream));
        if (bytes === null) streams.get(stream)?.end();
        else streams.get(stream)?.write(bytes);
      };
      return Promise.resolve(own);
    },
    send: (to, packet) => post(to, "", packet),
    connect: (to) => Promise.resolve(connection(to, `${own} ${++opened}`)),
    close: () => Promise.resolve(channel.close()),
  };
}

await using a = await createMember({ name: "a", transport: broadcast("10.0.0.1:1") });
await using b = await createMember({ name: "b", transport: broadcast("10.0.0.2:1") });
console.log("let in by", await b.join([a.address]));
const word = a.once("message");
b.broadcast("over a channel");
console.log("a hears", Buffer.from((await word).payload).toString());
