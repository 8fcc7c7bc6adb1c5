/** A member that stood still may take its time over what piled up: one datagram after another, and what comes in meanwhile waits behind it. Streams do not wait. */

import { describe, expect, test } from "vitest";
import { milliseconds, nextWake, seconds } from "../../../engine/index.ts";
import type { Disruption, Scenario } from "../../../sim/scenario/model.ts";
import { addressOf } from "../../../sim/world/address.ts";
import { aConfig, aScenario, atSecond, named } from "../../builders.ts";
import { between, type Step, type Testimony, witness } from "./witness.ts";

const pause = (second: number): Disruption => atSecond(second, { kind: "pause", members: named("m1") });
const resume = (second: number): Disruption => atSecond(second, { kind: "resume", members: named("m1") });

/** Four members in periods of a second, every packet a millisecond under way; what piled up takes so long, message by message. */
const slow = (catchUp: number, timeline: readonly Disruption[] = [pause(2.5), resume(6.2)]): Scenario => {
  const scenario = aScenario({ members: 4, lasts: 20, config: aConfig({ dissemination: "multicast" }), timeline });
  return { ...scenario, network: { ...scenario.network, catchUp: milliseconds(catchUp) } };
};
const heard = (testimony: Testimony, from: number, to: number): readonly Step[] => between(testimony, "m1", from, to).filter(({ event }) => event.kind === "received");

/** Everything sent to m1, in the order in which it arrives. */
const sent = ({ steps }: Testimony, from: number, to: number): readonly unknown[] =>
  steps.filter(({ at }) => at >= seconds(from) && at < seconds(to)).flatMap(({ effects }) => effects.flatMap((effect) => (effect.kind === "send" && effect.to === addressOf(1) ? [effect.message] : [])));

test("so that nothing is taken in before its time, nor out of order, and nothing is lost", () => {
  const testimony = witness(slow(300));
  const all = heard(testimony, 6.2, 20);
  const [first, second, third] = all.map(({ at }) => at / 1_000_000);
  expect([first, second, third]).toEqual([6.5, 6.8, 7.1]);
  expect(all.map(({ event }) => (event.kind === "received" ? event.message : null)).slice(0, 12)).toEqual(sent(testimony, 2.499, 20).slice(0, 12));
});

/** The seed, m0, is asked for its view while it stands still, and again while it catches up. */
const courted = (): Testimony => {
  const scenario = aScenario({
    members: 6, absent: ["m4", "m5"], lasts: 12, config: aConfig({ dissemination: "multicast" }),
    timeline: [
      atSecond(2.5, { kind: "pause", members: named("m0") }), atSecond(6, { kind: "join", members: named("m4") }),
      atSecond(6.2, { kind: "resume", members: named("m0") }), atSecond(6.4, { kind: "join", members: named("m5") }),
    ],
  });
  return witness({ ...scenario, network: { ...scenario.network, catchUp: milliseconds(300) } });
};
const calls = (testimony: Testimony): readonly number[] =>
  between(testimony, "m0", 6, 7).filter(({ event }) => event.kind === "exchange-opened").map(({ at }) => at / 1_000_000);

test("a stream is a socket of its own: it waits for no datagram, whether it came before or comes meanwhile", () => {
  const [waiting, later] = calls(courted());
  expect(waiting).toBe(6.2);
  expect(later).toBeLessThan(6.45);
});

test("its alarm does not wait", () => {
  expect(between(witness(slow(300)), "m1", 6.2, 6.3)[0]).toMatchObject({ at: seconds(6.2), event: { kind: "woke" } });
});

