/** A member that stands still in a process that goes on. */

import { describe, expect, test } from "vitest";
import { virtualClock, type Connection, type Receiver, type Transport } from "../../../adapter/index.ts";
import { standstill } from "../../../bin/udp/standstill.ts";
import { address, milliseconds } from "../../../engine/index.ts";
import { ms } from "../../builders.ts";

const peer = address("127.0.0.1:1");

/** A transport whose far side is this test. */
function aTransport(): { readonly transport: Transport; readonly brings: (packet: string) => void; readonly opens: (pieces: AsyncIterable<Uint8Array>) => void } {
  let receiver: Receiver | undefined;
  const connection = (pieces: AsyncIterable<Uint8Array>): Connection => ({
    peer, write: () => Promise.resolve(), end: () => {}, destroy: () => {}, [Symbol.asyncIterator]: () => pieces[Symbol.asyncIterator](),
  });
  return {
    transport: {
      open: (hears) => {
        receiver = hears;
        return Promise.resolve(address("127.0.0.1:2"));
      },
      send: () => {}, connect: () => Promise.resolve(connection(words("late"))), close: () => Promise.resolve(),
    },
    brings: (packet) => receiver?.packet(peer, Buffer.from(packet)),
    opens: (pieces) => receiver?.connection(connection(pieces)),
  };
}

async function* words(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

/** A member's ears: what happens to it, in order. */
async function ears(): Promise<{ readonly heard: string[]; readonly still: ReturnType<typeof standstill>; readonly clock: ReturnType<typeof virtualClock>; readonly far: ReturnType<typeof aTransport> }> {
  const [still, clock, far, heard] = [standstill(), virtualClock(), aTransport(), [] as string[]];
  await still.transport(far.transport).open({
    packet: (_, packet) => void heard.push(Buffer.from(packet).toString()),
    connection: (connection) => void (async () => {
      for await (const piece of connection) heard.push(`stream ${Buffer.from(piece).toString()}`);
    })(),
    undeliverable: () => {},
  });
  return { heard, still, clock, far };
}

describe("while a member stands still", () => {
  test("alarms ring late, before what has piled up, which comes in its order", async () => {
    const { heard, still, clock, far } = await ears();
    const watched = still.clock(clock);
    watched.alarm(ms(10), () => heard.push("alarm"));
    still.begin();
    far.brings("one");
    await clock.pass(milliseconds(50));
    far.brings("two");
    expect(heard).toEqual([]);
    still.end();
    expect(heard).toEqual(["alarm", "one", "two"]);
    far.brings("three");
    watched.alarm(ms(60), () => heard.push("in time"));
    await clock.pass(milliseconds(20));
    expect(heard.slice(3)).toEqual(["three", "in time"]);
  });

  test("an alarm that is taken back meanwhile never rings", async () => {
    const { heard, still, clock } = await ears();
    const takeBack = still.clock(clock).alarm(ms(10), () => heard.push("alarm"));
    still.begin();
    await clock.pass(milliseconds(50));
    takeBack();
    still.end();
    expect(heard).toEqual([]);
  });

  test("streams stand still as well, those that come and those under way", async () => {
    const { heard, still, clock, far } = await ears();
    far.opens((async function* () {
      yield Buffer.from("first");
      still.begin();
      yield Buffer.from("second");
    })());
    await clock.pass(milliseconds(1));
    far.opens(words("third"));
    await clock.pass(milliseconds(1));
    expect(heard).toEqual(["stream first"]);
    still.end();
    await clock.pass(milliseconds(1));
    expect(heard.toSorted()).toEqual(["stream first", "stream second", "stream third"]);
  });
});
