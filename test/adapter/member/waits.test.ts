/** What an application waits for leaves nothing behind when it is over: no listener on the caller's signal, no alarm, no record. */

import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { address, ORIGIN } from "../../../engine/index.ts";
import { MemberError, type Clock } from "../../../adapter/index.ts";
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

test("a join that is over hears no more of its seeds", async () => {
  const [first, second] = [address("10.0.0.1:1"), address("10.0.0.2:1")];
  let [settled, over] = [0, (): void => {}];
  const promise = new Promise<number>((resolve) => { over = () => resolve(1); });
  const wait: Wait<number> = { promise, settle: () => { settled++; }, fail: () => { settled++; }, isOver: () => false };
  const joins = new Joins();
  joins.begin([first, second], wait, []);
  joins.came(first, true);
  over();
  await promise;
  joins.came(second, true);
  expect(settled).toBe(0);
});
