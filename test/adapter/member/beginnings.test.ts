/** How a member begins: with what a former process wrote down, with whom it knows already, by a time that others share. */

import { expect, test } from "vitest";
import { machineClock } from "../../../adapter/index.ts";
import { aGroupIn, aMemberIn, aWorld, listen, namesOf, statusOf, stopAll } from "./group.ts";

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

test("two groups become one when a member of the one joins the other: each half is told of the other at once", async () => {
  const world = aWorld();
  const names = (group: string): readonly string[] => Array.from({ length: 16 }, (_, index) => `${group}${index}`);
  const [ours, theirs] = [await aGroupIn(world, names("a")), await aGroupIn(world, names("b"))];
  const unknown = (): number => [...ours, ...theirs].reduce((sum, member) => sum + 32 - member.members().length, 0);
  expect(unknown()).toBe(2 * 16 * 16);
  await world.until(ours[1]!.join([theirs[0]!.address]));
  await world.pass(2);
  expect(unknown(), "of 512 in all; what the rumours missed, the next exchanges of views bring").toBeLessThan(50);
  await stopAll([...ours, ...theirs]);
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

test("versions of the application's own protocol are told, and groups that do not understand one another stay apart", async () => {
  const world = aWorld();
  const preset = "memberlist-lan";
  const a = await aMemberIn(world, "a", { preset, versions: { least: 1, greatest: 3, spoken: 2 } });
  const b = await aMemberIn(world, "b", { preset, versions: { least: 2, greatest: 2, spoken: 2 } });
  expect(await world.until(b.join([a.address]))).toBe(1);
  expect(b.find("a")?.record.versions).toEqual([1, 5, 2, 1, 3, 2]);
  const c = await aMemberIn(world, "c", { preset, versions: { least: 3, greatest: 4, spoken: 3 } });
  const d = await aMemberIn(world, "d", { preset });
  for (const other of [c, d]) await expect(world.until(other.join([a.address]))).rejects.toMatchObject({ code: "join-failed", message: expect.stringContaining("its group was refused") });
  await world.pass(5);
  expect([namesOf(a), namesOf(c), namesOf(d)]).toEqual([["a", "b"], ["c"], ["d"]]);
  await stopAll([a, b, c, d]);
});
