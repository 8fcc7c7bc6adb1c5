/** What an application hands to a member's methods: what is no argument is refused with a sentence and a code, and the member lives on. */

import { describe, expect, test } from "vitest";
import type { SwimMember } from "../../../adapter/index.ts";
import { aGroupIn, aMemberIn, aWorld, listen, namesOf, stopAll } from "./group.ts";

/** As JavaScript would pass it. */
const sloppy = (value: unknown): never => value as never;

describe("a call with a mistake in it is refused, whether it throws or rejects", () => {
  test.for<readonly [what: string, call: (member: SwimMember) => unknown, says: RegExp]>([
    ["an object as a message", (a) => a.send("b", sloppy({ load: 1 })), /a payload is a text or a Uint8Array, not an object: .*JSON\.stringify/],
    ["a number as a broadcast", (a) => a.broadcast(sloppy(5)), /a payload is a text or a Uint8Array, not 5/],
    ["nothing as a broadcast", (a) => a.broadcast(sloppy(undefined)), /not undefined/],
    ["numbers of two bytes", (a) => a.send("b", sloppy(new Uint16Array([300]))), /not an object/],
    ["a message to nobody", (a) => a.send(sloppy(undefined), "x"), /the name of a member is a text, not undefined/],
    ["a priority that there is not", (a) => a.broadcast("x", { priority: sloppy("high") }), /priority is "high": it may be "urgent", "normal" or "bulk"/],
    ["a key that is no text", (a) => a.broadcast("x", { key: sloppy(7) }), /key must be a text, not 7/],
    ["an option that there is not", (a) => a.send("b", "x", sloppy({ relaible: true })), /send has no option "relaible": it has reliable/],
    ["yes, as a text", (a) => a.send("b", "x", { reliable: sloppy("yes") }), /reliable must be true or false, not "yes"/],
    ["a text as options", (a) => a.ping("b", sloppy("1 s")), /the options of ping are an object, not "1 s"/],
    ["a ping of nobody", (a) => a.ping(sloppy(null)), /the name of a member is a text, not null/],
    ["a timeout", (a) => a.join([], sloppy({ timeout: 5 })), /join has no option "timeout": it has deadline, signal, enough/],
    ["one seed, and no list", (a) => a.join(sloppy("10.0.0.1:7946")), /seeds are a list of addresses/],
    ["a seed that is no text", (a) => a.join(sloppy([7946])), /seeds are a list of addresses/],
    ["a deadline in words", (a) => a.join([], { deadline: sloppy("100") }), /a deadline is a number of milliseconds, 0 or more, not "100"/],
    ["a controller instead of its signal", (a) => a.leave({ signal: sloppy(new AbortController()) }), /signal must be an AbortSignal/],
    ["a signal that is none, to wait by", (a) => a.once("join", sloppy("SIGTERM")), /signal must be an AbortSignal/],
    ["an event that there is not", (a) => a.on(sloppy("fail"), () => {}), /there is no event "fail": choose one of join, update, suspect/],
    ["the same, once", (a) => a.once(sloppy("joined")), /there is no event "joined"/],
    ["no listener", (a) => a.on("join", sloppy(undefined)), /a listener is a function/],
    ["a text as a meta", (a) => a.updateMeta(sloppy("role=web")), /meta must be a Uint8Array, not "role=web"/],
    ["a list as tags", (a) => a.updateTags(sloppy(["web"])), /tags must be an object/],
    ["no tags", (a) => a.updateTags(sloppy(null)), /tags must be an object/],
    ["a key that is a number", (a) => a.keys.add(sloppy(16)), /a key is base64 text or a Uint8Array/],
  ])("%s", async ([, call, says]) => {
    const world = aWorld();
    const [a, b] = (await aGroupIn(world, ["a", "b"], { keys: [new Uint8Array(16)] })) as [SwimMember, SwimMember];
    const heard = [listen(a), listen(b)];
    await expect((async () => call(a))()).rejects.toMatchObject({ name: "MemberError", code: "bad-option", message: expect.stringMatching(says) });
    await world.pass(10);
    expect([namesOf(a), namesOf(b), heard]).toEqual([["a", "b"], ["a", "b"], [[], []]]);
    await stopAll([a, b]);
  });

  test.for<readonly [what: string, call: (member: SwimMember) => Promise<unknown>, says: RegExp]>([
    ["no name", (a) => a.query(sloppy(undefined)), /the name of a query is a text, not undefined/],
    ["an object as a payload", (a) => a.query("load", sloppy({})), /a payload is a text or a Uint8Array/],
    ["a timeout", (a) => a.query("load", "", sloppy({ timeout: 5 })), /query has no option "timeout": it has deadline, signal, names, tags, enough/],
    ["one name, and no list", (a) => a.query("load", "", { names: sloppy("b") }), /names must be a list of texts/],
    ["a tag's expression that is none", (a) => a.query("load", "", { tags: { role: sloppy(/web/) } }), /tags must be an object: regular expressions, as texts/],
  ])("a query: %s", async ([, call, says]) => {
    const a = await aMemberIn(aWorld(), "a", { preset: "serf" });
    await expect(call(a)).rejects.toMatchObject({ code: "bad-option", message: expect.stringMatching(says) });
    await a.stop();
  });

  test("a user event without a name", async () => {
    const a = await aMemberIn(aWorld(), "a", { preset: "serf" });
    expect(() => a.event(sloppy(undefined))).toThrow(/the name of a user event is a text/);
    expect(() => a.event("e", sloppy({}))).toThrow(/a payload is a text or a Uint8Array/);
    expect(() => a.event("e", "", { coalesce: sloppy(1) })).toThrow(/coalesce must be true or false/);
    await a.stop();
  });
});

test("of nobody there is nothing to find", async () => {
  const a = await aMemberIn(aWorld(), "a");
  expect(a.find(sloppy(undefined))).toBeUndefined();
  await a.stop();
});

test("methods are functions of their own, as their types say: they can be handed over without their member", async () => {
  const world = aWorld();
  const [a, b] = (await aGroupIn(world, ["a", "b"])) as [SwimMember, SwimMember];
  const { members, find, on, once, broadcast, send, ping, updateTags, leave, stats } = a;
  const { stop } = b;
  const heard: string[] = [];
  on("update", ({ peer }) => heard.push(peer.name));
  const word = once("message");
  b.updateTags({ role: "db" });
  b.send("a", "x");
  await world.pass(2);
  broadcast("y");
  send("b", "z");
  updateTags({ role: "web" });
  expect([members().length, find("b")?.tags, heard, Buffer.from((await word).payload).toString(), stats().gauges["health"]]).toEqual([2, { role: "db" }, ["b"], "x", 0]);
  expect(await world.until(ping("b"))).toBeGreaterThan(0);
  await world.until(leave());
  await stop();
});
