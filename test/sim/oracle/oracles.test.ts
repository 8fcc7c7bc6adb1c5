/** The oracles: each can be broken, none is by a sound engine, and watching changes nothing. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { micros } from "../../../engine/index.ts";
import type { Ticking } from "../../../sim/scenario/model.ts";
import { oracleOf, oracles, playJudged } from "../../../sim/oracle/index.ts";
import { playRun } from "../../../sim/run.ts";
import { canaries, quiet } from "./canaries.ts";

/** A clock that runs so much faster than true time, in parts per million. */
const ticking = (rate: number): Ticking => ({ rate: [rate, rate], offset: [micros(0), micros(0)] });

test("the page that explains them has the same ones, in the same order", () => {
  const page = readFileSync(new URL("../../../docs/invariants.md", import.meta.url), "utf8");
  const rows = Array.from(page.matchAll(/^\| `([a-z-]+)` \| (always|eventually|sometimes) \| (.+) \|$/gm), ([, name, kind, says]) => ({ name, kind, says }));
  expect(rows).toEqual(oracles.map(({ name, kind, says }) => ({ name, kind, says })));
});

describe("each can be broken", () => {
  test("there is a canary for each of them", () => {
    expect(canaries.map(({ oracle }) => oracle).toSorted()).toEqual(oracles.filter(({ kind }) => kind !== "sometimes").map(({ name }) => name).toSorted());
  });

  test.each(canaries)("$oracle: $because", ({ oracle, scenario, rule }) => {
    const watched = oracleOf(oracle)!;
    const sound = playJudged(scenario, 0, [watched]).findings.get(oracle)!;
    expect(sound.breach, "a sound engine does not break it").toBeNull();
    const broken = playJudged(scenario, 0, [watched], { rule }).findings.get(oracle)!;
    expect(broken.breach).not.toBeNull();
    expect(broken.breach?.why).not.toMatch(/undefined|NaN/);
  });

  // Their bounds are lengths, and longer where clocks are slow: still there is an end to each.
  test.each(canaries.filter(({ oracle }) => ["completeness", "false-death", "agreement"].includes(oracle)))("$oracle, where one clock is slow and another fast", ({ oracle, scenario, rule }) => {
    const clocked = { ...scenario, members: scenario.members.map((place, number) => ({ ...place, clock: ticking([-200_000, 0, 100_000][number] ?? 0) })) };
    const [sound, broken] = [{}, { rule }].map((manner) => playJudged(clocked, 0, [oracleOf(oracle)!], manner).findings.get(oracle)!);
    expect(sound?.breach).toBeNull();
    expect(sound?.tested).toBeGreaterThan(0);
    expect(broken?.breach?.why).toMatch(/./);
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
