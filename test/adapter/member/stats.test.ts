/** Figures of a member: what is counted, under which names. */

import { expect, test } from "vitest";
import { aGroupIn, aMemberIn, aWorld, stopAll } from "./group.ts";

test("traffic by kind, steps by event, suspicions by origin, refutations, queues, lateness", async () => {
  const world = aWorld();
  const members = await aGroupIn(world, ["a", "b", "c", "d"]);
  const [a, d] = [members[0]!, members[3]!];
  world.cut(d.address);
  await world.pass(4);
  world.heal();
  await world.pass(20);
  a.broadcast("waiting");
  const { counters, gauges, sent, received, lateness } = a.stats();
  expect(gauges["queue.normal"]).toBe(1);
  expect(gauges).toMatchObject({ "members.alive": 4, "members.suspect": 0, "exchanges.open": 0, "queue.events": 0, health: expect.any(Number) });
  const all = members.map((member) => member.stats().counters);
  const total = (name: string): number => all.reduce((sum, each) => sum + (each[name] ?? 0), 0);
  expect(total("suspicions.probe")).toBeGreaterThan(0);
  expect(total("suspicions.gossip")).toBeGreaterThan(0);
  expect(total("announced.suspected")).toBe(total("suspicions.probe") + total("suspicions.gossip") + total("suspicions.push-pull"));
  expect(total("refutations")).toBeGreaterThan(0);
  expect(counters["steps.woke"]).toBeGreaterThan(20);
  for (const kind of ["ping", "ack", "gossip", "push-pull"]) {
    expect(sent[kind]?.bytes, `${kind} out`).toBeGreaterThan(sent[kind]?.count ?? 0);
    expect(received[kind]?.bytes, `${kind} in`).toBeGreaterThan(received[kind]?.count ?? 0);
  }
  expect(lateness).toEqual({ last: 0, max: 0 });
  await stopAll(members);
});

test("what is lost between two is counted at one end and missing at the other", async () => {
  const world = aWorld({ loss: 0.25 });
  const members = await aGroupIn(world, ["a", "b"], {}, 60);
  const [a, b] = [members[0]!.stats(), members[1]!.stats()];
  const datagrams = (flow: typeof a.sent): number => ["ping", "ack", "gossip", "ping-req", "nack"].reduce((sum, kind) => sum + (flow[kind]?.count ?? 0), 0);
  expect(datagrams(b.received)).toBe(datagrams(a.sent) - (a.counters["transport.loss"] ?? 0));
  expect(a.counters["transport.loss"]).toBeGreaterThan(0);
  await stopAll(members);
});

test("another group's label is not heard, and counted as that", async () => {
  const world = aWorld();
  const a = await aMemberIn(world, "a", { label: "blue" });
  const b = await aMemberIn(world, "b", { label: "green" });
  const c = await aMemberIn(world, "c", { label: "blue" });
  await expect(world.until(b.join([a.address]))).rejects.toMatchObject({ code: "join-failed" });
  expect(await world.until(c.join([a.address]))).toBe(1);
  expect(a.stats().drops).toEqual({ label: 1 });
  await stopAll([a, b, c]);
});
