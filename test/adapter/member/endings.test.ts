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

test("who is listened to only after it has stopped says nothing more: the loop ends", async () => {
  const a = await aMemberIn(aWorld(), "a");
  await a.stop();
  expect(await Promise.race([a[Symbol.asyncIterator]().next(), new Promise(setImmediate)])).toMatchObject({ done: true });
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

test("an event that nobody waits for any more when the member stops is no unhandled rejection; whoever still waits hears it", async () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown): void => { unhandled.push(error); };
  process.on("unhandledRejection", note);
  const world = aWorld();
  const a = await aMemberIn(world, "a");
  const word = a.once("message");
  void a.once("join", AbortSignal.abort());
  await a.stop();
  await world.pass(1);
  expect(unhandled).toEqual([]);
  await expect(word).rejects.toMatchObject({ code: "stopped" });
  process.off("unhandledRejection", note);
});

test("a recorder that cannot be closed is an error event, by whatever the member was stopped", async () => {
  const world = aWorld();
  const controller = new AbortController();
  const boom = (): never => { throw new Error("disk"); };
  for (const [name, close] of [["a", boom], ["b", () => Promise.reject(new Error("disk"))]] as const) {
    const member = await aMemberIn(world, name, { signal: controller.signal, recorder: { close } });
    const heard = listen(member);
    if (name === "a") await member.stop();
    else controller.abort();
    await world.pass(1);
    expect([heard, member.stats().counters["troubles.recorder"]]).toEqual([["error disk"], 1]);
  }
});

test("a transport that cannot be closed: whoever stops the member hears so, and nobody else", async () => {
  const world = aWorld();
  const controller = new AbortController();
  const hosts = ["a", "b"].map((name) => world.host(name)).map((host) => ({ ...host, transport: { ...host.transport, close: () => Promise.reject(new Error("stuck")) } }));
  const [a, b] = await Promise.all(hosts.map((host) => aMemberIn(world, host.name, { ...host, signal: controller.signal })));
  await expect(a!.stop()).rejects.toThrow("stuck");
  const heard = listen(b!);
  controller.abort();
  await world.pass(1);
  expect(heard).toEqual(["error stuck"]);
});
