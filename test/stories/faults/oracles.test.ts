/** What oracles promise of groups in which machines are slow or clocks run at another rate: the same, in the time of the slowest clock, of those that handle what they hear. */

import { expect, test } from "vitest";
import { playRun } from "../../../sim/run.ts";
import { bounds } from "../../../sim/oracle/index.ts";
import { isEverySound, paceOf } from "../../../sim/oracle/machine.ts";
import { scenarioOf } from "./play.ts";

const group = "duration: 90s\nmembers: [{ count: 6, name: m }, { name: odd }]\n";

test.each([
  ["timeline: [{ at: 5s, slow: { members: odd, takes: 1s }, for: 10s }]", false, { longest: 1, fastest: 1, jumps: 0, cut: 0 }],
  ["timeline: [{ at: 5s, clock: { members: odd, rate: -50% }, for: 10s }, { at: 20s, clock: { members: all, step: 3s } }]", false, { longest: 2, fastest: 1, jumps: 3e6, cut: 5 }],
  ["timeline: [{ at: 5s, clock: { members: odd, rate: [-20%, 25%] } }]", false, { longest: 1.25, fastest: 1.25, jumps: 0, cut: 3 }],
  ["timeline: [{ at: 5s, clock: { members: odd, wall: 1h } }, { at: 30s, crash: m1 }]", true, { longest: 1, fastest: 1, jumps: 0, cut: 3 }],
  ["timeline: [{ at: 30s, crash: m1 }]", true, { longest: 1, fastest: 1, jumps: 0, cut: 0 }],
])("what machines do to lengths: %s", (timeline, isSound, pace) => {
  const scenario = scenarioOf(group + timeline);
  expect([isEverySound(scenario), paceOf(scenario)]).toEqual([isSound, pace]);
});

const lagging = "duration: 3m\nconfig: { healthMax: 0, syncEvery: 5s, reconnectEvery: 5s, joinAgainAfter: 3s }\nmembers: [{ count: 6, name: m }, { name: odd, clock: { rate: -60% } }]\ntimeline: [{ at: 5s, crash: [m1, m2] }]\n";

test("a clock that runs at less than half speed is held to its own periods, and the others to it", () => {
  const scenario = scenarioOf(`${lagging}expect: [completeness, false-death, agreement, farewells]\n`, ["duration=10m"]);
  expect(playRun(scenario, 0).oracles).toMatchObject({ completeness: { breach: null }, "false-death": { breach: null }, agreement: { breach: null } });
  expect(playRun(scenario, 0).oracles?.["completeness"]?.tested).toBeGreaterThan(0);
  expect(playRun(scenario, 0).oracles?.["agreement"]?.tested).toBeGreaterThan(0);
  const even = scenarioOf(lagging.replace(", clock: { rate: -60% }", ""), ["duration=10m"]);
  expect(bounds.agreement(scenario, 5, 0)).toBe(Math.ceil(bounds.agreement(even, 5, 0) * 2.5) + 2);
});

test("whoever is slow is excused from being found punctual, and the others are not", () => {
  const scenario = scenarioOf(`${group}timeline: [{ at: 5s, slow: { members: odd, takes: 2s, alarms: in-turn } }, { at: 9s, crash: m1 }]\nexpect: [completeness]\n`, ["duration=3m"]);
  expect(playRun(scenario, 0).oracles?.["completeness"]).toMatchObject({ breach: null });
  expect(playRun(scenario, 0).oracles?.["completeness"]?.tested).toBeGreaterThanOrEqual(4);
});

test("when slowness has ended, all agree in time again", () => {
  const scenario = scenarioOf(`${group}config: { syncEvery: 5s, reconnectEvery: 5s, joinAgainAfter: 3s }\ntimeline: [{ at: 5s, slow: { members: odd, takes: 2s }, for: 20s }, { at: 30s, crash: m1 }]\nexpect: [agreement]\n`, ["duration=10m"]);
  expect(playRun(scenario, 0).oracles?.["agreement"]).toMatchObject({ breach: null });
  expect(playRun(scenario, 0).oracles?.["agreement"]?.tested).toBeGreaterThan(0);
});
