/** Where the application has a say; and what becomes of one that throws, stands in the way, or lies. */

import { describe, expect, test } from "vitest";
import { createMember, type Hooks, type MemberOptions } from "../../../adapter/index.ts";
import { metricsOf } from "../../../adapter/metrics/index.ts";
import { encode, incarnation as incarnationOf, memberId, seconds } from "../../../engine/index.ts";
import { aGroupIn, aMemberIn, aWorld, listen, namesOf, statusOf, stopAll } from "./group.ts";

describe("whom we take in", () => {
  test("a member may be refused, by name or by address", async () => {
    const world = aWorld();
    const a = await aMemberIn(world, "a", { hooks: { admit: (member) => member.id !== "c" }, allow: ["10.0.0.0/29"] });
    const b = await aMemberIn(world, "b", { seeds: [a.address] });
    const c = await aMemberIn(world, "c", { seeds: [a.address, b.address] });
    const far = await createFar(world, "d", [b.address]);
    await world.pass(20);
    expect(namesOf(a)).toEqual(["a", "b"]);
    expect(namesOf(b)).toEqual(["a", "b", "c", "d"]);
    const { counters, drops } = a.stats();
    expect(counters["refused.members"]).toBeGreaterThan(0);
    expect(drops["not-allowed"], "whose address is not allowed is not even heard").toBeGreaterThan(0);
    await stopAll([a, b, c, far]);
  });

  test("a merge may be refused, by either side, and both know it", async () => {
    const world = aWorld();
    const a = await aMemberIn(world, "a", { hooks: { admitMerge: () => false } });
    const b = await aMemberIn(world, "b");
    await expect(world.until(b.join([a.address]))).rejects.toMatchObject({ code: "join-failed" });
    await expect(world.until(a.join([b.address]))).rejects.toMatchObject({ code: "join-failed", message: expect.stringContaining("its group was refused") });
    expect(namesOf(a)).toEqual(["a"]);
    expect(a.stats().counters["refused.merges"]).toBeGreaterThanOrEqual(2);
    await stopAll([a, b]);
  });
});

/** A member in another network. */
const createFar = (world: ReturnType<typeof aWorld>, name: string, seeds: readonly string[]): ReturnType<typeof aMemberIn> =>
  aMemberIn(world, name, { ...world.host(name, "10.7.0.1:7946"), seeds });

describe("who bears a name", () => {
  test("two of one name: who is known keeps it; unless the application says otherwise", async () => {
    for (const verdict of ["keep", "replace"] as const) {
      const world = aWorld();
      const asked: string[] = [];
      const settleConflict = (held: { readonly address: string }, other: { readonly address: string }): typeof verdict => { asked.push(`${held.address} ${other.address}`); return verdict; };
      const a = await aMemberIn(world, "a", { hooks: { settleConflict } });
      const first = await aMemberIn(world, "x", { seeds: [a.address] });
      await world.pass(10);
      const heard = listen(a);
      world.cut(first.address);
      const second = await aMemberIn(world, "x", { seeds: [a.address] });
      second.updateTags({ mine: "truly" });
      await world.pass(1);
      expect(asked[0]).toBe(`${first.address} ${second.address}`);
      expect(heard[0]).toBe(`conflict ${first.address} ${second.address}`);
      if (verdict === "replace") expect(heard.slice(1, 3)).toEqual(["leave x", "join x"]);
      expect(a.find("x")?.address).toBe(verdict === "replace" ? second.address : first.address);
      await stopAll([a, first, second]);
    }
  });
});

