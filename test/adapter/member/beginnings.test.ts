/** How a member begins: with what a former process wrote down, with whom it knows already, by a time that others share. */

import { expect, test } from "vitest";
import { machineClock } from "../../../adapter/index.ts";
import { aMemberIn, aWorld, listen, namesOf, statusOf, stopAll } from "./group.ts";

test("whoever is known from the beginning is probed like anybody: the living stay, the dead are found out", async () => {
  const world = aWorld();
  const b = await aMemberIn(world, "b");
  const c = await aMemberIn(world, "c");
  const knows = [b.state.self, c.state.self];
  await c.stop();
  const a = await aMemberIn(world, "a", { knows });
  const heard = listen(a);
  expect(namesOf(a)).toEqual(["a", "b", "c"]);
  await world.pass(40);
  expect([statusOf(a, "b"), statusOf(a, "c")]).toEqual(["alive", "failed"]);
  expect(heard).toContain("failed c by a");
  await stopAll([a, b]);
});

test("an incarnation that was written down is the one to begin with", async () => {
  const world = aWorld();
  const a = await aMemberIn(world, "a", { incarnation: 4_711 });
  expect(a.self.incarnation).toBe(4_711);
  await a.stop();
});

test("clocks of one origin show one time", () => {
  const origin = performance.now() - 5_000;
  const [one, other] = [machineClock(origin), machineClock(origin)];
  expect(one.now()).toBeGreaterThanOrEqual(5_000_000);
  expect(Math.abs(one.now() - other.now())).toBeLessThan(1_000_000);
});
