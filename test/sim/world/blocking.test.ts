/** Lifeguard's anomaly: a member that blocks right before sending and right after receiving, while its deadlines go on. Nothing is lost. */

import { describe, expect, test } from "vitest";
import { find, instant, memberId, nextMuteWake, nextWake, seconds } from "../../../engine/index.ts";
import type { Disruption } from "../../../sim/scenario/model.ts";
import { playRun } from "../../../sim/run.ts";
import { addressOf } from "../../../sim/world/address.ts";
import { aConfig, aScenario, atSecond, named, news } from "../../builders.ts";
import { between, moments, type Step, type Testimony, witness } from "./witness.ts";

const block = (second: number, ...who: readonly string[]): Disruption => atSecond(second, { kind: "block", members: named(...who) });
const unblock = (second: number, ...who: readonly string[]): Disruption => atSecond(second, { kind: "unblock", members: named(...who) });
const crash = (second: number, who: string): Disruption => atSecond(second, { kind: "crash", members: named(who) });
const restart = (second: number, who: string): Disruption => atSecond(second, { kind: "restart", members: named(who), incarnation: "kept", address: "same" });

/** Four members, periods of a second from the origin, a suspicion of four periods; every packet takes a millisecond. */
const blocked = (timeline: readonly Disruption[]): Testimony => witness(aScenario({ members: 4, lasts: 20, config: aConfig(), timeline }));

const kinds = (steps: readonly Step[]): readonly string[] => steps.map(({ event }) => (event.kind === "received" ? event.message.kind : event.kind));

describe("while it blocks, a member", () => {
  const testimony = blocked([block(2.5, "m1"), unblock(9.25, "m1")]);
  const meanwhile = between(testimony, "m1", 2.5, 9.25);

  test("hears nothing, and is woken mutely only", () => {
    expect(new Set(kinds(meanwhile))).toEqual(new Set(["woke-mute"]));
  });

  test("is woken exactly when it wants to be while it can't send", () => {
    expect(meanwhile.filter(({ at, since, before }) => Math.max(since, nextMuteWake(before)) !== at)).toEqual([]);
  });

  test("begins one more probe at the end of its period, whose ping does not leave", () => {
    const [first] = meanwhile;
    expect([first?.at, first?.effects.map(({ kind }) => kind)]).toEqual([seconds(3), ["send"]]);
    expect(meanwhile.flatMap(({ effects }) => effects).filter(({ kind }) => kind === "send")).toHaveLength(1);
    const heard = testimony.steps.filter(({ at, who, event }) => who !== "m1" && at < seconds(9.25) && event.kind === "received" && event.from === addressOf(1) && at > seconds(2.502));
    expect(heard).toEqual([]);
  });

  test("is suspected by the others, and declared dead, as if it had crashed", () => {
    const told = testimony.steps.filter(({ who, at }) => who === "m0" && at < seconds(9.25)).flatMap(({ effects }) => news(effects));
    expect(told).toEqual(["suspected m1@1", "failed m1@1"]);
  });

  test("still buries those whom it suspected before: that needs no sending", () => {
    const buried = blocked([crash(1.5, "m2"), block(4.5, "m1"), unblock(15.5, "m1")]);
    const told = between(buried, "m1", 4.5, 15.5).flatMap(({ effects }) => news(effects));
    expect(told).toEqual(["failed m2@1"]);
  });
});

describe("when it goes on, a member", () => {
  const testimony = blocked([block(2.5, "m1"), unblock(9.25, "m1")]);
  const [first, ...others] = between(testimony, "m1", 9.25, 9.250_001);

  test("hears its overdue alarm first, and then what has piled up, in the order in which it came", () => {
    expect(first?.event.kind).toBe("woke");
    // A packet takes a millisecond.
    const sent = testimony.steps.filter(({ at }) => at >= seconds(2.499) && at < seconds(9.249))
      .flatMap(({ effects }) => effects.flatMap((effect) => (effect.kind === "send" && effect.to === addressOf(1) ? [effect.message] : [])));
    const heard = others.map(({ event }) => (event.kind === "received" ? event.message : event.kind));
    // Its own alarm may go off once more among them: the next probe begins where the last one ended.
    expect(heard.filter((one) => one !== "woke")).toEqual(sent.filter((message) => message.kind !== "ping" || message.source !== memberId("m1")));
  });

  test("has sent what it was about to send even before that: it is under way when the alarm goes off", () => {
    const withheld = between(testimony, "m1", 2.5, 9.25).flatMap(({ effects }) => effects.flatMap((effect) => (effect.kind === "send" ? [effect] : [])));
    const [ping] = withheld;
    const heard = testimony.steps.filter(({ at, event }) => at === instant(9_251_000) && event.kind === "received" && event.from === addressOf(1));
    expect(heard[0]?.event).toMatchObject({ message: ping?.message });
    expect(heard.length).toBeGreaterThan(1);
  });

  test("refutes what was said of it, and is believed", () => {
    const later = testimony.steps.filter(({ at }) => at >= seconds(9.25));
    expect(later.flatMap(({ who, effects }) => (who === "m1" ? news(effects) : []))).toContain("refuted m1@2");
    expect([...testimony.states.values()].map(({ view }) => find(view, memberId("m1"))?.status)).toEqual(["alive", "alive", "alive", "alive"]);
  });

  test("is woken again as usual", () => {
    const later = between(testimony, "m1", 9.3, 20).filter(({ event }) => event.kind === "woke" || event.kind === "woke-mute");
    expect(later.every(({ event }) => event.kind === "woke")).toBe(true);
    expect(later.filter(({ at, since, before }) => Math.max(since, nextWake(before)) !== at)).toEqual([]);
    expect(later.length).toBeGreaterThan(8);
  });

  test("having blocked for less than a period, it has missed nothing but some milliseconds", () => {
    const short = blocked([block(2.001, "m1"), unblock(2.4, "m1")]);
    expect(short.steps.flatMap(({ effects }) => news(effects))).toEqual([]);
  });

  test("it hears nothing a second time, when it blocks again", () => {
    const twice = blocked([block(2.5, "m1"), unblock(4.5, "m1"), block(4.6, "m1"), unblock(4.600_001, "m1")]);
    expect(kinds(between(twice, "m1", 4.6, 4.600_1)).filter((kind) => kind !== "woke")).toEqual([]);
  });
});

