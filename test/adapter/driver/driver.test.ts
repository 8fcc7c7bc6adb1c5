/** The driver: what happens reaches the engine in order, what it wants is carried out, and what the recorder saw replays. */

import { describe, expect, test } from "vitest";
import { memberlistCodec, virtualClock, type Codec, type Transport } from "../../../adapter/index.ts";
import { brokenBetween, brokenIn, nextWake, seconds, type Event, type State } from "../../../engine/index.ts";
import { openTrace, retell, TraceWriter, type Recorder } from "../../../trace/index.ts";
import { aGroupIn, aMemberIn, aWorld, listen, namesOf, statusOf, stopAll } from "../member/group.ts";

describe("recording", () => {
  test("a life full of everything replays without a difference", async () => {
    const world = aWorld({ latency: [1, 30], loss: 0.1 });
    const pieces: Uint8Array[] = [];
    const writer = new TraceWriter((bytes) => pieces.push(bytes), { by: "swimlab" }, { lines: 64 });
    const recorder: Recorder = { born: (...told) => writer.born(...told), stepped: (...told) => writer.stepped(...told) };
    const a = await aMemberIn(world, "a", { recorder });
    const others = [await aMemberIn(world, "b", { seeds: [a.address] }), await aMemberIn(world, "c", { seeds: [a.address] })];
    await world.pass(10);
    a.broadcast("x");
    a.updateTags({ k: "v" });
    void a.ping("b").catch(() => {});
    await world.pass(5);
    await others[0]!.stop();
    await world.pass(40);
    await world.until(a.leave());
    writer.end();
    let steps = 0;
    const opened = openTrace(Buffer.concat(pieces));
    expect(opened.ok && retell(opened.trace, { stepped: () => { steps++; } })).toEqual({ ok: true });
    expect(steps).toBeGreaterThan(100);
    const { counters } = a.stats();
    expect(Object.entries(counters).filter(([name]) => name.startsWith("steps.")).reduce((sum, [, count]) => sum + count, 0), "the engine saw no event that the recorder did not").toBe(steps);
    await stopAll(others);
  });

  test("the same seed, the same run, to the last event", async () => {
    const run = async (): Promise<readonly string[]> => {
      const world = aWorld({ seed: 5, latency: [1, 20], loss: 0.2 });
      const lines: string[] = [];
      const recorder: Recorder = { stepped: (at, who, event, effects) => { lines.push(`${at} ${who} ${event.kind} ${effects.length}`); } };
      const members = await aGroupIn(world, ["a", "b", "c", "d"], { recorder }, 20);
      await members[2]!.stop();
      await world.pass(30);
      await stopAll(members);
      return lines;
    };
    const [one, other] = [await run(), await run()];
    expect(one.length).toBeGreaterThan(500);
    expect(other).toEqual(one);
  });

  test("invariants hold in every step", async () => {
    const world = aWorld({ loss: 0.3 });
    const broken: string[] = [];
    const held = new Map<string, State>();
    const recorder: Recorder = {
      born: (_at, who, state) => { held.set(who, state); },
      stepped: (_at, who, event, _effects, state) => {
        const before = held.get(who);
        broken.push(...brokenIn(state), ...(before === undefined ? ["a step before birth"] : brokenBetween(before, event, state)));
        held.set(who, state);
      },
    };
    const members = await aGroupIn(world, ["a", "b", "c"], { recorder }, 20);
    await members[0]!.stop();
    await world.pass(60);
    expect(broken).toEqual([]);
    await stopAll(members);
  });
});

describe("time", () => {
  test("after an hour's sleep: one late alarm, no storm, and nobody is accused before it had a chance", async () => {
    const world = aWorld();
    const members = await aGroupIn(world, ["a", "b", "c", "d"]);
    const a = members[0]!;
    const heard = members.map(listen);
    const before = a.stats();
    world.jump(3_600);
    await world.pass(0);
    const woken = a.stats();
    const steps = (stats: typeof before): number => stats.counters["steps.woke"] ?? 0;
    expect(steps(woken) - steps(before), "an hour of beats is met at once").toBeLessThanOrEqual(2);
    expect(woken.lateness.max).toBeGreaterThan(3_500_000_000);
    expect(woken.counters["stalls"]).toBeGreaterThanOrEqual(1);
    const sentAtOnce = sum(woken.sent) - sum(before.sent);
    expect(sentAtOnce, "not one datagram for each beat that was missed").toBeLessThan(20);
    await world.pass(30);
    expect(heard.flat().filter((line) => line.startsWith("failed")), "all slept alike; nobody died").toEqual([]);
    expect(members.map(namesOf)).toEqual(members.map(() => ["a", "b", "c", "d"]));
    expect(sum(a.stats().sent) - sum(woken.sent), "the pace is as it was").toBeLessThan(30 * 12);
    await stopAll(members);
  });

  test("one alarm, kept at the earliest deadline", async () => {
    const clock = virtualClock();
    let [set, most] = [0, 0];
    const counting = {
      ...clock,
      alarm: (at: Parameters<typeof clock.alarm>[0], ring: () => void) => {
        set++;
        most = Math.max(most, set);
        let isOver = false;
        const end = (): void => { if (!isOver) set--; isOver = true; };
        const takeBack = clock.alarm(at, () => { end(); ring(); });
        return () => { end(); takeBack(); };
      },
    };
    const world = aWorld();
    const a = await aMemberIn(world, "a", { clock: counting });
    await clock.pass(seconds(20));
    expect(most, "one at a time").toBe(1);
    expect(nextWake(a.state)).toBeGreaterThan(clock.now());
    await a.stop();
    expect(set, "and none when it is over").toBe(0);
  });
});

