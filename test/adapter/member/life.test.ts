/** A member's life as its application sees it: coming, speaking, being doubted, going. */

import { describe, expect, test } from "vitest";
import { type DeathProvenance, MemberError, type MemberEvent } from "../../../adapter/index.ts";
import { aGroupIn, aMemberIn, aWorld, listen, namesOf, statusOf, stopAll } from "./group.ts";

describe("joining", () => {
  test("who is asked lets us in, and both hear of it", async () => {
    const world = aWorld();
    const [a, b] = [await aMemberIn(world, "a"), await aMemberIn(world, "b")];
    const [heardByA, heardByB] = [listen(a), listen(b)];
    expect(await world.until(b.join([a.address]))).toBe(1);
    expect([namesOf(a), namesOf(b)]).toEqual([["a", "b"], ["a", "b"]]);
    expect([heardByA, heardByB]).toEqual([["join b"], ["join a"]]);
    await stopAll([a, b]);
  });

  test("of several seeds it says how many let us in", async () => {
    const world = aWorld();
    const [a, b] = await aGroupIn(world, ["a", "b"]);
    const c = await aMemberIn(world, "c");
    expect(await world.until(c.join([a!.address, b!.address, "10.9.9.9:1", c.address]))).toBe(2);
    await stopAll([a!, b!, c]);
  });

  test("if there is nobody, it fails; and who is its own only seed is the first", async () => {
    const world = aWorld();
    const a = await aMemberIn(world, "a");
    await expect(world.until(a.join(["10.9.9.9:1"]))).rejects.toMatchObject({ code: "join-failed", message: expect.stringContaining("10.9.9.9:1") });
    expect(await world.until(a.join([a.address]))).toBe(0);
    await a.stop();
  });

  test("a seed of the options that is not there is an error event, and asked again until it is", async () => {
    const world = aWorld();
    const b = await aMemberIn(world, "b", { seeds: ["10.0.0.2:7946"] });
    const heard = listen(b);
    await world.pass(1);
    expect(heard).toEqual(["error join-failed"]);
    const a = await aMemberIn(world, "a");
    expect(a.address).toBe("10.0.0.2:7946");
    await world.pass(10);
    expect(namesOf(b)).toEqual(["a", "b"]);
    await stopAll([a, b]);
  });

  test("a deadline and a signal end the wait", async () => {
    const world = aWorld({ latency: [2_000, 2_000] });
    const [a, b] = [await aMemberIn(world, "a"), await aMemberIn(world, "b")];
    await expect(world.until(b.join([a.address], { deadline: 100 }))).rejects.toMatchObject({ code: "join-failed" });
    const caller = new AbortController();
    const joining = b.join([a.address], { signal: caller.signal });
    caller.abort();
    await expect(joining).rejects.toMatchObject({ code: "aborted" });
    await expect(b.join([a.address], { signal: caller.signal })).rejects.toMatchObject({ code: "aborted" });
    await stopAll([a, b]);
  });
});

