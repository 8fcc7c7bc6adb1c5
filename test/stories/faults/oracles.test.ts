/** What oracles promise of groups in which machines are slow or clocks run at another rate: nothing, until that has ended. */

import { expect, test } from "vitest";
import { playRun } from "../../../sim/run.ts";
import { soundFrom } from "../../../sim/oracle/calm.ts";
import { scenarioOf } from "./play.ts";

const group = "duration: 90s\nmembers: [{ count: 6, name: m }, { name: odd }]\n";

test.each([
  ["timeline: [{ at: 5s, slow: { members: odd, takes: 1s }, for: 10s }]", 15e6],
  ["timeline: [{ at: 5s, slow: { members: odd, takes: 1s } }]", Infinity],
  ["timeline: [{ at: 5s, clock: { members: odd, rate: -50% }, for: 10s }, { at: 20s, clock: { members: all, step: 3s } }]", 20e6],
  ["timeline: [{ at: 5s, clock: { members: odd, wall: 1h } }, { at: 30s, crash: m1 }]", 5e6],
  ["timeline: [{ at: 30s, crash: m1 }]", 0],
])("machines are sound from when on: %s", (timeline, from) => {
  expect(soundFrom(scenarioOf(group + timeline))).toBe(from);
});

test("a clock that runs at half speed breaks no promise of when the dead are found", () => {
  const scenario = scenarioOf("duration: 3m\nconfig: { healthMax: 0 }\nmembers: [{ count: 6, name: m }, { name: odd, clock: { rate: -60% } }]\ntimeline: [{ at: 5s, crash: [m1, m2] }]\nexpect: [completeness, false-death, agreement, farewells]\n");
  expect(playRun(scenario, 0).oracles).toMatchObject({ completeness: { tested: 0, breach: null }, "false-death": { breach: null }, agreement: { tested: 0, breach: null } });
});

test("when slowness has ended, all agree in time again", () => {
  const scenario = scenarioOf(`${group}config: { syncEvery: 5s, reconnectEvery: 5s, joinAgainAfter: 3s }\ntimeline: [{ at: 5s, slow: { members: odd, takes: 2s }, for: 20s }, { at: 30s, crash: m1 }]\nexpect: [agreement]\n`, ["duration=10m"]);
  expect(playRun(scenario, 0).oracles?.["agreement"]).toMatchObject({ breach: null });
  expect(playRun(scenario, 0).oracles?.["agreement"]?.tested).toBeGreaterThan(0);
});
