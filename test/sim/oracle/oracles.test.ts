/** The oracles: each can be broken, none is by a sound engine, and watching changes nothing. */

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { micros } from "../../../engine/index.ts";
import { compileScenario } from "../../../sim/scenario/compile/compile.ts";
import type { Scenario, Ticking } from "../../../sim/scenario/model.ts";
import { oracleOf, oracles, playJudged, type Finding, type Oracle } from "../../../sim/oracle/index.ts";
import { playRun } from "../../../sim/run.ts";
import { canaries, quiet, type Canary } from "./canaries.ts";

const room = new URL("../../../sim/oracle/", import.meta.url);

/** A clock that runs so much faster than true time, in parts per million. */
const ticking = (rate: number): Ticking => ({ rate: [rate, rate], offset: [micros(0), micros(0)] });

/** Plays a canary's world with what is wrong in it. Answers with what its oracle found, and where in its source it said so: `always/farewell.ts:38`. */
function playBroken({ oracle, scenario, rule, birth }: Canary, world = scenario): { readonly found: Finding; readonly saidAt: string } {
  let saidAt = "";
  const { watch, ...rest } = oracleOf(oracle)!;
  const overheard: Oracle = {
    ...rest,
    watch(docket) {
      const watcher = watch({
        ...docket,
        broken(at, who, why) {
          // The caller of this function: the second line below the message.
          saidAt ||= /\w+\/\w+\.ts:\d+/.exec(new Error().stack?.split("\n")[2] ?? "")?.[0] ?? "nowhere";
          docket.broken(at, who, why);
        },
      });
      return birth === undefined ? watcher : { ...watcher, born: (at, who, newborn) => watcher.born?.(at, who, birth(newborn)) };
    },
  };
  const found = playJudged(world, 0, [overheard], rule === undefined ? {} : { rule }).findings.get(oracle)!;
  return { found, saidAt };
}

test("the page that explains them has the same ones, in the same order", () => {
  const page = readFileSync(new URL("../../../docs/invariants.md", import.meta.url), "utf8");
  const rows = Array.from(page.matchAll(/^\| `([a-z-]+)` \| (always|eventually|sometimes) \| (.+) \|$/gm), ([, name, kind, says]) => ({ name, kind, says }));
  expect(rows).toEqual(oracles.map(({ name, kind, says }) => ({ name, kind, says })));
});

describe("each can be broken", () => {
  test.each(canaries)("$oracle: $because", (canary) => {
    const sound = playJudged(canary.scenario, 0, [oracleOf(canary.oracle)!]).findings.get(canary.oracle)!;
    expect(sound.breach, "a sound engine does not break it").toBeNull();
    const { found } = playBroken(canary);
    expect(found.breach?.why).toMatch(canary.why);
    expect(found.breach?.why).not.toMatch(/undefined|NaN/);
  });

  test("in each way in which its source says so, and there is no other", () => {
    const ways = ["always", "eventually"].flatMap((kind) => readdirSync(new URL(kind, room)).flatMap((file) =>
      readFileSync(new URL(`${kind}/${file}`, room), "utf8").split("\n").flatMap((line, k) => (/\bbroken\(/.test(line) ? [`${kind}/${file}:${k + 1}`] : []))));
    expect([...new Set(canaries.map((canary) => playBroken(canary).saidAt))].toSorted()).toEqual(ways.toSorted());
  });

  // Their bounds are lengths, and longer where clocks are slow: still there is an end to each.
  test.each(canaries.filter(({ oracle }) => ["completeness", "false-death", "agreement"].includes(oracle)))("$oracle, where one clock is slow and another fast: $because", (canary) => {
    const { oracle, scenario } = canary;
    const clocked = { ...scenario, members: scenario.members.map((place, number) => ({ ...place, clock: ticking([-200_000, 0, 100_000][number] ?? 0) })) };
    const sound = playJudged(clocked, 0, [oracleOf(oracle)!]).findings.get(oracle)!;
    expect(sound.breach).toBeNull();
    expect(sound.tested).toBeGreaterThan(0);
    expect(playBroken(canary, clocked).found.breach?.why).toMatch(canary.why);
  });

  test("where nothing happens, nothing was seen", () => {
    const { findings } = playJudged(quiet, 0, oracles.filter(({ kind }) => kind === "sometimes"));
    expect([...findings].filter(([, { tested }]) => tested > 0)).toEqual([]);
  });
});

test("watching changes nothing", () => {
  for (const { scenario } of canaries) {
    expect(playJudged(scenario, 0, oracles).result).toEqual(playRun(scenario, 0));
  }
});

test("who is watched by oracles is recorded as who is not: all that happens, and who is parted from whom", () => {
  const compiled = compileScenario("{ members: 4, duration: 20s, timeline: [{ at: 2s, partition: [[m1], rest], for: 3s }], expect: [agreement] }", { file: "parted.yaml" });
  if (!compiled.ok) throw new Error("a scenario");
  const told = (scenario: Scenario): readonly unknown[] => {
    const calls: unknown[] = [];
    playRun(scenario, 0, {
      born: (...call) => calls.push(call),
      stepped: (...call) => calls.push(call),
      disrupted: (...call) => calls.push(call),
    });
    return calls;
  };
  const unwatched = told({ ...compiled.scenario, expectations: [] });
  expect(unwatched).toContainEqual([2_000_000, "partition", ["m1", "m2", "m3", "m4"], { kind: "began", fault: 0, sides: [["m1"], ["m2", "m3", "m4"]], bothWays: true }]);
  expect(told(compiled.scenario)).toEqual(unwatched);
});
