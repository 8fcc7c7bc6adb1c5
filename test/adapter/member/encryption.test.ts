/** Members with keys: what somebody recorded and says again is not heard. */

import { expect, test } from "vitest";
import type { MemoryNetwork, Transport } from "../../../adapter/index.ts";
import { aMemberIn, aWorld, listen, namesOf, stopAll } from "./group.ts";

const KEY = Buffer.alloc(32, 7);

type Tape = { readonly packets: Uint8Array[]; readonly streams: Uint8Array[] };

/** Keeps what goes out through it, as anybody on the way could. */
function taped(inner: Transport, { packets, streams }: Tape): Transport {
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

/** Somebody without a key, who says again what was recorded; streams a byte first, and then the rest. Resolves when the member has hung up each time. */
async function sayAgain(world: MemoryNetwork, to: string, { packets, streams }: Tape): Promise<void> {
  const stranger = world.transport();
  const where = await stranger.open({ packet: () => undefined, connection: (connection) => connection.destroy(), undeliverable: () => undefined });
  expect(where).not.toBe(to);
  for (const packet of packets) stranger.send(to as typeof where, packet);
  for (const bytes of streams) {
    const connection = await world.until(stranger.connect(to as typeof where, new AbortController().signal));
    await world.until(connection.write(bytes.subarray(0, 1)).then(() => connection.write(bytes.subarray(1))));
    connection.end();
    await world.until((async () => { for await (const piece of connection) void piece; })().catch(() => undefined));
  }
  await stranger.close();
}

test("what was recorded of an encrypted group, datagrams and streams, is dropped and counted when it comes again, and changes nothing", async () => {
  const world = aWorld();
  const tape: Tape = { packets: [], streams: [] };
  const a = await aMemberIn(world, "a", { keys: [KEY] });
  const host = world.host("b");
  const b = await aMemberIn(world, "b", { ...host, keys: [KEY], transport: taped(host.transport, tape) });
  await world.until(b.join([a.address]));
  const heard = listen(a);
  b.send("a", "in a datagram");
  await world.pass(1);
  b.send("a", "on a stream", { reliable: true });
  await world.pass(1);
  expect(heard).toEqual(["message b: in a datagram", "message b: on a stream"]);
  expect(a.stats().drops, "nothing that was said once").toEqual({});
  expect([tape.packets.length > 2, tape.streams.length], "the join, and the message").toEqual([true, 2]);
  await b.stop();
  const before = a.stats();
  await sayAgain(world, a.address, tape);
  const { drops, received } = a.stats();
  expect(drops).toEqual({ replayed: tape.packets.length + tape.streams.length });
  expect(received).toEqual(before.received);
  expect(heard).toHaveLength(2);
  expect(namesOf(a)).toEqual(["a", "b"]);
  await stopAll([a]);
});
