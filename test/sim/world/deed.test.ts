/** What the timeline has members say, to whom it happens again, and where they come back. */

import { describe, expect, test } from "vitest";
import { bytes, type Config, find, memberId, seconds } from "../../../engine/index.ts";
import type { Action, Disruption, Scenario, Selector } from "../../../sim/scenario/model.ts";
import { playRun } from "../../../sim/run.ts";
import { addressOf } from "../../../sim/world/address.ts";
import { aConfig, aScenario, atSecond, named } from "../../builders.ts";
import { between, type Testimony, witness } from "./witness.ts";

const some = (count: number): Selector => ({ kind: "count", count, among: { kind: "all" } });
const withRelay: Partial<Config> = { broadcastRelay: "on" };
const scenario = (members: number, timeline: readonly Disruption[], changes: Partial<Config> = withRelay, lasts = 20): Scenario =>
  aScenario({ members, lasts, config: aConfig(changes), timeline });

/** Who was told what by whom, and when: `"m1: hi from m0"`. */
const told = ({ steps }: Testimony): readonly string[] =>
  steps.flatMap(({ who, effects }) => effects.flatMap((effect) =>
    (effect.kind === "announce" && effect.change.kind === "message" ? [`${who}: ${effect.change.payload}`] : [])));

describe("a broadcast", () => {
  const broadcast = (second: number, who: Selector, payload: string): Disruption =>
    atSecond(second, { kind: "broadcast", members: who, payload: bytes(payload), priority: "normal" });

  test("is told to every application but its own, once", () => {
    const timeline = [broadcast(2.5, named("m0"), "hi")];
    expect([...told(witness(scenario(4, timeline)))].toSorted()).toEqual(["m1: hi", "m2: hi", "m3: hi"]);
    const run = playRun(scenario(4, timeline), 0);
    expect(run.broadcasts).toMatchObject([{ payload: "hi", at: 2.5, reached: 4, of: 4, to50: { seconds: 0.501 } }]);
    expect(run.announcements).toEqual({ message: 3 });
  });

  test("changes no truth: nothing has to converge after it", () => {
    const run = playRun(scenario(4, [broadcast(2.5, named("m0"), "hi")]), 0);
    expect(run.disruptions).toEqual([{ entry: 0, at: 2.5, kind: "broadcast", members: ["m0"], convergence: null }]);
  });

  test("has its number where the scenario asks for it, so that each is another", () => {
    const timeline = [broadcast(2.5, named("m0", "m1"), "no. {n}"), broadcast(6.5, named("m2"), "no. {n}, {n}")];
    expect(playRun(scenario(4, timeline), 0).broadcasts.map(({ payload, at }) => [payload, at])).toEqual([["no. 1", 2.5], ["no. 2", 2.5], ["no. 3, 3", 6.5]]);
  });

  test("comes from those who run only", () => {
    const timeline = [atSecond(1, { kind: "crash", members: named("m0") }), atSecond(1, { kind: "pause", members: named("m1") }), broadcast(2, named("m0", "m1"), "hi")];
    const run = playRun(scenario(4, timeline), 0);
    expect([run.broadcasts, run.disruptions.at(-1)?.members]).toEqual([[], []]);
  });
});

describe("a word to some", () => {
  const send = (from: Selector, to: Selector, over: "datagram" | "stream"): Disruption => atSecond(2.5, { kind: "send", from, to, payload: bytes("hi {n}"), over });

  test.for(["datagram", "stream"] as const)("by %s reaches each of those from each of these, and nobody else; its braces are its own", (over) => {
    const testimony = witness(scenario(4, [send(named("m0", "m1"), named("m1", "m2"), over)]));
    expect([...told(testimony)].toSorted()).toEqual(["m1: hi {n}", "m2: hi {n}", "m2: hi {n}"]);
  });

  test("over a stream opens one, which nobody answers; in a datagram it opens none", () => {
    expect(playRun(scenario(2, [send(named("m0"), named("m1"), "stream")], {}, 4), 0).load).toMatchObject({ streams: 1, byKind: { user: { count: 1 } } });
    expect(playRun(scenario(2, [send(named("m0"), named("m1"), "datagram")], {}, 4), 0).load).toMatchObject({ streams: 0, byKind: { gossip: { count: 1 } } });
  });

  test("to one that crashed is refused: it costs a stream, and nothing passes over it", () => {
    const late = [send(named("m0"), named("m1"), "stream"), atSecond(2.501, { kind: "crash", members: named("m1") })];
    const { load } = playRun(scenario(2, late, {}, 2.9), 0);
    expect([load.streams, load.byKind["user"]]).toEqual([1, undefined]);
  });

  test("is not even tried to one that is gone already", () => {
    expect(playRun(scenario(2, [atSecond(1, { kind: "crash", members: named("m1") }), send(named("m0"), named("m1"), "stream")], {}, 2.9), 0).load.streams).toBe(0);
  });

  test("from one to one, both drawn, seldom goes nowhere", () => {
    const pairs = Array.from({ length: 60 }, (_, seed) => {
      const run = playRun({ ...scenario(6, [send(some(1), some(1), "datagram")], {}, 3), seed: String(seed) }, 0);
      return run.announcements["message"] ?? 0;
    });
    expect(pairs.filter((count) => count === 1).length).toBeGreaterThan(40);
  });
});

