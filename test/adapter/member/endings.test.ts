/** How a member ends that nobody asked to: told so; and one that is stopped while it waits: with nothing left that would ring. */

import { expect, test } from "vitest";
import { memberlistCodec, type Clock } from "../../../adapter/index.ts";
import { address, memberId, noUserMessages } from "../../../engine/index.ts";
import { aGroupIn, aMemberIn, aWorld, listen, stopAll } from "./group.ts";

test("where death is final, who is held dead by its group stops, and its application hears why", async () => {
  const world = aWorld();
  const members = await aGroupIn(world, ["a", "b"], { preset: "swim-inf" });
  const [a, b] = [members[0]!, members[1]!];
  const heard: string[] = [];
  b.on("error", ({ error }) => heard.push(error.message));
  const stranger = world.transport("10.6.6.6:1");
  await stranger.open({ packet: () => {}, connection: () => {}, undeliverable: () => {} });
  const { incarnation } = b.state.self;
  stranger.send(address(b.address), memberlistCodec().encode({ kind: "gossip", gossip: [{ kind: "dead", about: memberId("b"), from: memberId("a"), incarnation }], userMessages: noUserMessages }, null));
  await world.pass(0.1);
  expect([heard, b.state.phase.kind]).toEqual([["the group holds us dead, and death is final here (config.precedence)"], "departed"]);
  expect(() => b.broadcast("x")).toThrow(/stopped/);
  await stranger.close();
  await a.stop();
});

test("who says goodbye where death is final hears no such complaint", async () => {
  const world = aWorld();
  const members = await aGroupIn(world, ["a", "b"], { preset: "swim-inf" });
  const heard = listen(members[1]!);
  await world.until(members[1]!.leave());
  expect(heard).toEqual([]);
  await stopAll(members);
});

test("who is stopped while it has yet to look for its seeds again leaves no alarm behind", async () => {
  const world = aWorld();
  const { clock, ...host } = world.host("b");
  const set = new Set<object>();
  const counted: Clock = {
    ...clock,
    alarm: (when, ring) => {
      const one = {};
      const takeBack = clock.alarm(when, () => { set.delete(one); ring(); });
      set.add(one);
      return () => { set.delete(one); takeBack(); };
    },
  };
  const b = await aMemberIn(world, "b", { ...host, clock: counted, seeds: ["10.9.9.9:7946"] });
  const heard = listen(b);
  await world.pass(1);
  expect([heard, set.size > 0]).toEqual([["error join-failed"], true]);
  await b.stop();
  expect(set.size).toBe(0);
});
