/** The world: what happens to members, when, and in which order. */

import { describe, expect, test } from "vitest";
import { type Effect, milliseconds, nextWake, seconds } from "../../../engine/index.ts";
import type { Disruption, Place, Scenario } from "../../../sim/scenario/model.ts";
import { addressOf } from "../../../sim/world/address.ts";
import { aConfig, aScenario, atSecond, named, news, type Setting, uniform } from "../../builders.ts";
import { between, moments, type Step, witness } from "./witness.ts";

const pause = (second: number, who: string): Disruption => atSecond(second, { kind: "pause", members: named(who) });
const resume = (second: number, who: string): Disruption => atSecond(second, { kind: "resume", members: named(who) });
const crash = (second: number, who: string): Disruption => atSecond(second, { kind: "crash", members: named(who) });
const join = (second: number, who: string): Disruption => atSecond(second, { kind: "join", members: named(who) });
const restart = (second: number, who: string, incarnation: "kept" | "lost" = "lost", address: "same" | "new" = "same"): Disruption =>
  atSecond(second, { kind: "restart", members: named(who), incarnation, address });

/** The datagrams among these that go to a member. */
const lettersTo = (member: number, effects: readonly Effect[]): readonly unknown[] =>
  effects.flatMap((effect) => (effect.kind === "send" && effect.to === addressOf(member) ? [effect.message] : []));

describe("alarms", () => {
  const config = { syncEvery: seconds(3), reconnectEvery: seconds(4), forgetAfter: seconds(20) };
  const rough = aScenario({
    members: 7, lasts: 60, config, loss: 0.2, latency: uniform(1, 700), timeline: [crash(5, "m3"), restart(30, "m3"), crash(31, "m4")],
  });
  const { steps, states } = witness(rough);
  const alarms = steps.filter(({ event }) => event.kind === "woke");

  /** At once, if that is past already. */
  const wanted = ({ before, since }: Step): number => Math.max(since, nextWake(before));

  test("go off exactly when a member wants to be woken, no more often than its deadlines ask", () => {
    expect(alarms.length).toBeGreaterThan(500);
    expect(alarms.filter((step) => wanted(step) !== step.at)).toEqual([]);
    expect(alarms.filter(({ at, after }) => nextWake(after) <= at)).toEqual([]);
  });

  test("are never missed: nothing else happens to a member later than it wanted to be woken", () => {
    expect(steps.filter((step) => wanted(step) < step.at)).toEqual([]);
    for (const [who, state] of states) if (who !== "m4") expect(nextWake(state), who).toBeGreaterThan(seconds(60));
  });

  test("and every event carries the moment at which it happens, in order of time", () => {
    expect(steps.filter(({ at, event }) => event.now !== at)).toEqual([]);
    expect(steps.map(({ at }) => at)).toEqual(steps.map(({ at }) => at).toSorted((one, other) => one - other));
  });
});

describe("a paused member", () => {
  const config = aConfig();
  const testimony = witness(aScenario({ members: 4, config, lasts: 12, timeline: [pause(2, "m1"), resume(4.5, "m1")] }));

  test("does nothing while it stands still", () => {
    expect(between(testimony, "m1", 2, 4.5)).toEqual([]);
  });

  test("hears its overdue alarm first, and then all that has come in, in the order in which it came", () => {
    const [first, ...others] = between(testimony, "m1", 4.5, 4.500_001);
    expect(first?.event.kind).toBe("woke");
    // A packet takes a millisecond. What m1 sends itself does not come to itself.
    const sent = testimony.steps.filter(({ at }) => at >= seconds(1.999) && at < seconds(4.499)).flatMap(({ effects }) => lettersTo(1, effects));
    expect(sent.length).toBeGreaterThan(3);
    expect(others.map(({ event }) => (event.kind === "received" ? event.message : event.kind))).toEqual(sent);
  });

  test("lives on, refutes what was said of it, and is woken again", () => {
    const later = between(testimony, "m1", 4.6, 12);
    expect(later.filter(({ event }) => event.kind === "woke").length).toBeGreaterThan(5);
    expect(testimony.steps.flatMap(({ effects }) => news(effects))).toContain("refuted m1@2");
  });

  test("hears nothing a second time, when it stands still again", () => {
    const twice = witness(aScenario({ members: 4, lasts: 6, timeline: [pause(2, "m1"), resume(4.5, "m1"), pause(4.6, "m1"), resume(4.600_001, "m1")] }));
    expect(between(twice, "m1", 4.6, 4.600_1).filter(({ event }) => event.kind === "received")).toEqual([]);
  });

  test("that crashes takes with it what waited for it", () => {
    const timeline = [pause(2, "m1"), crash(4, "m1"), restart(6, "m1"), pause(7, "m1"), resume(7.000_001, "m1")];
    const crashed = witness(aScenario({ members: 4, lasts: 12, timeline }));
    expect(between(crashed, "m1", 2, 6)).toEqual([]);
    expect(between(crashed, "m1", 7, 7.000_1).filter(({ event }) => event.kind === "received")).toEqual([]);
  });
});

