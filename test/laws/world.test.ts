/** Laws of whole worlds: nobody is suspected without a cause, everybody agrees in the end, and the same seed is the same run. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytes, digestOf, digestText, isLiving, membersOf, presets, seconds, type Config, type PresetName } from "../../engine/index.ts";
import type { Action, Disruption, Selector } from "../../sim/scenario/model.ts";
import { playRun } from "../../sim/run.ts";
import { aScenario, atSecond, named, uniform, type Setting } from "../builders.ts";
import { assertWorlds, caseOf } from "./scenario.ts";
import { watch } from "./watch.ts";

const presetNames = ["swimlab", "memberlist-lan", "lifeguard", "swim-inf-susp", "swim-inf", "swim-basic"] as const satisfies readonly PresetName[];
const some = (count: number): Selector => ({ kind: "count", count, among: { kind: "all" } });
const half: readonly Selector[] = [{ kind: "fraction", fraction: 0.5, among: { kind: "all" } }, { kind: "rest" }];

describe("without loss and without faults nobody is ever suspected, and all know all", () => {
  const names = (members: number): readonly string[] => Array.from({ length: members }, (_, number) => `m${number}`);
  const groups: readonly (readonly [manner: string, settingOf: (members: number) => Pick<Setting, "start" | "absent" | "timeline">])[] = [
    ["who know each other from the start", () => ({ start: "warm" })],
    // Without repair, newcomers who join at one instant may miss each other for ever: those who hear of them from the seed do not tell it on.
    ["who join one after another", (members) => ({
      absent: names(members).slice(1),
      timeline: names(members).slice(1).map((name, nth) => atSecond(3 * nth + 1, { kind: "join", members: named(name) })),
    })],
  ];
  const sizes = [1, 2, 3, 5, 17];
  const cases = presetNames.flatMap((preset) => groups.flatMap(([manner, settingOf]) => sizes.map((members) => ({ preset, members, manner, settingOf }))));

  test.for(cases)("$preset, $members members $manner", ({ preset, members, settingOf }) => {
    for (const seed of ["1", "2"]) {
      const run = playRun(aScenario({ members, seed, config: presets[preset], lasts: 90, latency: uniform(0.5, 50), ...settingOf(members) }), 0);
      expect([run.suspicions, run.refutations, run.falsePositives.count, run.agreement.at(-1)]).toEqual([0, 0, 0, 1]);
    }
  });

  test("with repair, all at once will do", () => {
    expect(playRun(aScenario({ members: 17, start: "cold", lasts: 120 }), 0).agreement.at(-1)).toBe(1);
  });
});

/** Everything that can go wrong, goes wrong, and comes to an end. */
const trouble: readonly Disruption[] = [
  atSecond(5, { kind: "crash", members: named("m1") }),
  atSecond(8, { kind: "leave", members: named("m2") }),
  atSecond(12, { kind: "partition", sides: half }),
  atSecond(20, { kind: "pause", members: named("m3") }),
  atSecond(26, { kind: "resume", members: named("m3") }),
  atSecond(27, { kind: "block", members: named("m5") }),
  atSecond(28, { kind: "broadcast", members: some(2), payload: bytes("no. {n}"), priority: "normal" }),
  atSecond(29, { kind: "send", from: some(2), to: some(2), payload: bytes("to you"), over: "stream" }),
  atSecond(30, { kind: "impair", from: some(2), to: { kind: "all" }, bothWays: true, loss: 0.5, duplicate: 0.2, delay: uniform(0, 900) }),
  atSecond(35, { kind: "update", members: named("m4"), meta: bytes("new") }),
  atSecond(36, { kind: "join", members: named("m7") }),
  atSecond(39, { kind: "unblock", members: named("m5") }),
  atSecond(40, { kind: "heal", of: null }),
  atSecond(42, { kind: "restart", members: named("m1"), incarnation: "kept", address: "same" }),
  atSecond(44, { kind: "restart", members: named("m2"), incarnation: "kept", address: "same" }),
];