describe("who bears the name of one that failed", () => {
  test.each(["swimlab", "serf", "memberlist-lan"] as const)("who comes back elsewhere, if the application says so, preset %s: it is asked once, and believed", async (preset) => {
    const world = aWorld();
    let asked = 0;
    // Whatever comes of an answer, it must not be asked for ever.
    const settleConflict = (): "keep" | "replace" => (++asked > 50 ? "keep" : "replace");
    const a = await aMemberIn(world, "a", { preset, config: { incarnationsPerLife: 0, reclaimAfter: seconds(0) }, hooks: { settleConflict } });
    const first = await aMemberIn(world, "x", { preset, seeds: [a.address] });
    await world.pass(10);
    await first.stop();
    const failed = a.once("failed");
    await world.until(failed);
    const second = await aMemberIn(world, "x", { preset, seeds: [a.address] });
    await world.pass(1);
    expect([asked, a.find("x")?.address, statusOf(a, "x")]).toEqual([1, second.address, "alive"]);
    await stopAll([a, second]);
  });
});

describe("what rides along", () => {
  test("payloads on acks, told with the round-trip time", async () => {
    const world = aWorld({ latency: [3, 3] });
    const trips: string[] = [];
    let load = "0";
    const a = await aMemberIn(world, "a", { hooks: { roundTrip: (member, micros, payload) => trips.push(`${member} ${micros} ${Buffer.from(payload).toString()}`) } });
    const b = await aMemberIn(world, "b", { seeds: [a.address], hooks: { ackPayload: () => Buffer.from(load) } });
    await world.pass(10);
    expect(new Set(trips)).toEqual(new Set(["b 6000 0"]));
    load = "9";
    await world.pass(5);
    expect(trips.at(-1)).toBe("b 6000 9");
    await stopAll([a, b]);
  });

  test("state on exchanges of views", async () => {
    const world = aWorld();
    const merged: string[] = [];
    const a = await aMemberIn(world, "a", { hooks: { localState: () => Buffer.from("of a"), mergeState: (state, _from, isJoin) => merged.push(`${Buffer.from(state).toString()} ${isJoin}`) } });
    const b = await aMemberIn(world, "b", { seeds: [a.address], hooks: { localState: () => Buffer.from("of b"), mergeState: (state, from, isJoin) => merged.push(`${Buffer.from(state).toString()} from ${from} ${isJoin}`) } });
    await world.pass(2);
    expect(merged).toEqual(["of b true", "of a from a true"]);
    await stopAll([a, b]);
  });
});

describe("an application that throws", () => {
  const boom = (): never => { throw new Error("boom"); };

  test("hooks count as consent, listeners and recorders are survived; all are counted and reported", async () => {
    const world = aWorld();
    const hooks = { admit: boom, admitMerge: boom, settleConflict: boom, ackPayload: boom, localState: boom, mergeState: boom, roundTrip: boom };
    const a = await aMemberIn(world, "a", { hooks, recorder: { born: boom, stepped: boom } });
    const errors: string[] = [];
    a.on("error", ({ error }) => errors.push(error.message));
    a.on("error", boom);
    a.on("join", boom);
    const b = await aMemberIn(world, "b", { seeds: [a.address], hooks: { localState: () => new Uint8Array([1]) } });
    await world.pass(30);
    expect([namesOf(a), namesOf(b)]).toEqual([["a", "b"], ["a", "b"]]);
    const { counters } = a.stats();
    for (const culprit of ["hook admit", "hook admitMerge", "hook ackPayload", "hook localState", "hook mergeState", "hook roundTrip", "recorder", "listener"]) {
      expect(counters[`troubles.${culprit}`], culprit).toBeGreaterThan(0);
    }
    expect(new Set(errors)).toEqual(new Set(["boom"]));
    expect(Object.keys(counters).filter((name) => name.startsWith("slow")), "none takes long").toEqual([]);
    expect(errors.length, "one a second of each culprit").toBeLessThan(30 * 9);
    // Somebody else comes by a name that is taken: a hook that throws settles nothing.
    world.cut(b.address);
    const second = await aMemberIn(world, "b", { seeds: [a.address] });
    second.updateTags({ mine: "truly" });
    await world.pass(1);
    expect(a.stats().counters["troubles.hook settleConflict"]).toBeGreaterThan(0);
    expect(a.find("b")?.address, "as without a hook").toBe(b.address);
    await stopAll([a, b, second]);
  });
});