/** m0, and m1 who joins it; one way takes a second, so that a request arrives after three and its answer after four. */
const slowly = (setting: Partial<Setting> = {}): Scenario =>
  aScenario({
    members: 2, start: "cold", lasts: 12, latency: { kind: "constant", of: seconds(1) },
    config: aConfig({ joinAgainAfter: seconds(60) }), ...setting,
  });
const withDeadline = (deadline: number): Scenario => ({ ...slowly(), network: { ...slowly().network, streamDeadline: seconds(deadline) } });

describe("a stream", () => {
  const calls = (scenario: Scenario): readonly (readonly number[])[] => {
    const testimony = witness(scenario);
    return [moments(testimony, "m0", "exchange-opened"), moments(testimony, "m1", "exchange-answered")];
  };
  const part = (second: number): Disruption => atSecond(second, { kind: "partition", sides: [named("m0"), named("m1")] });
  const cut = (second: number): Disruption => atSecond(second, { kind: "cut", from: named("m0"), to: named("m1"), bothWays: false });

  test("delivers the request after both have greeted, and the answer a way later", () => {
    expect(calls(slowly())).toEqual([[3], [4]]);
  });

  test("takes on each way what that direction takes", () => {
    const back = { from: named("m0"), to: named("m1"), link: { latency: { kind: "constant", of: seconds(2) }, loss: 0, duplicate: 0 } } as const;
    expect(calls({ ...slowly(), network: { ...slowly().network, links: [back] } })).toEqual([[4], [6]]);
  });

  test("fails when a cut stands between the two, even in one direction", () => {
    const late = { start: "warm", absent: ["m1"] } as const;
    expect(calls(slowly({ ...late, timeline: [join(2, "m1")] })), "without").toEqual([[5], [6]]);
    expect(calls(slowly({ ...late, timeline: [part(1), join(2, "m1")] }))).toEqual([[], []]);
    expect(calls(slowly({ ...late, timeline: [cut(1), join(2, "m1")] }))).toEqual([[], []]);
  });

  test("fails when the cut comes while the request is under way", () => {
    expect(calls(slowly({ timeline: [part(2.5)] }))).toEqual([[], []]);
    expect(calls(slowly({ timeline: [cut(2.5)] }))).toEqual([[], []]);
  });

  test("fails when the cut comes while the answer is under way", () => {
    expect(calls(slowly({ timeline: [part(3.5)] }))).toEqual([[3], []]);
    expect(calls(slowly({ timeline: [cut(3.5)] }))).toEqual([[3], []]);
  });

  test("is given up after the deadline: what is answered later is not delivered, nor asked", () => {
    expect(calls(withDeadline(4)), "in time").toEqual([[3], [4]]);
    expect(calls(withDeadline(3.999_999)), "an answer too late").toEqual([[3], []]);
    expect(calls(withDeadline(2.999_999)), "a request too late").toEqual([[], []]);
  });

  test("dies with its opener, and does not come to life with it again", () => {
    expect(calls(slowly({ timeline: [crash(2.5, "m1")] })), "the request").toEqual([[], []]);
    expect(calls(slowly({ timeline: [crash(3.5, "m1"), restart(3.6, "m1")] })), "the answer").toEqual([[3, 6.6], [7.6]]);
    expect(calls(slowly({ timeline: [crash(2.5, "m1"), restart(2.6, "m1")] })), "the request, restarted").toEqual([[5.6], [6.6]]);
  });

  test("dies with who should answer", () => {
    expect(calls(slowly({ timeline: [crash(2.5, "m0")] }))).toEqual([[], []]);
  });

  test("waits for who stands still, but not beyond the deadline", () => {
    expect(calls(slowly({ timeline: [pause(2.5, "m0"), resume(5, "m0")] }))).toEqual([[5], [6]]);
    expect(calls({ ...withDeadline(4.5), timeline: [pause(2.5, "m0"), resume(5, "m0")] })).toEqual([[], []]);
  });
});