describe("going", () => {
  test("a farewell is told to all before it resolves, and then nothing can be asked", async () => {
    const world = aWorld();
    const members = await aGroupIn(world, ["a", "b", "c", "d", "e"]);
    const [a, b] = [members[0]!, members[1]!];
    const heard = listen(a);
    await world.until(b.leave());
    expect(members.filter((member) => member !== b).map((member) => statusOf(member, "b"))).toEqual(["left", "left", "left", "left"]);
    expect(heard).toEqual(["leave b"]);
    await expect(b.join([a.address])).rejects.toMatchObject({ code: "stopped" });
    expect(() => b.broadcast("x")).toThrow(MemberError);
    await world.pass(60);
    expect(heard, "nobody takes it for dead").toEqual(["leave b"]);
    await stopAll(members);
  });

  test("who is alone leaves at once, and hears no complaint", async () => {
    const world = aWorld();
    const a = await aMemberIn(world, "a");
    const heard = listen(a);
    await world.until(a.leave());
    expect(heard).toEqual([]);
  });

  test("who hears nobody leaves at the deadline all the same", async () => {
    const world = aWorld();
    const members = await aGroupIn(world, ["a", "b"], { preset: "swim-basic" });
    world.cut(members[1]!.address);
    const before = world.clock.now();
    await world.until(members[1]!.leave({ deadline: 700 }));
    expect(world.clock.now() - before).toBe(700_000);
    await stopAll(members);
  });

  test.for(["swimlab", "serf"] as const)("a leave that is refused says nothing to anybody, and the next one leaves, preset %s", async (preset) => {
    const world = aWorld();
    const [a, b] = await aGroupIn(world, ["a", "b"], { preset });
    await expect(b!.leave({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "aborted" });
    await expect(b!.leave({ deadline: -1 })).rejects.toMatchObject({ code: "bad-option" });
    await world.pass(10);
    expect(statusOf(a!, "b")).toBe("alive");
    b!.updateTags({ still: "here" });
    await world.until(b!.leave());
    expect(statusOf(a!, "b")).toBe("left");
    await b!.leave();
    await a!.stop();
  });

  test.for(["swimlab", "serf"] as const)("a signal ends the wait and not the goodbye, which is said once and for all who wait, preset %s", async (preset) => {
    const world = aWorld();
    const [a, b, c] = await aGroupIn(world, ["a", "b", "c"], { preset });
    const heard = listen(a!);
    const impatient = new AbortController();
    const [first, second] = [b!.leave({ signal: impatient.signal }), b!.leave()];
    impatient.abort();
    await expect(first).rejects.toMatchObject({ code: "aborted" });
    await world.until(second);
    expect([statusOf(a!, "b"), heard]).toEqual(["left", ["leave b"]]);
    const alone = new AbortController();
    const third = c!.leave({ signal: alone.signal });
    const ended = c!.once("join");
    alone.abort();
    await expect(third).rejects.toMatchObject({ code: "aborted" });
    await expect(world.until(ended), "it goes by itself").rejects.toMatchObject({ code: "stopped" });
    expect(statusOf(a!, "c")).toBe("left");
    await a!.stop();
  });

  test("who stops without a word is found dead", async () => {
    const world = aWorld();
    const members = await aGroupIn(world, ["a", "b", "c"]);
    const heard = listen(members[0]!);
    await members[2]!.stop();
    await members[2]!.stop();
    await world.pass(60);
    expect(heard.some((line) => line.startsWith("suspect c by"))).toBe(true);
    expect(heard.at(-1)).toMatch(/^failed c by [ab]$/);
    await stopAll(members);
  });

  test.for(["swimlab", "serf"] as const)("each death says why, with preset %s: whose suspicion, how we know, whom the probe asked", async (preset) => {
    const world = aWorld();
    const members = await aGroupIn(world, ["a", "b", "c"], { preset });
    const deaths: { readonly at: string; readonly why: DeathProvenance }[] = [];
    for (const member of members.slice(0, 2)) member.on("failed", ({ kind: _kind, at: _at, peer: _peer, ...why }) => deaths.push({ at: member.name, why }));
    await members[2]!.stop();
    await world.pass(60);
    const [first, second] = deaths;
    const other = first?.at === "a" ? "b" : "a";
    // Whose suspicion runs out first need not have begun it; the other hears so, or its own runs out as well.
    expect(first?.why).toMatchObject({ by: first?.at, via: "suspicion", suspectedBy: expect.stringMatching(/^[ab]$/) });
    expect(first?.why.relays).toEqual(first?.why.suspectedBy === first?.at ? [other] : []);
    expect(second).toMatchObject({ at: other, why: { via: expect.stringMatching(/^(suspicion|gossip)$/), suspectedBy: expect.stringMatching(/^[ab]$/) } });
    expect(deaths).toHaveLength(2);
    await stopAll(members);
  });

  test("where nobody suspects, the death says whose probe failed, and through whom it was tried; and the other, from whom it heard", async () => {
    const world = aWorld();
    const members = await aGroupIn(world, ["a", "b", "c"], { preset: "swim-inf" });
    const deaths: DeathProvenance[] = [];
    for (const member of members.slice(0, 2)) member.on("failed", ({ kind: _kind, at: _at, peer: _peer, ...why }) => deaths.push({ ...why }));
    await members[2]!.stop();
    await world.pass(60);
    const by = deaths[0]?.by ?? "";
    expect(deaths).toEqual([
      { by, via: "probe", suspectedBy: "", relays: [by === "a" ? "b" : "a"], confirmedBy: [] },
      { by, via: "gossip", suspectedBy: "", relays: [], confirmedBy: [] },
    ]);
    await stopAll(members);
  });

  test("a signal ends it at once, and so does disposing of it", async () => {
    const world = aWorld();
    const life = new AbortController();
    const a = await aMemberIn(world, "a", { signal: life.signal });
    const waiting = a.once("join");
    life.abort();
    await expect(waiting).rejects.toMatchObject({ code: "stopped" });
    expect(await world.until(Promise.resolve((async () => {
      await using b = await aMemberIn(world, "b");
      return b.name;
    })()))).toBe("b");
    await expect(aMemberIn(world, "c", { signal: life.signal })).rejects.toMatchObject({ code: "aborted" });
    const again = await aMemberIn(world, "c", {});
    expect(again.name).toBe("c");
    await again.stop();
  });
});

describe("speaking", () => {
  test("a word to one, over a datagram and over a stream; a word to all", async () => {
    const world = aWorld();
    const members = await aGroupIn(world, ["a", "b", "c"]);
    const [a, b, c] = [members[0]!, members[1]!, members[2]!];
    const [heardByB, heardByC] = [listen(b), listen(c)];
    a.send("b", "hello");
    await world.pass(1);
    a.send("b", "long ".repeat(1_000), { reliable: true });
    await world.pass(1);
    a.broadcast("all of you");
    await world.pass(5);
    expect(heardByB[0]).toBe("message a: hello");
    expect(heardByB[1]).toMatch(/^message .*: (long ){1000}$/);
    expect(heardByB[2]).toMatch(/^message [ac]: all of you$/);
    expect(heardByC.map((line) => line.replace(/ [ab]:/, " x:"))).toEqual(["message x: all of you"]);
    await stopAll(members);
  });

  test("what does not fit is refused, and exactly that", async () => {
    const world = aWorld();
    const members = await aGroupIn(world, ["a", "b"]);
    const [a, b] = [members[0]!, members[1]!];
    const heard = listen(b);
    const longest = (say: (length: number) => void): number => {
      let [fits, fails] = [0, 4_096];
      while (fails - fits > 1) {
        const middle = (fits + fails) >> 1;
        try { say(middle); fits = middle; } catch (error) { expect(error).toMatchObject({ code: "too-long" }); fails = middle; }
      }
      return fits;
    };
    expect(longest((length) => a.send("b", "x".repeat(length)))).toBeGreaterThan(1_300);
    expect(longest((length) => a.broadcast("y".repeat(length)))).toBeGreaterThan(1_300);
    expect(a.state.oddities.oversized, "the engine agrees").toBe(0);
    await world.pass(10);
    expect(Math.max(...heard.filter((line) => line.endsWith("x")).map((line) => line.length))).toBeGreaterThan(1_300);
    expect(Math.max(...heard.filter((line) => line.endsWith("y")).map((line) => line.length))).toBeGreaterThan(1_300);
    expect(() => a.updateMeta(new Uint8Array(513))).toThrow(/512 are allowed/);
    expect(() => a.send("z", "x")).toThrow(/not a member that we know/);
    await stopAll(members);
  });

  test("a ping tells how long it took; to somebody who is gone it fails", async () => {
    const world = aWorld({ latency: [5, 5] });
    const members = await aGroupIn(world, ["a", "b"]);
    const [a, b] = [members[0]!, members[1]!];
    expect(await world.until(a.ping("b"))).toBe(10_000);
    await b.stop();
    await expect(world.until(a.ping("b"))).rejects.toMatchObject({ code: "timed-out" });
    await expect(a.ping("z")).rejects.toMatchObject({ code: "no-such-member" });
    await expect(world.until(a.ping("b", { deadline: 1 }))).rejects.toMatchObject({ code: "timed-out" });
    await stopAll(members);
  });

  test("new meta and new tags are told to all", async () => {
    const world = aWorld();
    const members = await aGroupIn(world, ["a", "b"], { tags: { role: "web" } });
    const [a, b] = [members[0]!, members[1]!];
    expect(b.find("a")?.tags).toEqual({ role: "web" });
    const heard = listen(b);
    a.updateTags({ role: "db", zone: "ö" });
    await world.pass(2);
    expect([b.find("a")?.tags, a.self.tags]).toEqual([{ role: "db", zone: "ö" }, { role: "db", zone: "ö" }]);
    a.updateMeta(new Uint8Array([1, 2, 255]));
    await world.pass(2);
    expect([b.find("a")?.meta, b.find("a")?.tags]).toEqual([new Uint8Array([1, 2, 255]), {}]);
    expect(heard).toEqual(["update a", "update a"]);
    await stopAll(members);
  });
});

describe("hearing", () => {
  test("a loop over events ends with the member, after all that was heard", async () => {
    const world = aWorld();
    const a = await aMemberIn(world, "a");
    const kinds: MemberEvent["kind"][] = [];
    const loop = (async () => { for await (const event of a) kinds.push(event.kind); })();
    const b = await aMemberIn(world, "b", { seeds: [a.address] });
    await world.pass(2);
    await world.until(b.leave());
    await world.pass(1);
    await a.stop();
    await loop;
    expect(kinds).toEqual(["join", "leave"]);
  });

  test("who reads too slowly is told how much was dropped, and then hears on", async () => {
    const world = aWorld();
    const members = await aGroupIn(world, ["a", "b"]);
    const [a, b] = [members[0]!, members[1]!];
    const events = b[Symbol.asyncIterator]();
    for (let k = 0; k < 1_500; k++) a.send("b", String(k));
    await world.pass(1);
    expect(b.stats().gauges["queue.events"]).toBe(1_024);
    for (let k = 0; k < 1_024; k++) expect((await events.next()).value).toMatchObject({ kind: "message" });
    expect((await events.next()).value).toMatchObject({ kind: "error", error: { code: "overflow", message: expect.stringContaining("476 events") } });
    a.send("b", "more");
    await world.pass(1);
    expect((await events.next()).value).toMatchObject({ kind: "message" });
    await events.return?.();
    expect(await events.next()).toEqual({ done: true, value: undefined });
    await stopAll(members);
  });

  test("once; and no more after taking it back", async () => {
    const world = aWorld();
    const a = await aMemberIn(world, "a");
    const heard: string[] = [];
    const takeBack = a.on("join", ({ peer }) => heard.push(peer.name));
    const first = a.once("join");
    const b = await aMemberIn(world, "b", { seeds: [a.address] });
    expect((await world.until(first)).peer.name).toBe("b");
    takeBack();
    const c = await aMemberIn(world, "c", { seeds: [a.address] });
    await world.pass(2);
    expect(heard).toEqual(["b"]);
    const caller = new AbortController();
    const never = a.once("forget", caller.signal);
    caller.abort();
    await expect(never).rejects.toMatchObject({ code: "aborted" });
    await stopAll([a, b, c]);
  });
});
