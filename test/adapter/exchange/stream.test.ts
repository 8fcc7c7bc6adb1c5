/** One stream and its deadline: when it is over, nothing of either is left. */

import { expect, test } from "vitest";
import { address } from "../../../engine/index.ts";
import { exchanges, memberlistCodec, type Connection } from "../../../adapter/index.ts";
import { streamOf, type Alarm } from "../../../adapter/exchange/stream.ts";
import { ping } from "../../builders.ts";

/** A connection on which nothing is ever said, and how often it was destroyed. */
function aConnection(): { readonly connection: Connection; readonly destroyed: () => number } {
  let destroyed = 0;
  const connection: Connection = { peer: address("10.0.0.1:1"), write: () => Promise.resolve(), end: () => {}, destroy: () => { destroyed++; }, async *[Symbol.asyncIterator]() {} };
  return { connection, destroyed: () => destroyed };
}

test("a stream that is over leaves no alarm behind", () => {
  const set = new Set<() => void>();
  const alarm: Alarm = (_, ring) => {
    set.add(ring);
    return () => void set.delete(ring);
  };
  const streams = [streamOf(alarm, 1), streamOf(alarm, 1)];
  expect(set.size).toBe(2);
  for (const stream of streams) stream.end("done");
  expect(set.size).toBe(0);
});

test("a deadline that passes destroys the connection, once", () => {
  let ring = (): void => {};
  const stream = streamOf((_, bell) => { ring = bell; return () => {}; }, 1);
  const { connection, destroyed } = aConnection();
  stream.hold(connection);
  ring();
  stream.end("done");
  expect([stream.ending(), stream.signal.aborted, destroyed()]).toEqual(["too-slow", true, 1]);
});

test("a connection that comes about after all is closed is destroyed", async () => {
  const { connection, destroyed } = aConnection();
  let connect = (_connection: Connection): void => {};
  const connecting = new Promise<Connection>((resolve) => { connect = resolve; });
  const ours = exchanges({
    transport: { connect: () => connecting }, codec: memberlistCodec(),
    hear: { opened: () => {}, answered: () => {}, failed: () => {}, dropped: () => {} },
  });
  ours.ask(address("10.0.0.1:1"), ping("a", "b"));
  ours.close();
  connect(connection);
  await connecting;
  await new Promise(setImmediate);
  expect(destroyed()).toBe(1);
});
