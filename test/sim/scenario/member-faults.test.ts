/** The language of members' faults: what it means, what is refused and in which words, and that it is spelt so that it means the same. */

import { describe, expect, test } from "vitest";
import { compileScenario, describeError, scenarioHash } from "../../../sim/scenario/index.ts";
import { spelt } from "../../../sim/scenario/spell.ts";
import { scenarioText } from "../../../sim/scenario/write.ts";
import { errorsIn, scenarioOf } from "./builders.ts";

const cast = "duration: 5m\nmembers: [{ count: 4, name: a, tags: { rack: a } }, { count: 4, name: b, tags: { rack: b } }, { count: 2, name: late, present: no }]\n";

const lines = [
  "slow: { members: a1, takes: { weibull: { scale: 20ms, shape: 0.7 } }, alarms: in-turn }",
  "clock: { members: 50%, rate: [-100ppm, 2%], step: 1m, wall: -1h }",
  "clock: { members: all, rate: usual }",
  "churn: { members: { tag: rack=a }, rate: 6/h, per: member, down: { exponential: { mean: 5s } } }, for: 1m, incarnation: kept, view: kept",
  "churn: { up: { empirical: [[0%, 10s], [100%, 5m]] }, down: 20s, by: leave }",
  "churn: { members: all, rate: 0.5/m, by: join }",
  "replace: { members: a1, by: late1 }",
  "restart: a1, view: kept",
  "crash: { domain: rack, domains: 2, fraction: 50% }",
];

test.for(lines)("means the same when it is spelt and read again: %s", (line) => {
  const scenario = scenarioOf(`${cast}timeline:\n  - { at: 10s, ${line} }\n`);
  const written = spelt(scenario);
  const again = compileScenario(scenarioText(written ?? {}), { file: "x.yaml" });
  if (!again.ok) throw new Error(again.errors.map(describeError).join("\n"));
  expect(scenarioHash(again.scenario)).toBe(scenarioHash(scenario));
});

test("clocks of members, receive buffers and how those catch up who stood still as well", () => {
  const network = "{ receiveBuffer: { bytes: 208KiB }, catchUp: 100us, catchUpAlarms: by-chance }";
  const scenario = scenarioOf(`duration: 1m\nmembers: [{ count: 3, clock: { rate: [-1%, 20ppm], offset: 1h } }]\nnetwork: ${network}\n`);
  expect(scenario.network).toMatchObject({ catchUp: 100, catchUpAlarms: "by-chance" });
  expect(scenario.members[0]?.clock).toEqual({ rate: [-10_000, 20], offset: [3_600e6, 3_600e6] });
  expect(scenario.network.receiveBuffer).toEqual({ packets: Infinity, bytes: 212_992 });
  const again = compileScenario(scenarioText(spelt(scenario) ?? {}), { file: "x.yaml" });
  expect(again.ok && scenarioHash(again.scenario)).toBe(scenarioHash(scenario));
});

test("what makes no sense is refused where it stands", () => {
  const text = `${cast}timeline:\n${[
    "slow: a1",
    "slow: { members: a1, takes: -3ms }",
    "clock: { members: a1 }",
    "clock: { members: a1, rate: 3 }",
    "clock: { members: a1, rate: -100% }",
    "clock: { members: a1, step: -3s }",
    "clock: { members: a1, step: 3s }, for: 5s",
    "crash: a1, view: kept",
    "pause: { domain: zone }",
    "pause: { domain: rack, domains: 3 }",
  ].map((line) => `  - { at: 10s, ${line} }`).join("\n")}\n`;
  expect(errorsIn(text)).toMatchInlineSnapshot(`
    [
      "4:22: timeline[0].slow: "a1" is not a mapping: write one with members, takes, alarms",
      "5:44: timeline[1].slow.takes: -3ms is impossible: a length is never negative",
      "6:23: timeline[2].clock: nothing happens to these clocks: write rate, step or wall",
      "7:44: timeline[3].clock.rate: 3 is not a rate of a clock: write one such as 2% for faster, or -200ppm for slower",
      "8:44: timeline[4].clock.rate: -100% is impossible: a clock runs at most 99% slower, and at most 900% faster",
      "9:44: timeline[5].clock.step: -3s is impossible: a length is never negative",
      "10:55: timeline[6].for: for works only with rate: a step is not undone",
      "11:33: timeline[7].view: nobody restarts here: view works only with restart, or with crash or leave and for",
      "12:33: timeline[8].pause.domain: nobody has the tag zone: choose one of rack",
      "13:48: timeline[9].pause.domains: this asks for 3 of rack, but there are 2",
    ]
  `);
});

