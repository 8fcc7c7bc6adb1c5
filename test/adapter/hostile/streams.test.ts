/** Callers who do not get on with it, at a member that lives; and what the machine or its operator gets wrong. */

import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { createMember, memberlistCodec } from "../../../adapter/index.ts";
import { bytes, viewOf } from "../../../engine/index.ts";
import { allFrom } from "../exchange/sides.ts";
import { until } from "../until.ts";
import { aTarget, type Target } from "./target.ts";

const open: { readonly close: () => unknown }[] = [];
afterEach(async () => { for (const one of open.splice(0)) await one.close(); });

async function target(options: Parameters<typeof aTarget>[0] = {}): Promise<Target> {
  const made = await aTarget(options);
  open.push(made);
  return made;
}

const whole = memberlistCodec({ compress: false }).encodeStream({ kind: "push-pull", join: false, view: viewOf([]), userState: bytes("s".repeat(1_000)) }, "caller");
/** Begins to say something, and goes on at a byte now and then, for as long as it is heard. */
async function dribble(stream: Socket): Promise<void> {
  let at = 0;
  const timer = setInterval(() => { if (stream.writable) stream.write(whole.subarray(at, ++at)); }, 100);
  await allFrom(stream).catch(() => undefined);
  clearInterval(timer);
  stream.destroy();
}

test("streams that come a byte at a time are cut off at the deadline, however long they could go on, and others are heard meanwhile", async () => {
  const { member, caller, assertLives, assertDetects } = await target({ streams: { deadline: 1_500 } });
  const slow = Promise.all(Array.from({ length: 20 }, async () => dribble(await caller())));
  await until("they are on", () => (member.stats().gauges["exchanges.open"] ?? 0) >= 15);
  await assertLives();
  await slow;
  // The callers may hear of it first: the kernel hangs up on them at once, and node:net tells the member after it has told them.
  await until("nothing is left open", () => member.stats().gauges["exchanges.open"] === 0);
  expect(member.stats().drops["too-slow"] ?? 0).toBeGreaterThanOrEqual(20);
  await assertDetects();
});

test("a thousand connections on which nothing is said: newcomers are let in, and no more than 128 stay open", async () => {
  const { member, caller, assertLives, assertDetects } = await target();
  const idle: Socket[] = [];
  while (idle.length < 1_000) idle.push(...await Promise.all(Array.from({ length: 50 }, () => caller())));
  await until("most are turned away", () => (member.stats().drops["too-many"] ?? 0) >= 1_000 - 128);
  expect(member.stats().gauges["exchanges.open"]).toBeLessThanOrEqual(128);
  await assertLives();
  await assertDetects();
  await member.stop();
  await Promise.all(idle.map((socket) => allFrom(socket).catch(() => undefined)));
});

test("another label: nobody is let in, both sides say why, and the group goes on", async () => {
  const { member, assertLives } = await target({ label: "blue" });
  for (const label of ["red", ""]) {
    await using other = await createMember({ name: "other", bind: "127.0.0.1:0", preset: "memberlist-lan", label });
    await expect(other.join([member.address])).rejects.toMatchObject({ code: "join-failed", message: expect.stringMatching(/label|hung up|closed|answer/) });
  }
  expect(member.stats().drops["label"]).toBeGreaterThan(0);
  expect(member.find("other")).toBeUndefined();
  await assertLives();
});

test("a port that another program has for streams only is in use; a key of 15 bytes is no key; an address of others is not ours", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  open.push(server);
  await once(server, "listening");
  const where = server.address();
  const bind = `127.0.0.1:${typeof where === "object" && where !== null ? where.port : 0}`;
  await expect(createMember({ name: "a", bind })).rejects.toMatchObject({ code: "port-in-use", message: expect.stringContaining(bind) });
  await expect(createMember({ name: "a", bind: "198.51.100.7:0" })).rejects.toMatchObject({ code: "address-not-ours", message: expect.stringContaining("198.51.100.7") });
  await expect(createMember({ name: "a", bind: "127.0.0.1:0", keys: [Buffer.alloc(15).toString("base64")] })).rejects.toMatchObject({ code: "bad-option", message: expect.stringMatching(/15 bytes/) });
});