describe("a crashed member", () => {
  test("does nothing and hears nothing, though others still write to it", () => {
    const testimony = witness(aScenario({ members: 4, lasts: 6, timeline: [crash(2, "m1")] }));
    expect(between(testimony, "m1", 0, 2).length).toBeGreaterThan(4);
    expect(between(testimony, "m1", 2, 6)).toEqual([]);
    const wroteLater = ({ at, effects }: Step): boolean => at >= seconds(2) && lettersTo(1, effects).length > 0;
    expect(testimony.steps.filter(wroteLater).length).toBeGreaterThan(0);
  });

  test.for([
    // Where lives are told apart, a life is ten incarnations long: the first begins at 10.
    ["kept", 0, 2], ["lost", 0, 1], ["kept", 10, 11], ["lost", 10, 20],
  ] as const)("is born again, its incarnation %s, with lives of %i: %i", ([incarnation, incarnationsPerLife, expected]) => {
    const config = aConfig({ incarnationsPerLife });
    const { births, steps } = witness(aScenario({ members: 4, config, lasts: 6, timeline: [crash(2, "m1"), restart(4, "m1", incarnation)] }));
    const [, again] = births.filter(({ who }) => who === "m1");
    expect(again?.at).toBe(seconds(4));
    expect(again?.state.self.incarnation).toBe(expected);
    const first = steps.find(({ at, who }) => who === "m1" && at >= seconds(4));
    expect(first?.event).toEqual({ kind: "asked-to-join", now: seconds(4), seeds: [addressOf(0)] });
  });

  test("begins a life that nobody has heard of yet, however many it has had", () => {
    const timeline = [crash(2, "m1"), restart(3, "m1"), crash(4, "m1"), restart(5, "m1", "kept"), crash(6, "m1"), restart(7, "m1")];
    const { births } = witness(aScenario({ members: 2, config: aConfig({ incarnationsPerLife: 10 }), lasts: 8, timeline }));
    expect(births.filter(({ who }) => who === "m1").map(({ state }) => state.self.incarnation)).toEqual([10, 20, 21, 30]);
  });

  test("has other dice in each life", () => {
    const { births } = witness(aScenario({ members: 2, lasts: 6, timeline: [crash(2, "m1"), restart(3, "m1"), crash(4, "m1"), restart(5, "m1")] }));
    expect(new Set(births.map(({ state }) => `${state.rng.s0} ${state.rng.s1}`)).size).toBe(4);
  });
});

describe("a newcomer", () => {
  const withSeeds = (setting: Setting, ...seeds: readonly string[]): Scenario => {
    const scenario = aScenario(setting);
    return { ...scenario, members: scenario.members.map((place): Place => ({ ...place, seed: seeds.includes(place.name) })) };
  };
  const asked = (scenario: Scenario): readonly (readonly [string, readonly string[]])[] =>
    witness(scenario).steps.flatMap(({ who, event }) => (event.kind === "asked-to-join" ? [[who, event.seeds] as const] : []));

  test("is nowhere before it joins, and joins through the seeds", () => {
    const scenario = withSeeds({ members: 4, absent: ["m3"], lasts: 6, timeline: [join(2, "m3")] }, "m1", "m2");
    expect(asked(scenario)).toEqual([["m3", [addressOf(1), addressOf(2)]]]);
    const testimony = witness(scenario);
    expect(testimony.births.filter(({ who }) => who === "m3").map(({ at }) => at)).toEqual([seconds(2)]);
    expect(testimony.steps.flatMap(({ who, effects }) => (who === "m0" ? news(effects) : []))).toContain("joined m3@65536");
  });

  test("in a cold start, everybody but the seeds", () => {
    expect(asked(withSeeds({ members: 4, start: "cold", lasts: 1 }, "m1"))).toEqual([["m0", [addressOf(1)]], ["m2", [addressOf(1)]], ["m3", [addressOf(1)]]]);
  });

  test("that is the only seed asks somebody who was there before", () => {
    expect(asked(aScenario({ members: 3, lasts: 4, timeline: [crash(1, "m0"), restart(2, "m0")] }))).toEqual([["m0", [addressOf(1)]]]);
  });
});

describe("a member that leaves", () => {
  test("lingers, departs, and then does nothing more", () => {
    // Where news is multicast it is told at once, and who leaves lingers to the end.
    const config = aConfig({ dissemination: "multicast", lingerFor: seconds(2), periodEvery: milliseconds(500), askRelaysAfter: milliseconds(200) });
    const testimony = witness(aScenario({ members: 4, lasts: 9, config, timeline: [atSecond(3, { kind: "leave", members: named("m1") })] }));
    expect(moments(testimony, "m1", "asked-to-leave")).toEqual([3]);
    expect(between(testimony, "m1", 3, 5).length).toBeGreaterThan(3);
    const last = testimony.steps.findLast(({ who }) => who === "m1");
    expect([last?.at, news(last?.effects ?? [])]).toEqual([seconds(5), ["departed m1@1"]]);
    expect(testimony.steps.flatMap(({ who, effects }) => (who === "m0" ? news(effects) : []))).toEqual(["left m1@1"]);
  });

  test("has no process any more, so that it can start again", () => {
    const timeline = [atSecond(1, { kind: "leave", members: named("m1") }), restart(5, "m1"), restart(7, "m1")];
    const { births } = witness(aScenario({ members: 4, config: aConfig({ dissemination: "multicast" }), lasts: 8, timeline }));
    expect(births.filter(({ who }) => who === "m1").map(({ at }) => at)).toEqual([seconds(0), seconds(7)]);
  });
});