describe("where one thread does everything", () => {
  const slowInTurn = (catchUp: number, timeline?: readonly Disruption[]): Testimony => {
    const scenario = slow(catchUp, timeline);
    return witness({ ...scenario, network: { ...scenario.network, catchUpAlarms: "in-turn" } });
  };
  /** Twelve pauses of the same member, each with something that waits when it ends. */
  const oftenPaused = Array.from({ length: 12 }, (_, nth) => 2.5 + nth * 1.4);
  const oneThread = (catchUpAlarms: "in-turn" | "by-chance", seed = "1"): readonly boolean[] => {
    const scenario = slow(20, oftenPaused.flatMap((second) => [pause(second), resume(second + 1.2)]));
    const testimony = witness({ ...scenario, seed, network: { ...scenario.network, catchUpAlarms } });
    return oftenPaused.map((second) => between(testimony, "m1", second + 1.2, second + 1.4)[0]?.event.kind === "woke");
  };
  const alarms = (testimony: Testimony): readonly Step[] => between(testimony, "m1", 6.21, 20).filter(({ event }) => event.kind === "woke");

  test("its alarms wait until all is heard that had come before they rang", () => {
    const [rings] = alarms(witness(slow(100)));
    const inTurn = slowInTurn(100);
    const [heeded] = alarms(inTurn);
    expect(rings?.at).toBe(seconds(6.7));
    const before = sent(inTurn, 2.499, 6.699).length;
    expect(heard(inTurn, 6.2, (heeded?.at ?? NaN) / 1_000_000)).toHaveLength(before);
    expect(heeded?.at).toBe(seconds(6.2 + (before + 1) * 0.1));
  });

  test("the one that was overdue when it went on comes first all the same, each time it goes on", () => {
    const testimony = slowInTurn(300, [pause(2.5), resume(6.2), pause(6.6), resume(9.1)]);
    for (const second of [6.2, 9.1]) expect(between(testimony, "m1", second, second + 0.1)[0]).toMatchObject({ at: seconds(second), event: { kind: "woke" } });
  });

  test("or by chance, with a chance of its own each time: some of those that are overdue wait for what has come", () => {
    const drawn = ["1", "2", "3", "4"].flatMap((seed) => oneThread("by-chance", seed));
    expect(oneThread("in-turn").every(Boolean)).toBe(true);
    expect(drawn.filter(Boolean).length).toBeGreaterThan(14);
    expect(drawn.filter(Boolean).length).toBeLessThan(34);
    expect(oneThread("by-chance", "1")).toEqual(drawn.slice(0, 12));
  });

  test("having caught up, it is punctual again", () => {
    const late = alarms(slowInTurn(40)).filter(({ at, before }) => at >= seconds(9) && at !== nextWake(before));
    expect(late).toEqual([]);
  });
});

test("having caught up, it hears at once again", () => {
  const testimony = witness(slow(20));
  const late = heard(testimony, 12, 19);
  const arrivals = testimony.steps.filter(({ at, effects }) => at >= seconds(11.999) && at < seconds(18.999) && effects.some((effect) => effect.kind === "send" && effect.to === addressOf(1)));
  expect(new Set(late.map(({ at }) => at))).toEqual(new Set(arrivals.map(({ at }) => at + 1_000)));
});

describe("when something else befalls it meanwhile", () => {
  test("that it stands still again: it goes on where it was, and hears nothing twice", () => {
    const testimony = witness(slow(300, [pause(2.5), resume(6.2), pause(6.6), resume(9.1)]));
    const all = heard(testimony, 6.2, 20);
    expect(all.slice(0, 2).map(({ at }) => at / 1_000_000)).toEqual([6.5, 9.4]);
    expect(all.map(({ event }) => (event.kind === "received" ? event.message : null)).slice(0, 8)).toEqual(sent(testimony, 2.499, 20).slice(0, 8));
  });

  test("that it stands still for a moment only: the message begins anew", () => {
    expect(heard(witness(slow(300, [pause(2.5), resume(6.2), pause(6.3), resume(6.4)])), 6.2, 20)[0]?.at).toBe(seconds(6.7));
  });

  test("that it crashes: what piled up is gone, and in its next life it hears at once", () => {
    const testimony = witness(slow(300, [
      pause(2.5), resume(6.2), atSecond(6.6, { kind: "crash", members: named("m1") }), atSecond(6.65, { kind: "restart", members: named("m1"), incarnation: "kept", address: "same" }),
    ]));
    const [, again] = heard(testimony, 6.2, 20);
    const letter = testimony.steps.find(({ at, effects }) => at >= seconds(6.65) && effects.some((effect) => effect.kind === "send" && effect.to === addressOf(1)));
    expect(again?.at).toBe((letter?.at ?? NaN) + 1_000);
  });

  test("that it leaves: it goes on answering while it lingers", () => {
    const testimony = witness(slow(300, [pause(2.5), resume(6.2), atSecond(6.6, { kind: "leave", members: named("m1") })]));
    expect(heard(testimony, 6.6, 8).length).toBeGreaterThan(3);
  });
});