const sum = (flow: Readonly<Record<string, { readonly count: number }>>): number => Object.values(flow).reduce((total, { count }) => total + count, 0);

describe("order", () => {
  test("what a listener asks for is done after the step, not within it", async () => {
    const world = aWorld();
    const moments: string[] = [];
    let depth = 0;
    const recorder: Recorder = { stepped: (_at, _who, event) => { moments.push(`${event.kind} at depth ${depth}`); } };
    const a = await aMemberIn(world, "a", { recorder });
    a.on("join", () => {
      depth++;
      a.broadcast("welcome");
      a.updateTags({ greeted: "yes" });
      depth--;
    });
    const b = await aMemberIn(world, "b", { seeds: [a.address] });
    await world.pass(1);
    expect(moments.filter((moment) => moment.includes("depth 1"))).toEqual(["asked-to-broadcast at depth 1", "asked-to-update at depth 1"]);
    expect(b.find("a")?.tags).toEqual({ greeted: "yes" });
    await stopAll([a, b]);
  });

  test("what a hook asks for from within a step waits its turn", async () => {
    const world = aWorld();
    const kinds: Event["kind"][] = [];
    const a = await aMemberIn(world, "a", {
      recorder: { stepped: (_at, _who, event) => { kinds.push(event.kind); } },
      hooks: { admit: (member) => { if (member.id === "b" && kinds.length < 50) a.broadcast("seen"); return true; } },
    });
    const b = await aMemberIn(world, "b", { seeds: [a.address] });
    const heard = listen(b);
    await world.pass(5);
    expect(kinds.indexOf("asked-to-broadcast")).toBeGreaterThan(kinds.indexOf("exchange-opened"));
    expect(heard).toContain("message a: seen");
    await stopAll([a, b]);
  });
});

describe("what is between us and the others", () => {
  test("the codec's share of a datagram is kept free", async () => {
    const world = aWorld();
    const bare = memberlistCodec({ compress: false });
    const sizes: number[] = [];
    const heavy: Codec = { ...bare, overhead: 400, encode: (message, version) => { const packet = bare.encode(message, version); sizes.push(packet.length); return packet; } };
    const a = await aMemberIn(world, "a", { codec: heavy });
    const b = await aMemberIn(world, "b", { codec: heavy, seeds: [a.address] });
    await world.pass(2);
    expect(a.state.config.datagramBudget).toBe(1_000);
    for (let k = 0; k < 30; k++) a.broadcast(`${k}`.padEnd(300, "x"));
    await world.pass(5);
    expect(Math.max(...sizes)).toBeGreaterThan(900);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1_000 + 5);
    await stopAll([a, b]);
  });

  test("a codec that cannot say something loses that, and no more", async () => {
    const world = aWorld();
    const plain = memberlistCodec();
    let isBroken = false;
    const a = await aMemberIn(world, "a", { codec: { ...plain, encode: (message, version) => { if (isBroken) throw new Error("no ink"); return plain.encode(message, version); } } });
    const b = await aMemberIn(world, "b", { seeds: [a.address] });
    await world.pass(10);
    const heard = listen(a);
    isBroken = true;
    await world.pass(2);
    isBroken = false;
    await world.pass(20);
    expect(heard).toContain("error no ink");
    expect(heard.length, "one a second at most is reported").toBeLessThan(12);
    expect(a.stats().counters["troubles.codec"]).toBeGreaterThan(0);
    expect(statusOf(a, "b")).toBe("alive");
    await stopAll([a, b]);
  });

  test("what cannot be delivered is known at once", async () => {
    const world = aWorld();
    const a = await aMemberIn(world, "a");
    const inner = world.transport();
    let tell = (_to: string): void => {};
    const blocked = new Set<string>();
    const transport: Transport = {
      ...inner,
      open: (receiver) => { tell = (to) => receiver.undeliverable(to as never, "no route"); return inner.open(receiver); },
      send: (to, packet) => { if (blocked.has(to)) queueMicrotask(() => tell(to)); else inner.send(to, packet); },
    };
    const b = await aMemberIn(world, "b", { transport, seeds: [a.address] });
    await world.pass(10);
    blocked.add(a.address);
    await world.pass(3);
    expect(b.stats().counters["undeliverable"]).toBeGreaterThan(0);
    expect(b.stats().counters["steps.undeliverable"]).toBe(b.stats().counters["undeliverable"]);
    await stopAll([a, b]);
  });
});
