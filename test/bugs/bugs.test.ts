/** The bug base: what was mended stays mended, and what is known is still the case. */

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { oracleOf } from "../../sim/oracle/index.ts";
import { compileScenario } from "../../sim/scenario/index.ts";
import { playWorld } from "../../sim/swarm/play.ts";

const folder = new URL(".", import.meta.url);
const bugs = readdirSync(folder).filter((name) => name.endsWith(".yaml")).map((name) => {
  const text = readFileSync(new URL(name, folder), "utf8");
  const [, oracle = "", status = ""] = /^# oracle: ([a-z-]+)\. status: (known|mended)\.$/m.exec(text) ?? [];
  return { name, text, oracle, status };
});

describe("every bug", () => {
  test.each(bugs)("$name says where it came from, what it broke, and is a scenario that expects that oracle", ({ name, text, oracle }) => {
    expect(text).toMatch(/^# Found by .+ at commit [0-9a-f]{7,}/);
    const compiled = compileScenario(text, { file: name });
    expect(compiled.ok && compiled.scenario.expectations.map(({ text: line }) => line)).toEqual([oracle]);
  });

  test.each(bugs)("$name: $oracle, $status", ({ name, text, oracle, status }) => {
    const compiled = compileScenario(text, { file: name });
    const watched = oracleOf(oracle);
    if (!compiled.ok || watched === undefined) throw new Error(`${name} is no scenario, or breaks no oracle`);
    const { broken } = playWorld(compiled.scenario, { watched: [watched] });
    if (status === "mended") expect(broken).toBeNull();
    else expect(broken, "it is mended: change its status").not.toBeNull();
  });
});
