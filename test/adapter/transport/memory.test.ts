/** The network in memory: weather, streams, cuts; and the same again for the same seed. */

import { describe, expect, test } from "vitest";
import { createMember, machineClock, memoryNetwork, type Connection, type MemoryNetwork, type Transport } from "../../../adapter/index.ts";
import { address, type Address } from "../../../engine/index.ts";

const [here, there] = [address("10.0.0.1:7946"), address("10.0.0.2:7946")];

type End = { readonly transport: Transport; readonly heard: string[]; readonly streams: Connection[] };

/** A place that writes down what comes in, and when. */
async function anEnd(world: MemoryNetwork): Promise<End> {
  const [transport, heard, streams]: [Transport, string[], Connection[]] = [world.transport(), [], []];
  await transport.open({
    packet: (from, packet) => heard.push(`${from} ${Buffer.from(packet).toString()} ${world.clock.now()}`),
    connection: (connection) => streams.push(connection),
    undeliverable: () => {},
  });
  return { transport, heard, streams };
}

const signal = new AbortController().signal;
const read = async (connection: Connection): Promise<string> => {
  let text = "";
  for await (const piece of connection) text += Buffer.from(piece).toString();
  return text;
};

describe("datagrams", () => {
  test("take as long as the weather says, and are copies", async () => {
    const world = memoryNetwork({ latency: [10, 20] });
    const [one, other] = [await anEnd(world), await anEnd(world)];
    const packet = Buffer.from("hello");
    one.transport.send(there, packet);
    packet.fill(0);
    await world.pass(0.0099);
    expect(other.heard).toEqual([]);
    await world.pass(0.0101);
    expect(other.heard[0]).toMatch(/^10.0.0.1:7946 hello 1\d{4}$/);
  });

  test("get lost in the share that the weather says, and are counted", async () => {
    const world = memoryNetwork({ loss: 0.3 });
    const [one, other] = [await anEnd(world), await anEnd(world)];
    for (let k = 0; k < 2_000; k++) one.transport.send(there, Buffer.from(`${k}`));
    await world.pass(1);
    const { loss = 0 } = one.transport.counts?.() ?? {};
    expect(loss / 2_000).toBeCloseTo(0.3, 1);
    expect(other.heard.length).toBe(2_000 - loss);
    world.change({ loss: 0 });
    one.transport.send(there, Buffer.from("sure"));
    await world.pass(1);
    expect(other.heard.at(-1)).toContain("sure");
  });

  test("do not pass a cut, until it heals; nor reach who is closed", async () => {
    const world = memoryNetwork();
    const [one, other] = [await anEnd(world), await anEnd(world)];
    world.cut(there);
    one.transport.send(there, Buffer.from("1"));
    await world.pass(1);
    world.heal();
    one.transport.send(there, Buffer.from("2"));
    await world.pass(1);
    await other.transport.close();
    one.transport.send(there, Buffer.from("3"));
    await world.pass(1);
    expect(other.heard.map((line) => line.split(" ")[1])).toEqual(["2"]);
    expect(one.transport.counts?.()).toEqual({ loss: 0, cut: 1, nobody: 1 });
  });
});

describe("streams", () => {
  async function aStream(world: MemoryNetwork, to: Address = there): Promise<readonly [End, End, Connection, Connection]> {
    const [one, other] = [await anEnd(world), await anEnd(world)];
    const caller = await world.until(one.transport.connect(to, signal));
    return [one, other, caller, other.streams[0]!];
  }

  test("carry what is written, in its order, both ways, to the end", async () => {
    const world = memoryNetwork({ latency: [1, 50] });
    const [, , caller, answerer] = await aStream(world);
    const pieces = Array.from({ length: 50 }, (_, k) => `${k} `);
    for (const piece of pieces) void caller.write(Buffer.from(piece));
    caller.end();
    expect(await world.until(read(answerer))).toBe(pieces.join(""));
    void answerer.write(Buffer.from("yes"));
    answerer.end();
    expect(await world.until(read(caller))).toBe("yes");
    await expect(caller.write(Buffer.from("more"))).rejects.toThrow();
  });

  test("a write is done when it has arrived", async () => {
    const world = memoryNetwork({ latency: [30, 30] });
    const [, , caller] = await aStream(world);
    const before = world.clock.now();
    await world.until(caller.write(Buffer.from("x")));
    expect(world.clock.now() - before).toBe(30_000);
  });

  test("destroyed at one end it breaks at the other, after what had arrived", async () => {
    const world = memoryNetwork();
    const [, , caller, answerer] = await aStream(world);
    await world.until(caller.write(Buffer.from("so far")));
    caller.destroy();
    caller.destroy();
    const pieces: string[] = [];
    await expect(world.until((async () => { for await (const piece of answerer) pieces.push(Buffer.from(piece).toString()); })())).rejects.toThrow("broke");
    expect(pieces).toEqual(["so far"]);
    await expect(world.until(answerer.write(Buffer.from("x")))).rejects.toThrow();
  });

  test("break when a cut runs through them, or when their end is closed; to nobody there is none", async () => {
    const world = memoryNetwork();
    const [one, other, caller, answerer] = await aStream(world);
    world.cut(here);
    await expect(world.until(read(answerer))).rejects.toThrow("broke");
    await expect(world.until(one.transport.connect(there, signal))).rejects.toThrow(/nobody listens/);
    world.heal();
    const again = await world.until(one.transport.connect(there, signal));
    await one.transport.close();
    await expect(world.until(read(other.streams[1]!))).rejects.toThrow("broke");
    await expect(world.until(read(again))).rejects.toThrow("broke");
    expect(caller.peer).toBe(there);
    const aborted = new AbortController();
    const connecting = other.transport.connect(here, aborted.signal);
    aborted.abort();
    await expect(connecting).rejects.toThrow("given up");
  });
});

test("two worlds of one seed are the same, of two seeds are not", async () => {
  const run = async (seed: number): Promise<readonly string[]> => {
    const world = memoryNetwork({ seed, loss: 0.2, latency: [1, 100] });
    const [one, other] = [await anEnd(world), await anEnd(world)];
    for (let k = 0; k < 100; k++) one.transport.send(there, Buffer.from(`${k}`));
    await world.pass(1);
    return other.heard;
  };
  expect(await run(1)).toEqual(await run(1));
  expect(await run(1)).not.toEqual(await run(2));
});

test("lives in real time as well", async () => {
  const world = memoryNetwork({ clock: machineClock() });
  const a = await createMember({ ...world.host("a") });
  const b = await createMember({ ...world.host("b") });
  expect(await b.join([a.address])).toBe(1);
  await world.pass(0.01);
  expect(() => world.jump(1)).toThrow(/real time does not jump/);
  await Promise.all([a.stop(), b.stop()]);
});
