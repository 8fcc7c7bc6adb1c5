/** Churn: as often as was asked for, by the sessions that were asked for, or as it was recorded. */

import { describe, expect, test } from "vitest";
import { poissonInterval } from "../../../sim/measure/statistics.ts";
import { withChurn } from "../../../sim/world/churn.ts";
import type { Scenario } from "../../../sim/index.ts";
import { scenarioOf, tellRun } from "./play.ts";

const churned = (churn: string, more = "", lasts = "1h"): string => `
duration: ${lasts}
members: [{ count: 20, name: m }, { count: 30, name: late, present: no }]
timeline: [{ at: 0s, churn: { members: { name: [${Array.from({ length: 20 }, (_, n) => `m${String(n + 1).padStart(2, "0")}`).join(", ")}] }, ${churn} }${more} }]
`;

const turnsOf = (scenario: Scenario, run: number): readonly Scenario["timeline"][number][] => withChurn(scenario, `s/${run}`).timeline.slice(1);
const countOf = (scenario: Scenario, kind: string, runs: number): number =>
  Array.from({ length: runs }, (_, run) => turnsOf(scenario, run).filter(({ action }) => action.kind === kind).length).reduce((sum, count) => sum + count, 0);

describe("Poisson", () => {
  test("of the group: the count is that of its rate, by the exact interval, and differs from run to run", () => {
    const scenario = scenarioOf(churned("rate: 30/h, down: 10s"));
    const [low, high] = poissonInterval(countOf(scenario, "crash", 40), 40);
    expect(low).toBeLessThan(30);
    expect(high).toBeGreaterThan(30);
    expect(new Set([0, 1, 2, 3, 4].map((run) => turnsOf(scenario, run).length)).size).toBeGreaterThan(1);
  });

  test("of each member that is there: who is away half of the time goes half as often", () => {
    // Up for 1/12 h in the mean, away for 1/12 h: 6 an hour each.
    const [low, high] = poissonInterval(countOf(scenarioOf(churned("rate: 12/h, per: member, down: { exponential: { mean: 5m } }", "", "4h")), "crash", 10), 10 * 20 * 4);
    expect(low).toBeLessThan(6.1);
    expect(high).toBeGreaterThan(5.9);
  });

  test("without down they stay away: each goes once", () => {
    const gone = turnsOf(scenarioOf(churned("rate: 2/m")), 0).map(({ action }) => ("members" in action && action.members.kind === "names" ? action.members.names[0] : ""));
    expect(gone).toHaveLength(20);
    expect(new Set(gone).size).toBe(20);
  });

  test("those who were not present join, one after another", () => {
    const text = `duration: 1h\nmembers: [{ count: 4, name: m }, { count: 30, name: late, present: no }]\ntimeline: [{ at: 1m, churn: { rate: 10/h, by: join } }]\n`;
    const joins = turnsOf(scenarioOf(text), 0);
    expect(new Set(joins.map(({ action }) => action.kind))).toEqual(new Set(["join"]));
    expect(joins.length).toBeGreaterThan(3);
  });
});

describe("sessions", () => {
  test("last as long as their distribution says, and so do absences; whoever is away when churn ends comes back then", () => {
    const scenario = scenarioOf(churned("up: { weibull: { scale: 10m, shape: 0.5 } }, down: 30s", ", for: 50m"));
    const turns = turnsOf(scenario, 1);
    const [goes, comes] = ["crash", "restart"].map((kind) => turns.filter(({ action }) => action.kind === kind));
    expect(goes?.length).toBe(comes?.length);
    expect(Math.max(...turns.map(({ at }) => at))).toBeLessThanOrEqual(50 * 60e6);
    // Of first sessions, as many are shorter than the median as longer: 10 min × (ln 2)².
    const median = 600e6 * Math.log(2) ** 2;
    const first = Array.from({ length: 40 }, (_, run) => turnsOf(scenario, run)).flatMap((run) => {
      const seen = new Set<string>();
      return run.filter(({ action }) => {
        const name = action.kind === "crash" && action.members.kind === "names" ? (action.members.names[0] ?? "") : "";
        return name !== "" && !seen.has(name) && seen.add(name);
      });
    }).filter(({ at }) => at < median).length;
    expect(first / (40 * 20)).toBeGreaterThan(0.45);
    expect(first / (40 * 20)).toBeLessThan(0.55);
  });

  test("of one member move no other's", () => {
    const [few, all] = ["[m01, m02]", "[m01, m02, m03]"].map((who) => turnsOf(scenarioOf(`duration: 10m\nmembers: 5\ntimeline: [{ at: 0s, churn: { members: [${who.includes("m03") ? "m1, m2, m3" : "m1, m2"}], up: { exponential: { mean: 1m } }, down: 10s } }]\n`), 3));
    const of = (turns: readonly Scenario["timeline"][number][] | undefined, name: string): unknown => turns?.filter(({ action }) => "members" in action && action.members.kind === "names" && action.members.names[0] === name);
    expect(of(all, "m1")).toEqual(of(few, "m1"));
    expect(of(all, "m3")).not.toEqual([]);
  });

  test("what is played is what is drawn, and each crash is found out", () => {
    const { struck, result } = tellRun(scenarioOf("duration: 4m\nmembers: 8\ntimeline: [{ at: 5s, churn: { members: [m3, m4], up: 40s, down: 30s, by: crash }, for: 3m, incarnation: kept }]\n"));
    expect(struck.map(({ second, kind, members }) => `${second} ${kind} ${members.join(" ")}`)).toEqual([
      "5 churn m3 m4", "45 crash m3", "45 crash m4", "75 restart m3", "75 restart m4", "115 crash m3", "115 crash m4", "145 restart m3", "145 restart m4",
    ]);
    expect(result.crashes.filter(({ firstDetection }) => "seconds" in firstDetection)).toHaveLength(4);
  });
});

