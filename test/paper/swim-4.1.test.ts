/** SWIM §4.1: dissemination by piggybacking, which spreads as an epidemic does. */

import { describe, expect, test } from "vitest";
import { bytes, find, memberId, presets, seconds, subject, type Config, type MemberId } from "../../engine/index.ts";
import { tellLimit } from "../../engine/rules/dissemination.ts";
import { playRun } from "../../sim/run.ts";
import { ack, aMember, aScenario, atSecond, effectsAfter, hears, named, ping, received, send, stateAfter, suspect } from "../builders.ts";
import { infectedAt, meanOf } from "./theory.ts";

const infection: Config = { ...presets["swim-inf"], periodEvery: seconds(1) };

test("news rides on the pings and acks of the failure detector: no message is sent for its sake", () => {
  const setting = { members: 16, config: infection, lasts: 30.5 };
  const updates = [1, 2, 3, 4].map((second) => atSecond(second, { kind: "update", members: named("m3"), meta: bytes(`${second}`) }));
  const [quiet, busy] = [playRun(aScenario(setting), 0), playRun(aScenario({ ...setting, timeline: updates }), 0)];
  expect(busy.load.datagrams).toBe(quiet.load.datagrams);
  expect(busy.load.bytes).toBeGreaterThan(quiet.load.bytes);
});

test("each member tells a piece of news at most λ·⌈ln(n+1)⌉ times", () => {
  const told = new Map<MemberId, number>();
  const update = atSecond(2, { kind: "update", members: named("m3"), meta: bytes("new") });
  playRun(aScenario({ members: 16, config: infection, lasts: 40, timeline: [update] }), 0, {
    stepped(_at, who, _event, effects) {
      for (const effect of effects) if (effect.kind === "send" && effect.message.gossip.length > 0) told.set(who, (told.get(who) ?? 0) + 1);
    },
  });
  expect(tellLimit(infection, 16)).toBe(9);
  expect([...told.values()]).toEqual(Array.from({ length: 16 }, () => 9));
});

test("what was told less often is preferred, when not all fits: at most six claims in a message (§5)", () => {
  const names = ["b", "c", "d", "e", "f", "g", "h", "i"];
  const rumouring = stateAfter(aMember("a", { knows: names, config: infection }), hears(0, ...names.map((name) => suspect(name, "z"))));
  const gossipOf = (asking: number): readonly string[] => {
    const events = Array.from({ length: asking }, (_, nth) => received(10 + nth, ping("b", "a", nth + 1)));
    return effectsAfter(rumouring, ...events).flatMap((effect) => (effect.kind === "send" ? effect.message.gossip.map(subject) : []));
  };
  expect(gossipOf(1)).toEqual(["i", "h", "g", "f", "e", "d"]);
  expect(gossipOf(2).slice(0, 2), "the two that had to wait").toEqual(["c", "b"]);
});

test("whoever is pinged with news answers with it: both directions of a contact infect", () => {
  expect(effectsAfter(aMember("b", { knows: ["a", "c"] }), received(10, ping("a", "b", 1, suspect("c", "a")))).at(-1)).toEqual(send("a", ack(1, suspect("c", "a"))));
});

describe("the number of infected follows x(t) = n / (1 + (n−1)·e^(−(2−1/n)t))", () => {
  const BEGAN = 5.5;

  /** In periods since a member had news: when half knew, when nine in ten did, when all did. */
  function infectionTimes(n: number, runs: number): Readonly<Record<"half" | "most" | "all", readonly number[]>> {
    const update = atSecond(BEGAN, { kind: "update", members: named("m0"), meta: bytes("new") });
    const times = Array.from({ length: runs }, (_, run) => {
      const infected = new Map<MemberId, number>();
      playRun(aScenario({ members: n, config: infection, lasts: 20, timeline: [update] }), run, {
        stepped(at, who, _event, _effects, { view }) {
          if (!infected.has(who) && find(view, memberId("m0"))?.meta === "new") infected.set(who, at / 1e6 - BEGAN);
        },
      });
      return [...infected.values()];
    });
    const reached = (share: number): readonly number[] => times.map((of) => of[Math.ceil(share * n) - 1] ?? Infinity);
    return { half: reached(0.5), most: reached(0.9), all: reached(1) };
  }

  // The formula is a smooth average that starts at once. A run starts with the first member's next message, and waits for whole ones: half a period.
  test.for([[16, 40], [32, 30], [64, 20], [128, 10]] as const)("%i members: half of them, and nine in ten, to within half a period", ([n, runs]) => {
    const { half, most, all } = infectionTimes(n, runs);
    const [t50, t90] = [meanOf(half), meanOf(most)];
    expect(Math.abs(t50.mean - infectedAt(0.5, n))).toBeLessThan(0.5 + 2 * t50.error);
    expect(Math.abs(t90.mean - infectedAt(0.9, n))).toBeLessThan(0.5 + 2 * t90.error);
    expect(Math.max(...all), "everybody, long before anybody falls silent").toBeLessThan(tellLimit(infection, n));
  });
});
