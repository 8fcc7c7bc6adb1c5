/** Under the preset serf: Serf's layer over the engine, tags, user events, and its own idea of who left. */

import { describe, expect, test } from "vitest";
import { aGroupIn, aMemberIn, aWorld, listen, namesOf, statusOf, stopAll } from "./group.ts";

describe("members with Serf's layer", () => {
  test("speak Serf's versions, and carry tags both ways", async () => {
    const world = aWorld();
    const members = await aGroupIn(world, ["a", "b"], { preset: "serf", tags: { role: "web" } });
    expect(members.map(({ self }) => self.record.versions)).toEqual([[1, 5, 2, 2, 5, 5], [1, 5, 2, 2, 5, 5]]);
    expect(members[0]!.find("b")?.tags).toEqual({ role: "web" });
    await stopAll(members);
  });

  test("a user event is heard by all, once; and told on", async () => {
    const world = aWorld();
    const members = await aGroupIn(world, ["a", "b", "c", "d", "e"], { preset: "serf" }, 20);
    const heard = members.map(listen);
    members[0]!.event("deploy", "v2");
    members[0]!.event("deploy", "v2", { coalesce: true });
    await world.pass(5);
    expect(heard).toEqual(members.map(() => ["event deploy: v2", "event deploy: v2"]));
    expect(() => members[0]!.event("big", "x".repeat(500))).toThrow(/512 are allowed/);
    await stopAll(members);
  });

  test("who leaves is heard to leave, and who is killed to fail", async () => {
    const world = aWorld();
    const members = await aGroupIn(world, ["a", "b", "c", "d"], { preset: "serf" }, 20);
    const [a, b, c] = [members[0]!, members[1]!, members[2]!];
    const [heard, heardByB] = [listen(a), listen(b)];
    await world.until(b.leave());
    await world.pass(3);
    expect([heard, heardByB], "nobody tells b of itself").toEqual([["leave b"], []]);
    await c.stop();
    await world.pass(60);
    expect(heard.at(-1)).toMatch(/^failed c by [ad]$/);
    expect(heard.filter((line) => /^(failed|leave)/.test(line)), "each end is told once").toHaveLength(2);
    expect([statusOf(a, "b"), statusOf(a, "c")]).toEqual(["left", "failed"]);
    expect(a.members("all").map(({ name, status }) => `${name} ${status}`)).toEqual(["a alive", "b left", "c failed", "d alive"]);
    await stopAll(members);
  });

  test("who leaves is gone when its word of leaving has travelled for a second, to the microsecond: Serf's layer has deadlines of its own", async () => {
    const world = aWorld();
    const a = await aMemberIn(world, "a", { preset: "serf" });
    await world.pass(10.05);
    const before = world.clock.now();
    await world.until(a.leave());
    expect(world.clock.now() - before).toBe(1_000_000);
    await stopAll([a]);
  });

  test("a newcomer does not hear what was told before it came", async () => {
    const world = aWorld();
    const a = await aMemberIn(world, "a", { preset: "serf" });
    a.event("old", "news");
    await world.pass(2);
    const b = await aMemberIn(world, "b", { preset: "serf" });
    const heard = listen(b);
    await world.until(b.join([a.address]));
    await world.pass(5);
    a.event("fresh", "news");
    await world.pass(5);
    expect(heard).toEqual(["join a", "event fresh: news"]);
    await stopAll([a, b]);
  });

  test("what Serf agents would not understand is refused; so is what needs Serf's layer without it", async () => {
    const world = aWorld();
    const [serf] = await aGroupIn(world, ["a", "b"], { preset: "serf" });
    expect(() => serf!.send("b", "x")).toThrow(/only user events/);
    expect(() => serf!.broadcast("x")).toThrow(/only user events/);
    const plain = await aMemberIn(world, "p");
    expect(() => plain.event("x")).toThrow(/preset serf/);
    await stopAll([serf!, plain]);
  });

  test("over another preset, the engine leaves broadcasts and views to Serf", async () => {
    const world = aWorld();
    const members = await aGroupIn(world, ["a", "b", "c"], { serf: true }, 20);
    const heard = members.map(listen);
    members[0]!.event("deploy");
    await world.pass(3);
    expect(heard).toEqual(members.map(() => ["event deploy: "]));
    expect(members[0]!.state.config).toMatchObject({ broadcastRelay: "off", syncWith: "whole" });
    await stopAll(members);
  });

  test("its state is attached once it has one", async () => {
    const world = aWorld();
    const a = await aMemberIn(world, "a", { preset: "serf" });
    await world.pass(5);
    expect(a.stats().counters["steps.asked-to-attach"], "and not again while nothing changes").toBe(1);
    expect(namesOf(a)).toEqual(["a"]);
    await a.stop();
  });
});