test("a stream that others open to it waits, but not beyond its deadline", () => {
  // m1 joins through m0; one way takes a second, so that its request arrives after three.
  const joining = aScenario({
    members: 2, start: "cold", lasts: 12, latency: { kind: "constant", of: seconds(1) }, config: aConfig({ joinAgainAfter: seconds(60) }),
    timeline: [block(2.5, "m0"), unblock(5, "m0")],
  });
  const calls = (streamDeadline: number): readonly (readonly number[])[] => {
    const testimony = witness({ ...joining, network: { ...joining.network, streamDeadline: seconds(streamDeadline) } });
    return [moments(testimony, "m0", "exchange-opened"), moments(testimony, "m1", "exchange-answered")];
  };
  expect(calls(10)).toEqual([[5], [6]]);
  expect(calls(4.5)).toEqual([[], []]);
});

describe("who crashes while it blocks", () => {
  test("takes with it what it wanted to send, and what waited for it", () => {
    const crashed = blocked([block(2.5, "m1"), crash(5, "m1"), restart(7, "m1"), block(8.5, "m1"), unblock(8.500_001, "m1")]);
    expect(kinds(between(crashed, "m1", 5, 7))).toEqual([]);
    expect(kinds(between(crashed, "m1", 8.5, 8.500_1)).filter((kind) => kind !== "woke")).toEqual([]);
  });

  test("is awake when it is born again: it sends, and its alarm is a full one", () => {
    const crashed = blocked([block(2.5, "m1"), crash(5, "m1"), restart(7, "m1")]);
    expect(moments(crashed, "m1", "woke-mute").every((second) => second < 5)).toBe(true);
    expect(between(crashed, "m1", 7, 20).length).toBeGreaterThan(20);
  });
});

describe("the truth", () => {
  const run = playRun(aScenario({ members: 4, lasts: 20, config: aConfig(), timeline: [block(2.5, "m1"), unblock(9.25, "m1")] }), 0);

  test("of a member that blocks is that it does not run: to hold it dead is no mistake, and to unblock it changes what is true", () => {
    expect(run.disruptions.map(({ kind, members, convergence }) => [kind, members, convergence !== null])).toEqual([["block", ["m1"], true], ["unblock", ["m1"], true]]);
    expect(run.falsePositives.count).toBe(0);
    expect(run.memberSeconds).toBe(4 * 20 - 6.75);
    expect(run.agreement.at(-1)).toBe(1);
  });

  test("is found out as a crash would be, and counted apart from crashes", () => {
    expect(run.crashes).toEqual([]);
    expect(run.blocks).toHaveLength(1);
    expect(run.blocks[0]).toMatchObject({ member: "m1", at: 2.5 });
    const lengths = [run.blocks[0]?.firstSuspicion, run.blocks[0]?.firstDetection, run.blocks[0]?.fullDissemination].map((one) => (one !== undefined && "seconds" in one ? one.seconds : NaN));
    // Asked in the period from 3 to 4 at the earliest, it is suspected a period later, and the suspicion lasts four.
    expect(lengths[0]).toBeGreaterThanOrEqual(1.5);
    expect(lengths[1]).toBe((lengths[0] ?? NaN) + 4);
  });
});

test("what a blocked member announces of one that runs is a false positive: it is present, if nobody hears it", () => {
  // m1 suspects m2, which stands still; then m1 blocks, and m2 goes on and refutes, unheard by m1.
  const timeline = [
    atSecond(1.5, { kind: "pause", members: named("m0", "m2") }), block(4.5, "m1"), atSecond(4.6, { kind: "resume", members: named("m0", "m2") }), unblock(15.5, "m1"),
  ];
  const run = playRun(aScenario({ members: 3, lasts: 20, config: aConfig(), timeline }), 0);
  expect(run.falsePositives.count).toBeGreaterThan(0);
  expect(run.falsePositives).toMatchObject({ atHealthy: 0, ofHealthy: 0, healthyOfHealthy: 0 });
});
