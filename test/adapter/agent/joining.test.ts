/** An agent asks its seeds for as long as it is alone: at the beginning, and when it has lost everybody. */

import { expect, test } from "vitest";
import { joinPatiently } from "../../../adapter/agent/joining.ts";
import { tellingOf } from "../../../adapter/agent/news.ts";
import { aMemberIn, aWorld, namesOf, stopAll } from "../member/group.ts";

test("seeds are asked every five seconds until one lets us in, and again once we are alone again", async () => {
  const world = aWorld();
  const b = await aMemberIn(world, "b");
  const told: string[] = [];
  const seed = "10.0.0.9:7946";
  const stop = joinPatiently(b, [seed], (news) => told.push(tellingOf(news).text), world.clock);
  await world.pass(12);
  const failure = `no seed let us in: ${seed}: nobody listens at ${seed}; retrying every 5 s while alone`;
  expect(told, "told once, however often it was tried").toEqual([failure]);

  for (const name of ["a", "c"]) {
    told.length = 0;
    const other = await aMemberIn(world, name, { transport: world.transport(seed) });
    await world.pass(7);
    expect([told, namesOf(b)]).toEqual([["let in by 1 of 1 seed"], [name, "b"].toSorted()]);
    await world.pass(20);
    expect(told, "in company nobody is asked").toHaveLength(1);
    await other.stop();
    await world.pass(60);
    expect([told.slice(1), namesOf(b)]).toEqual([[failure], ["b"]]);
  }

  stop();
  told.length = 0;
  const late = await aMemberIn(world, "d", { transport: world.transport(seed) });
  await world.pass(4);
  expect(told).toEqual([]);
  await stopAll([b, late]);
});

test("without seeds nobody is asked", async () => {
  const world = aWorld();
  const a = await aMemberIn(world, "a");
  const told: unknown[] = [];
  joinPatiently(a, [], (news) => told.push(news), world.clock)();
  await world.pass(12);
  expect(told).toEqual([]);
  await a.stop();
});