describe("goes through those who are there", () => {
  const group = "duration: 70s\nmembers: [{ count: 10, name: m }, { count: 90, name: late, present: no }]\ntimeline:\n";
  const churn = "  - { at: 5s, churn: { rate: 600/h, down: 1s }, for: 60s }\n";
  const going = (text: string): readonly (readonly [second: number, member: string])[] => Array.from({ length: 10 }, (_, run) => turnsOf(scenarioOf(text), run)).flat()
    .flatMap(({ at, action }) => (action.kind === "crash" && action.members.kind === "names" ? [[at / 1e6, action.members.names[0] ?? ""] as const] : []));

  test("at its whole rate, however many wait to join: 100 in 10 minutes, all of them of the ten", () => {
    const gone = going(group + churn);
    const [low, high] = poissonInterval(gone.filter(([, member]) => member.startsWith("m")).length, 1);
    expect(low).toBeLessThan(100);
    expect(high).toBeGreaterThan(100);
    expect(gone.filter(([, member]) => member.startsWith("late"))).toEqual([]);
  });

  test("and of those who come, each from when it comes: by name, by lot, in another's place, or by churn", () => {
    const joins = ["{ at: 20s, join: { count: 9, name: [late01, late02, late03, late04, late05, late06, late07, late08, late09, late10] } }", "{ at: 20s, join: 30 }",
      "{ at: 20s, churn: { rate: 3600/h, by: join }, for: 20s }", "{ at: 19s, crash: m01 }\n  - { at: 20s, replace: { members: m01, by: late07 } }"];
    for (const join of joins) {
      const late = going(`${group}${churn}  - ${join}\n`).filter(([, member]) => member.startsWith("late"));
      expect(late.length, join).toBeGreaterThan(1);
      expect(Math.min(...late.map(([second]) => second)), join).toBeGreaterThan(20);
    }
  });

  test("nobody is struck who is not there, and the line that begins it names whom it was drawn for", () => {
    const { struck } = tellRun(scenarioOf(`${group}${churn.replace("{ rate", "{ members: 8, rate")}  - { at: 20s, join: { count: 3, name: [late01, late02, late03, late04, late05, late06] } }\n`));
    const [begins, ...rest] = struck;
    const churned = rest.filter(({ kind }) => kind === "crash").flatMap(({ members }) => members);
    expect(begins?.members.filter((member) => /^(m\d\d|late0[1-6])$/.test(member))).toHaveLength(8);
    expect(rest.filter(({ members }) => members.length === 0)).toEqual([]);
    expect(begins?.members).toEqual(expect.arrayContaining(churned));
  });

  test("a session begins when its member comes", () => {
    const text = "duration: 40s\nmembers: [{ count: 2, name: m }, { name: late, present: no }]\ntimeline:\n  - { at: 5s, churn: { up: 10s, down: 100s } }\n  - { at: 20s, join: late }\n";
    expect(turnsOf(scenarioOf(text), 0).filter(({ action }) => action.kind === "crash").map(({ at }) => at / 1e6)).toEqual([15, 15, 30]);
  });
});

describe("recorded", () => {
  const text = "duration: 1m\nmembers: [{ count: 3, name: m }, { name: late, present: no }]\ntimeline: [{ at: 10s, churn: { file: there.csv } }]\n";

  test("line by line, from a file beside the scenario", () => {
    const scenario = scenarioOf(text, [], { "there.csv": "# seconds, or lengths\nat,member,what\n2.5,m1,crash\n4s,late,join\n\n20,m1,restart\n" });
    expect(tellRun(scenario).struck.map(({ second, kind, members }) => `${second} ${kind} ${members.join(" ")}`)).toEqual(["12.5 crash m1", "14 join late", "30 restart m1"]);
  });
});
