/** What ends a member: our own broken promise. It is reported, everything is closed, and the process lives if somebody hears of it. */

import { expect, test } from "vitest";
import { memberlistCodec, type Codec } from "../../../adapter/index.ts";
import type { Driver } from "../../../adapter/driver/driver.ts";
import { aMemberIn, aWorld, listen } from "../member/group.ts";

test("a message that the engine cannot know ends the member, with an error that says so", async () => {
  const world = aWorld();
  const plain = memberlistCodec();
  let isMad = false;
  const mad: Codec = { ...plain, decode: (packet, from) => (isMad ? { ok: true, message: { kind: "riddle", gossip: [], userMessages: [] } as never, unread: [] } : plain.decode(packet, from)) };
  const a = await aMemberIn(world, "a", { codec: mad });
  const b = await aMemberIn(world, "b", { seeds: [a.address] });
  await world.pass(10);
  const heard = listen(a);
  const waiting = a.once("forget");
  isMad = true;
  b.send("a", "what walks on four legs?");
  await Promise.all([expect(waiting).rejects.toMatchObject({ code: "stopped" }), world.pass(1)]);
  expect(heard.filter((line) => line.includes("riddle"))).toHaveLength(1);
  await expect(a.join([b.address])).rejects.toMatchObject({ code: "stopped" });
  const again = await aMemberIn(world, "a", world.host("a", a.address));
  expect(again.address).toBe(a.address);
  for (const member of [again, b]) await member.stop();
});

test.each<readonly [when: string, what: "tell" | "wake"]>([["told something by the application", "tell"], ["woken", "wake"]])("Serf's layer that breaks when it is %s ends the member in the same way", async (_, what) => {
  const world = aWorld();
  const a = await aMemberIn(world, "a", { preset: "serf" });
  const b = await aMemberIn(world, "b", { preset: "serf", seeds: [a.address] });
  await world.pass(10);
  const heard = listen(a);
  const waiting = a.once("forget");
  // Nothing that may be asked of it makes it break: so it is made to.
  const { serf } = (a as unknown as { readonly driver: Driver }).driver;
  serf![what] = () => { throw new Error("riddle"); };
  if (what === "tell") a.event("x");
  await Promise.all([expect(waiting).rejects.toMatchObject({ code: "stopped" }), world.pass(1)]);
  expect(heard).toEqual(["error riddle"]);
  expect(() => a.event("y")).toThrow(expect.objectContaining({ code: "stopped" }));
  await b.stop();
});
