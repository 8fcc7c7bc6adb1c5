/** Pings that an application asks for: each is answered by its own ack, whoever else asks, gives up, or is probed meanwhile. */

import { expect, test } from "vitest";
import type { MemberOptions, MemoryNetwork, SwimMember } from "../../../adapter/index.ts";
import { aGroupIn, aWorld, stopAll } from "./group.ts";

const WAY = 100;

/** Two members, so many milliseconds apart. */
async function aPair(options: Partial<MemberOptions> = {}): Promise<readonly [world: MemoryNetwork, a: SwimMember, b: SwimMember]> {
  const world = aWorld({ latency: [WAY, WAY] });
  const [a, b] = await aGroupIn(world, ["a", "b"], options);
  return [world, a!, b!];
}

/** What came of it, and after how many milliseconds: `200 after 200`, `aborted after 50`. */
async function outcome({ clock }: MemoryNetwork, asked: Promise<number>): Promise<string> {
  const before = clock.now();
  const came = await asked.then((micros) => String(micros / 1_000), (error: { readonly code: string }) => error.code);
  return `${came} after ${(clock.now() - before) / 1_000}`;
}

test("who gave up leaves its answer to nobody", async () => {
  const [world, a, b] = await aPair();
  const caller = new AbortController();
  const first = outcome(world, a.ping("b", { signal: caller.signal }));
  await world.pass(0.05);
  caller.abort();
  const second = outcome(world, a.ping("b"));
  await world.pass(1);
  expect(await Promise.all([first, second])).toEqual(["aborted after 50", "200 after 200"]);
  await stopAll([a, b]);
});

test("who gave up leaves its failure to nobody", async () => {
  const [world, a, b] = await aPair();
  world.cut(b.address);
  const first = outcome(world, a.ping("b", { deadline: 50 }));
  await world.pass(0.45);
  world.heal();
  const second = outcome(world, a.ping("b"));
  await world.pass(1);
  expect(await Promise.all([first, second])).toEqual(["timed-out after 50", "200 after 200"]);
  await stopAll([a, b]);
});

test("a later ping is answered where an earlier one was lost, and the earlier fails when its own time is over", async () => {
  const [world, a, b] = await aPair();
  world.cut(b.address);
  const first = outcome(world, a.ping("b"));
  await world.pass(0.1);
  world.heal();
  const second = outcome(world, a.ping("b"));
  await world.pass(1);
  expect(await Promise.all([first, second])).toEqual(["timed-out after 500", "200 after 200"]);
  await stopAll([a, b]);
});

test("acks of our own probes answer none, though the hook hears of them", async () => {
  const trips: string[] = [];
  const [world, a, b] = await aPair({ hooks: { roundTrip: (member, micros) => trips.push(`${member} ${micros}`) } });
  const probed = trips.length;
  const came: string[] = [];
  for (let times = 0; times < 20; times++) {
    came.push(await world.until(outcome(world, a.ping("b"))));
    await world.pass(0.03);
  }
  expect(new Set(came)).toEqual(new Set(["200 after 200"]));
  expect(trips.length - probed, "twenty pings, and a probe of each member a second").toBeGreaterThan(20 + 4);
  await stopAll([a, b]);
});

test("one ping too many fails at once, and takes nobody else's answer", async () => {
  const [world, a, b] = await aPair({ config: { errandsLimit: 2 } });
  const came = Promise.all([1, 2, 3].map(() => outcome(world, a.ping("b"))));
  await world.pass(1);
  expect(await came).toEqual(["200 after 200", "200 after 200", "timed-out after 0"]);
  await stopAll([a, b]);
});

test("a ping asked for by a hook, while a step is taken, is told apart as well", async () => {
  let ask = (): void => {};
  const [world, a, b] = await aPair({ hooks: { ackPayload: () => { ask(); return new Uint8Array(); } } });
  const came: Promise<string>[] = [];
  ask = () => { came.push(outcome(world, a.ping("b"))); };
  await world.pass(3);
  ask = () => {};
  await world.pass(1);
  expect(came.length).toBeGreaterThan(2);
  expect(new Set(await Promise.all(came))).toEqual(new Set(["200 after 200"]));
  await stopAll([a, b]);
});