test("a promise of the application's that fails is no unhandled rejection, and nobody waits for it", async () => {
  const world = aWorld();
  const later = (): Promise<never> => Promise.reject(new Error("later"));
  let isFirst = true;
  const once = (): Promise<void> | undefined => {
    const wasFirst = isFirst;
    isFirst = false;
    return wasFirst ? later() : undefined;
  };
  const a = await aMemberIn(world, "a", { hooks: { admit: later as never }, recorder: { stepped: once as never } });
  a.on("join", later);
  const heard = listen(a);
  const b = await aMemberIn(world, "b", { seeds: [a.address] });
  await world.pass(3);
  expect(heard.slice(0, 4).toSorted()).toEqual(["error hook admit returned neither true nor false, synchronously: that counted as a yes", "error later", "error later", "join b"]);
  expect(a.stats().counters).toMatchObject({ "troubles.listener": 1, "troubles.recorder": 1 });
  await stopAll([a, b]);
});

test("a hook that answers nonsense changes nothing, and that is reported", async () => {
  const world = aWorld();
  const nonsense = (): never => "{}" as never;
  const a = await aMemberIn(world, "a", { hooks: { ackPayload: nonsense, localState: nonsense, settleConflict: nonsense, admit: () => undefined as never, admitMerge: nonsense } });
  const errors = new Set<string>();
  a.on("error", ({ error }) => errors.add(error.message));
  const b = await aMemberIn(world, "b", { seeds: [a.address] });
  await world.pass(30);
  expect([namesOf(a), a.state.mail.toAcks, a.state.mail.toViews]).toEqual([["a"], "", ""]);
  expect([...errors].toSorted()).toEqual([
    "hook ackPayload did not return a Uint8Array", "hook admit returned neither true nor false, synchronously: that counted as a no",
    "hook admitMerge returned neither true nor false, synchronously: that counted as a yes", "hook localState did not return a Uint8Array",
  ]);
  await stopAll([a, b]);
});

describe("a state that applications exchange", () => {
  test("is no longer than what peers read; what is, is reported to whose it is, and others still hear of the member", async () => {
    const world = aWorld();
    const a = await aMemberIn(world, "a", { streams: { longest: 100_000 }, hooks: { localState: () => new Uint8Array(100_001) } });
    const heard = listen(a);
    a.on("error", ({ error }) => heard.push(error.message));
    await world.pass(1);
    const b = await aMemberIn(world, "b", { streams: { longest: 100_000 } });
    expect(await world.until(b.join([a.address]))).toBe(1);
    expect(heard.find((line) => line.startsWith("hook"))).toMatch(/^hook localState returned 100001 bytes: at most \d+ are allowed$/);
    await stopAll([a, b]);
  });

  const spread = async (config: NonNullable<MemberOptions["config"]>): Promise<readonly (string | undefined)[]> => {
    const world = aWorld();
    const said = { a: "a1", b: "b1" };
    const heard: Record<string, string> = {};
    const hooksOf = (name: "a" | "b"): Hooks => ({ localState: () => Buffer.from(said[name]), mergeState: (state, from) => { heard[`${name} of ${from}`] = Buffer.from(state).toString(); } });
    const a = await aMemberIn(world, "a", { config, hooks: hooksOf("a") });
    const b = await aMemberIn(world, "b", { config, hooks: hooksOf("b"), seeds: [a.address] });
    await world.pass(10);
    Object.assign(said, { a: "a2", b: "b2" });
    await world.pass(120);
    await stopAll([a, b]);
    return [heard["a of b"], heard["b of a"]];
  };

  test("spreads under the usual preset as well, where differences of views would carry none", async () => {
    expect(await spread({})).toEqual(["b2", "a2"]);
  });

  test("comes only with a join where the caller wants differences exchanged", async () => {
    expect(await spread({ syncWith: "difference" })).toEqual(["b1", "a1"]);
  });
});