describe("every invariant holds of every member in the middle of it all", () => {
  const quick: Partial<Config> = { syncEvery: seconds(7), reconnectEvery: seconds(5), forgetAfter: seconds(25) };
  const variants: readonly (readonly [name: string, config: Partial<Config>])[] = [
    ...presetNames.map((name) => [name, { ...presets[name], periodEvery: seconds(1) }] as const),
    ["swimlab, hurried", { ...presets.swimlab, ...quick }],
    ["swimlab, without suspicion", { ...presets.swimlab, ...quick, suspicion: "off" }],
    ["swimlab, where death is final", { ...presets.swimlab, ...quick, precedence: "final" }],
  ];

  test.for(variants)("%s", ([, config]) => {
    const happened = new Set<string>();
    for (const seed of ["1", "2", "3"]) {
      const { recorder, broken, announced } = watch();
      playRun(aScenario({ members: 8, absent: ["m7"], config, seed, lasts: 80, loss: 0.05, latency: uniform(1, 80), timeline: trouble }), 0, recorder);
      expect(broken).toEqual([]);
      for (const kind of announced) happened.add(kind);
    }
    expect([...happened]).toEqual(expect.arrayContaining(["failed", "joined", "left"]));
  });

  test("a restart that forgot its incarnation finds it again", () => {
    const timeline = [
      ...trouble, atSecond(50, { kind: "crash", members: named("m5") }), atSecond(51, { kind: "restart", members: named("m5"), incarnation: "lost", address: "same" }),
    ];
    const { recorder, broken, states } = watch();
    const run = playRun(aScenario({ members: 8, absent: ["m7"], config: quick, lasts: 200, timeline }), 0, recorder);
    expect(broken).toEqual([]);
    expect(run.agreement.at(-1)).toBe(1);
    const held = [...states.values()].map(({ view }) => membersOf(view).find(({ id }) => id === "m5")?.incarnation);
    expect(new Set(held).size).toBe(1);
  });
});

/** Random trouble within the first minute; then all of it is undone. */
const aTrouble: fc.Arbitrary<readonly Disruption[]> = fc.array(fc.record({
  second: fc.integer({ min: 1, max: 55 }),
  action: fc.oneof(
    fc.constantFrom<Action>(
      { kind: "crash", members: some(1) }, { kind: "pause", members: some(1) }, { kind: "resume", members: some(1) }, { kind: "partition", sides: half },
      { kind: "restart", members: some(1), incarnation: "lost", address: "same" }, { kind: "restart", members: some(1), incarnation: "kept", address: "same" },
      { kind: "block", members: some(2) }, { kind: "unblock", members: some(1) }, { kind: "heal", of: null },
      { kind: "cut", from: some(2), to: some(2), bothWays: false }, { kind: "update", members: some(2), meta: bytes("new") }, { kind: "leave", members: some(1) },
      { kind: "impair", from: some(3), to: { kind: "all" }, bothWays: false, loss: 0.8, duplicate: 0.5, delay: uniform(0, 2_000) },
    ),
  ),
}), { maxLength: 10 }).map((deeds) => [
  ...deeds.toSorted((one, other) => one.second - other.second).map(({ second, action }) => atSecond(second, action)),
  atSecond(60, { kind: "heal", of: null }),
  atSecond(60, { kind: "resume", members: { kind: "all" } }),
  atSecond(60, { kind: "unblock", members: { kind: "all" } }),
  // Whoever still lingers after a farewell has stopped by now.
  atSecond(66, { kind: "restart", members: { kind: "all" }, incarnation: "kept", address: "same" }),
]);

test("after trouble, healing and quiet everybody agrees on everything, and everybody lives", () => {
  const config: Partial<Config> = { syncEvery: seconds(5), reconnectEvery: seconds(5) };
  assertWorlds(fc.tuple(aTrouble, fc.integer({ min: 2, max: 9 }), fc.nat({ max: 1_000 })), ([timeline, members, seed]) =>
    caseOf(aScenario({ members, config, seed: String(seed), lasts: 240, latency: uniform(1, 40), timeline })), { seed: 60, numRuns: 30 }, (scenario) => {
    const { recorder, broken, states } = watch();
    const { members: { length: members } } = scenario;
    const run = playRun(scenario, 0, recorder);
    expect(broken).toEqual([]);
    expect(run.agreement.at(-1)).toBe(1);
    expect(new Set([...states.values()].map(({ view }) => digestText(digestOf(view)))).size, "one view").toBe(1);
    expect([...states.values()].every(({ view }) => membersOf(view).length === members && membersOf(view).every(({ status }) => isLiving(status)))).toBe(true);
  });
});

describe("determinism", () => {
  const scenario = (seed: string) => aScenario({ members: 8, absent: ["m7"], seed, lasts: 60, loss: 0.1, latency: uniform(1, 80), timeline: trouble });

  test("the same seed is the same run, to the last figure", () => {
    expect(playRun(scenario("1"), 0)).toEqual(playRun(scenario("1"), 0));
  });

  test("another seed, or another run of one seed, is another run", () => {
    const hashes = [playRun(scenario("1"), 0), playRun(scenario("1"), 1), playRun(scenario("2"), 0)].map(({ traceHash }) => traceHash);
    expect(new Set(hashes).size).toBe(3);
  });

  test("watching changes nothing", () => {
    expect(playRun(scenario("1"), 0, watch().recorder)).toEqual(playRun(scenario("1"), 0));
  });
});
