/** What fails together, what spreads, who comes back as whom; and everything at once, which is the same run every time. */

import { describe, expect, test } from "vitest";
import { compare } from "../../../sim/cli/check/compare.ts";
import { membersOf, type State } from "../../../engine/index.ts";
import { playRun } from "../../../sim/run.ts";
import { scenarioOf, tellRun } from "./play.ts";

const racks = `
duration: 1m
members:
  - { count: 4, name: a, tags: { rack: a } }
  - { count: 4, name: b, tags: { rack: b } }
  - { count: 4, name: c, tags: { rack: c } }
seeds: [a1, b1, c1]
`;

describe("domains", () => {
  const struckIn = (line: string, run: number): readonly string[] => tellRun(scenarioOf(`${racks}timeline: [{ at: 1s, ${line} }]\n`, ["runs=40", "duration=2s"]), run).struck[0]?.members ?? [];

  test("one rack, whole, and each as often as the others", () => {
    const drawn = Array.from({ length: 30 }, (_, run) => struckIn("crash: { domain: rack }", run).join(" "));
    expect(new Set(drawn)).toEqual(new Set(["a1 a2 a3 a4", "b1 b2 b3 b4", "c1 c2 c3 c4"]));
  });

  test("half of each of two", () => {
    const members = struckIn("crash: { domain: rack, domains: 2, fraction: 50% }", 0);
    expect(members).toHaveLength(4);
    expect(new Set(members.map((name) => name[0])).size).toBe(2);
  });
});

describe("cascades", () => {
  const cascade = (chance: string): string => `${racks}timeline: [{ at: 10s, crash: { domain: rack }, for: 20s, cascade: { every: 2s, times: 2, chance: ${chance} } }]\n`;
  const seconds = (chance: string): readonly string[] => tellRun(scenarioOf(cascade(chance), ["duration=36s"])).struck.map(({ second, kind }) => `${second} ${kind}`);

  test("each falls after the one before, and what fell comes back", () => {
    expect(seconds("100%")).toEqual(["10 crash", "12 crash", "14 crash", "30 restart", "32 restart", "34 restart"]);
  });

  test("where one does not follow, none after it does, and nothing that did not begin ends", () => {
    expect(seconds("0%")).toEqual(["10 crash", "30 restart"]);
    const short = scenarioOf(cascade("50%").replace("for: 20s, ", ""), ["runs=100", "duration=15s"]);
    const lengths = Array.from({ length: 30 }, (_, run) => tellRun(short, run).struck.length);
    expect(new Set(lengths)).toEqual(new Set([1, 2, 3]));
    expect(lengths.filter((length) => length === 1).length).toBeGreaterThan(7);
    expect(lengths.filter((length) => length === 1).length).toBeLessThan(23);
  });
});

describe("coming back", () => {
  const born = (line: string): State | undefined => {
    const states: State[] = [];
    playRun(scenarioOf(`duration: 40s\nmembers: [{ count: 6, name: m }, { name: other, present: no }]\ntimeline:\n  - { at: 5s, crash: m3 }\n  - { at: 20s, ${line} }\n`), 0, { born: (at, _, state) => void (at > 0 && states.push(state)) });
    return states.at(-1);
  };

  test("with its view and incarnation lost, kept, or the view alone", () => {
    const [lost, kept, view] = ["restart: m3", "restart: m3, incarnation: kept, view: kept", "restart: m3, view: kept"].map(born);
    expect(membersOf(lost!.view).map(({ id }) => String(id))).toEqual(["m3"]);
    expect(membersOf(kept!.view)).toHaveLength(6);
    expect(membersOf(view!.view)).toHaveLength(6);
    expect(kept!.self.incarnation).toBeGreaterThan(65_536);
  });

  test("as somebody else, at the same address: both are told apart, and all agree in the end", () => {
    const text = "duration: 60s\nmembers: [{ count: 6, name: m }, { name: other, present: no }]\ntimeline:\n  - { at: 5s, crash: m3 }\n  - { at: 6s, replace: { members: m3, by: other } }\n  - { at: 40s, restart: m3 }\n";
    const births: string[] = [];
    const result = playRun(scenarioOf(text), 0, { born: (at, who, { self }) => void (at > 0 && births.push(`${at / 1e6} ${who} ${self.address}`)) });
    expect(births).toEqual(["6 other 10.0.0.3:7946", "40 m3 11.0.0.3:7946"]);
    expect(result.agreement.at(-1)).toBe(1);
    expect(result.falsePositives.count).toBe(0);
  });
});

test("everything at once is the same run every time, here and in a worker", async () => {
  const scenario = scenarioOf(`
duration: 40s
members:
  - { count: 5, name: a, tags: { rack: a }, clock: { rate: [-1%, 1%], offset: [0s, 1h] } }
  - { count: 5, name: b, tags: { rack: b } }
  - { count: 2, name: late, present: no }
seeds: [a1, b1]
network: { receiveBuffer: { packets: 20, bytes: 8KiB }, loss: 1% }
timeline:
  - { at: 2s, churn: { members: [a2, a3], rate: 10/m, down: { pareto: { min: 2s, alpha: 1.5 } } }, for: 30s }
  - { at: 3s, slow: { members: 2, takes: { lognormal: { median: 40ms, sigma: 1 } }, alarms: in-turn }, for: 20s }
  - { at: 5s, clock: { members: 3, rate: [5%, 20%], step: 3s }, for: 10s }
  - { at: 8s, crash: { domain: rack, count: 2 }, for: 10s, view: kept, cascade: { every: 3s, times: 2, chance: 70% } }
  - { at: 9s, pause: 1, for: 12s }
  - { at: 20s, crash: b5 }
  - { at: 21s, replace: { members: b5, by: late1 } }
`);
  const { results, difference } = await compare(scenario);
  expect(difference).toBeNull();
  expect(playRun(scenario, 0).traceHash).toBe(results[0]?.traceHash);
  expect(playRun(scenario, 0).traceHash).toBe(playRun(scenario, 0).traceHash);
});
