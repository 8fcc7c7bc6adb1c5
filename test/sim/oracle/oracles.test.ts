/** The oracles: each can be broken, none is by a sound engine, and watching changes nothing. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { oracleOf, oracles, playJudged } from "../../../sim/oracle/index.ts";
import { playRun } from "../../../sim/run.ts";
import { canaries, quiet } from "./canaries.ts";

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