test("new meta is followed until everybody holds it", () => {
  const timeline = [atSecond(2.5, { kind: "update", members: named("m1"), meta: bytes("v=2") }), atSecond(9.5, { kind: "update", members: named("m1"), meta: bytes("v=3") })];
  const { updates, announcements } = playRun(scenario(4, timeline), 0);
  expect(updates).toMatchObject([{ member: "m1", at: 2.5, reached: 4, of: 4 }, { member: "m1", at: 9.5, reached: 4, of: 4 }]);
  expect(updates.every(({ toAll }) => "seconds" in toAll && toAll.seconds > 0 && toAll.seconds < 6)).toBe(true);
  expect(announcements).toEqual({ updated: 6 });
});

describe("the same again", () => {
  /** The members that each disruption of this kind struck. */
  const struckBy = (kind: Action["kind"], timeline: readonly Disruption[], seed = "1"): readonly (readonly string[])[] =>
    playRun({ ...scenario(12, timeline), seed }, 0).disruptions.flatMap((each) => (each.kind === kind ? [each.members] : []));
  const same = (as: number, end: number | null = 0): Selector => ({ kind: "same", as, end });

  test("strikes those who were drawn the first time, time after time", () => {
    const timeline = [
      atSecond(1, { kind: "block", members: some(3) }), atSecond(2, { kind: "unblock", members: same(0, null) }),
      atSecond(3, { kind: "block", members: same(0) }), atSecond(4, { kind: "unblock", members: same(2, null) }), atSecond(5, { kind: "block", members: same(0) }),
    ];
    const [first, ...others] = struckBy("block", timeline);
    expect(first).toHaveLength(3);
    expect(others).toEqual([first, first]);
    expect(new Set(["1", "2", "3", "4", "5"].map((seed) => struckBy("block", timeline, seed)[0]?.join(" "))).size).toBeGreaterThan(3);
  });

  test("parts the same sides, and cuts the same ends", () => {
    const half: Selector = { kind: "fraction", fraction: 0.5, among: { kind: "all" } };
    const heal = (second: number, of: number): Disruption => atSecond(second, { kind: "heal", of });
    const parted = (second: Disruption): Testimony => witness(scenario(12, [atSecond(1, { kind: "partition", sides: [half, { kind: "rest" }] }), heal(1.4, 0), second], {}, 12));
    const evicted = ({ states }: Testimony): readonly string[] => [...states].map(([who, { view }]) =>
      `${who} ${[...states.keys()].filter((other) => find(view, memberId(other))?.status === "dead").join(" ")}`);
    const again = evicted(parted(atSecond(1.5, { kind: "partition", sides: [same(0, 0), same(0, 1)] })));
    expect(again.every((line) => line.split(" ").length === 7), "each holds the six of the other side dead").toBe(true);
  });

  test("whoever is no candidate any more is left alone", () => {
    const timeline = [atSecond(1, { kind: "pause", members: some(3) }), atSecond(2, { kind: "crash", members: same(0) }), atSecond(3, { kind: "pause", members: same(0) })];
    expect(struckBy("pause", timeline).map((members) => members.length)).toEqual([3, 0]);
  });
});

describe("who comes back elsewhere", () => {
  const timeline = (address: "same" | "new"): readonly Disruption[] => [
    atSecond(1.5, { kind: "crash", members: named("m1") }), atSecond(12, { kind: "restart", members: named("m1"), incarnation: "lost", address }),
  ];
  const moved = witness(scenario(4, timeline("new"), { reclaimAfter: seconds(2), incarnationsPerLife: 0 }, 30));

  test("listens there, and nowhere else", () => {
    const [, again] = moved.births.filter(({ who }) => who === "m1");
    expect(again?.state.self.address).toBe(addressOf(1, 1));
    expect(between(moved, "m1", 12, 30).filter(({ event }) => event.kind === "received").length).toBeGreaterThan(20);
    // Whoever still writes to where it was, writes in vain: each letter that it hears was sent to where it is.
    const refused = witness(scenario(4, timeline("new"), { reclaimAfter: seconds(0), incarnationsPerLife: 0, reconnectEvery: seconds(1) }, 30));
    const calls = refused.steps.filter(({ at, effects }) => at > seconds(13) && effects.some((effect) => effect.kind === "exchange" && effect.with === addressOf(1)));
    expect(calls.length).toBeGreaterThan(0);
    expect(between(refused, "m1", 13, 30).filter(({ event }) => event.kind === "exchange-opened")).toEqual([]);
  });

  test("is taken in under its old name, if that may be reclaimed", () => {
    for (const [who, { view }] of moved.states) expect([who, find(view, memberId("m1"))?.address]).toEqual([who, addressOf(1, 1)]);
  });

  test("is not believed, if not", () => {
    const { states } = witness(scenario(4, timeline("new"), { reclaimAfter: seconds(0), incarnationsPerLife: 0 }, 30));
    for (const [who, { view }] of states) if (who !== "m1") expect([who, find(view, memberId("m1"))?.address]).toEqual([who, addressOf(1)]);
  });

  test("gets nothing that was under way to where it was", () => {
    const slow = { ...scenario(2, [
      atSecond(2.5, { kind: "crash", members: named("m1") }), atSecond(2.6, { kind: "restart", members: named("m1"), incarnation: "lost", address: "new" }),
    ], {}, 4), network: { ...scenario(2, []).network, link: { latency: { kind: "constant", of: seconds(1) }, loss: 0, duplicate: 0 } } } as const satisfies Scenario;
    const heard = (address: "same" | "new"): number =>
      between(witness({ ...slow, timeline: slow.timeline.map((each) => (each.action.kind === "restart" ? { ...each, action: { ...each.action, address } } : each)) }), "m1", 2.6, 3.5)
        .filter(({ event }) => event.kind === "received").length;
    expect([heard("same") > 0, heard("new")]).toEqual([true, 0]);
  });
});