test("a hook or a listener that takes long is counted each time, and reported once a minute", async () => {
  // On loopback, because only a machine's clock goes on while something is done.
  const takeLong = (): void => { for (const end = performance.now() + 60; performance.now() < end; ); };
  await using a = await createMember({ name: "a", bind: "127.0.0.1:0", hooks: { roundTrip: takeLong } });
  await using b = await createMember({ name: "b", bind: "127.0.0.1:0" });
  const errors: string[] = [];
  a.on("error", ({ error }) => errors.push(error.message));
  a.on("join", takeLong);
  await b.join([a.address]);
  for (let times = 3; times > 0; times--) await a.ping("b");
  const { counters } = a.stats();
  expect(counters["slow.hook roundTrip"]).toBeGreaterThanOrEqual(3);
  // A machine that is busy may make another listener slow, which only the report is too rare to tell.
  expect(counters["slow.listener"]).toBeGreaterThanOrEqual(1);
  expect(errors.map((error) => error.replace(/\d+ ms/, "N ms")).toSorted()).toEqual(["hook roundTrip took N ms, and blocked the member meanwhile", "listener took N ms, and blocked the member meanwhile"]);
  expect(await metricsOf(a).text()).toMatch(/swimlab_slow_total\{culprit="hook roundTrip"\} [3-9]/);
});

describe("strangers", () => {
  test("a flood of garbage is counted, and the member lives on", async () => {
    const world = aWorld();
    const members = await aGroupIn(world, ["a", "b", "c"]);
    const a = members[0]!;
    const heard = listen(a);
    const stranger = world.transport("10.6.6.6:1");
    await stranger.open({ packet: () => {}, connection: () => {}, undeliverable: () => {} });
    let dice = 12345;
    const byte = (): number => { dice = (Math.imul(dice, 1103515245) + 12345) >>> 0; return dice >>> 24; };
    for (let k = 0; k < 3_000; k++) stranger.send(a.state.self.address, Uint8Array.from({ length: 1 + (k % 90) }, byte));
    const connection = stranger.connect(a.state.self.address, new AbortController().signal);
    await world.pass(5);
    await Promise.all([(await connection).write(Uint8Array.from({ length: 2_000 }, byte)).catch(() => {}), world.pass(20)]);
    expect(heard.filter((line) => !line.startsWith("message")), "a byte that says so makes a message of anything").toEqual([]);
    expect(members.map(namesOf)).toEqual(members.map(() => ["a", "b", "c"]));
    const { drops, received } = a.stats();
    const dropped = Object.values(drops).reduce((sum, count) => sum + count, 0);
    const understood = Object.values(received).reduce((sum, { count }) => sum + count, 0);
    expect(dropped).toBeGreaterThan(2_500);
    expect(dropped + understood).toBeGreaterThan(3_000);
    await stranger.close();
    await stopAll(members);
  });

  test("who says that we are dead hears that we are not", async () => {
    const world = aWorld();
    const members = await aGroupIn(world, ["a", "b", "c"]);
    const [a, b] = [members[0]!, members[1]!];
    const [heardByA, heardByB] = [listen(a), listen(b)];
    const { incarnation } = a.self;
    await lie(world, [a, b].map(({ state }) => state.self.address), "a", incarnation);
    await world.pass(20);
    expect(heardByA).toContain("refute liar");
    expect(a.self.incarnation).toBeGreaterThan(incarnation);
    expect(heardByB.at(-1)).toMatch(/^(join|clear) a$/);
    expect(members.map(namesOf)).toEqual(members.map(() => ["a", "b", "c"]));
    expect(a.stats().counters["refutations"]).toBeGreaterThan(0);
    await stopAll(members);
  });
});

/** Tells these that a member is dead, from nowhere. */
async function lie(world: ReturnType<typeof aWorld>, to: readonly Parameters<ReturnType<typeof world.transport>["send"]>[0][], about: string, incarnation: number): Promise<void> {
  const liar = world.transport("10.6.6.6:1");
  await liar.open({ packet: () => {}, connection: () => {}, undeliverable: () => {} });
  const packet = encode({ kind: "gossip", gossip: [{ kind: "dead", about: memberId(about), incarnation: incarnationOf(incarnation), from: memberId("liar") }], userMessages: [] });
  for (const address of to) liar.send(address, packet);
}
