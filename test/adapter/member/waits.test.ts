/** What an application waits for leaves nothing behind when it is over: no listener on the caller's signal, no alarm, no record. */

import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { address, ORIGIN } from "../../../engine/index.ts";
import { createMember, MemberError, type Clock, type Transport } from "../../../adapter/index.ts";
import { Joins } from "../../../adapter/member/joins.ts";
import { Waits, type Wait } from "../../../adapter/member/waits.ts";
import { aGroupIn, aMemberIn, aWorld, stopAll } from "./group.ts";

test("one signal for twenty pings and a join has nobody listening to it afterwards", async () => {
  const world = aWorld();
  const [a, b] = await aGroupIn(world, ["a", "b"]);
  const c = await aMemberIn(world, "c");
  const { signal } = new AbortController();
  for (let times = 20; times > 0; times--) await world.until(a!.ping("b", { signal }));
  await world.until(c.join([b!.address], { signal }));
  expect(getEventListeners(signal, "abort")).toEqual([]);
  await stopAll([a!, b!, c]);
});

test("what is over is left alone when the member stops: its alarm is taken back once", async () => {
  let takenBack = 0;
  const clock: Clock = { now: () => ORIGIN, alarm: () => () => { takenBack++; } };
  const waits = new Waits(clock);
  const [over, running] = [waits.start<number>("one", {}, 1_000), waits.start<number>("another", {}, 1_000)];
  over.settle(1);
  waits.failAll(new MemberError("stopped", "it stops"));
  expect([await over.promise, takenBack]).toEqual([1, 2]);
  await expect(running.promise).rejects.toMatchObject({ code: "stopped" });
});

test("whoever needs but one seed, or two, does not wait for another that is down", async () => {
  const world = aWorld();
  const [a, d] = await Promise.all(["a", "d"].map((name) => aMemberIn(world, name)));
  const { transport, ...host } = world.host("b");
  const hanging = address("10.9.9.9:7946");
  const connect: Transport["connect"] = (to, signal) => (to === hanging ? new Promise((_, reject) => { signal.addEventListener("abort", () => reject(new Error("given up"))); }) : transport.connect(to, signal));
  const b = await createMember({ ...host, transport: { ...transport, connect } });
  const seeds = [hanging, a!.address, d!.address];
  const took = async (joining: Promise<number>): Promise<readonly [letIn: number, seconds: number]> => {
    const began = world.clock.now();
    return [await world.until(joining), Math.round((world.clock.now() - began) / 1_000_000)];
  };
  expect(await took(b.join(seeds, { enough: 1 }))).toEqual([1, 0]);
  expect(await took(b.join(seeds, { enough: 2 }))).toEqual([2, 0]);
  expect((await took(b.join(seeds)))[1], "all are waited for").toBeGreaterThan(5);
  expect((await took(b.join(seeds, { enough: 3 })))[0], "more than there are").toBe(2);
  for (const enough of [0, 1.5, Number.NaN]) await expect(b.join(seeds, { enough })).rejects.toMatchObject({ code: "bad-option" });
  await stopAll([a!, b, d!]);
});

test("a join that is over hears no more of its seeds", async () => {
  const [first, second] = [address("10.0.0.1:1"), address("10.0.0.2:1")];
  let [settled, over] = [0, (): void => {}];
  const promise = new Promise<number>((resolve) => { over = () => resolve(1); });
  const wait: Wait<number> = { promise, settle: () => { settled++; }, fail: () => { settled++; }, isOver: () => false };
  const joins = new Joins();
  joins.begin({ seeds: [first, second], wait, notFound: [], enough: Infinity });
  joins.came(first, true);
  over();
  await promise;
  joins.came(second, true);
  expect(settled).toBe(0);
});