test("churn that is none, or too much", () => {
  const text = `${cast}timeline:\n${[
    "churn: { members: all }",
    "churn: { rate: 5 }",
    "churn: { rate: 0/h }",
    "churn: { up: 10s }",
    "churn: { rate: 6/h, up: 10s, down: 3s }",
    "churn: { rate: 100000/s }",
    "churn: { up: 1ms, down: 1ms }",
    "churn: { rate: 6/h, by: join, down: 3s }",
    "churn: { rate: 6/h, down: 3s }, every: 10s, times: 2",
    "leave: a1, cascade: { every: 3m, times: 2, chance: 50% }",
  ].map((line) => `  - { at: 10s, ${line} }`).join("\n")}\n`;
  expect(errorsIn(text)).toMatchInlineSnapshot(`
    [
      "4:23: timeline[0].churn: nobody comes or goes here: write rate, or up and down, or file",
      "5:31: timeline[1].churn.rate: 5 is not a rate: write one such as 6/h or 0.5/s",
      "6:31: timeline[2].churn.rate: a rate of 0 is impossible: nothing would ever happen",
      "7:23: timeline[3].churn: sessions also need down: how long each member is away",
      "8:40: timeline[4].churn.up: rate and up can't be combined: write rate for Poisson, or up and down for sessions",
      "9:23: timeline[5].churn: these would be about 58,000,000 departures and returns, and 100,000 are the most",
      "10:23: timeline[6].churn: these would be about 2,900,000 departures and returns, and 100,000 are the most",
      "11:52: timeline[7].churn.down: members that join stay: write only rate",
      "12:55: timeline[8].every: churn goes on by itself: use for instead of every",
      "13:56: timeline[9].cascade.times: the last of these would not be before the end of the run, at 5m",
    ]
  `);
});

describe("a recorded churn", () => {
  const errorsOf = (csv: string | null, more = ""): readonly string[] => {
    const text = `${cast}timeline:\n  - { at: 10s, churn: { file: ../recorded/churn.csv }${more} }\n`;
    const compiled = compileScenario(text, { file: "scenarios/x.yaml", read: () => { if (csv === null) throw new Error("there is no such file"); return csv; } });
    return compiled.ok ? [] : compiled.errors.map(describeError);
  };

  test("is told of by its own lines and columns", () => {
    expect(errorsOf("at,member,what\n1,a1,crash\n2, a9, crash\n3,a2,explode\n\nsoon,a2,crash\n4,a3,join\n")).toMatchInlineSnapshot(`
      [
        "recorded/churn.csv:4:6: timeline[0].churn.events[2].what: "explode" is not known here: choose one of join, crash, leave, restart",
        "recorded/churn.csv:6:1: timeline[0].churn.events[3].at: "soon" is not a length: write one such as 200ms, 1.5s or 1m30s",
      ]
    `);
    expect(errorsOf("1,a1\n2,a1,crash,now\n")).toMatchInlineSnapshot(`
      [
        "recorded/churn.csv:1:1: there must be three columns: at, member, what, such as 12.5,m07,crash",
        "recorded/churn.csv:2:1: there must be three columns: at, member, what, such as 12.5,m07,crash",
      ]
    `);
    expect(errorsOf("# nothing\n")).toMatchInlineSnapshot(`
      [
        "recorded/churn.csv:1:1: timeline[0].churn.file: this file is empty: write lines such as 12.5,m07,crash",
      ]
    `);
    expect(errorsOf(null)).toMatchInlineSnapshot(`
      [
        "scenarios/x.yaml:4:31: timeline[0].churn.file: recorded/churn.csv can't be read: there is no such file",
      ]
    `);
    expect(errorsOf("400,a1,crash\n")).toMatchInlineSnapshot(`
      [
        "recorded/churn.csv:1:1: timeline[0].churn.events[0].at: this is not before the end of the run, at 5m: write for, and what comes later is left out",
      ]
    `);
  });

  test("is cut off where its entry says", () => {
    expect(errorsOf("400,a1,crash\n", ", for: 1m")).toEqual([]);
  });

  test("becomes part of the source, which needs no file any more", () => {
    const compiled = compileScenario(`${cast}timeline: [{ at: 10s, churn: { file: churn.csv } }]\n`, { file: "x.yaml", read: () => "1.5,a1,crash\n1m,a1,restart\n" });
    if (!compiled.ok) throw new Error(compiled.errors.map(describeError).join("\n"));
    const again = compileScenario(compiled.source, { file: "y.yaml" });
    expect(again.ok && scenarioHash(again.scenario)).toBe(scenarioHash(compiled.scenario));
  });
});
