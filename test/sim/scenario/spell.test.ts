/** Spelling: what was compiled can be written again, and compiles to the very same. */

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { compileScenario, scenarioHash } from "../../../sim/scenario/index.ts";
import { spelt } from "../../../sim/scenario/spell.ts";
import { scenarioText } from "../../../sim/scenario/write.ts";

const folder = new URL("../../../scenarios/", import.meta.url);
const scenarios = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".yaml")).flatMap((name) => {
  const compiled = compileScenario(readFileSync(new URL(name, folder), "utf8"), { file: name, read: (path) => readFileSync(new URL(path, folder), "utf8") });
  // Spelt out, a group of a hundred thousand would be a file of megabytes, which nobody reads.
  return compiled.ok && compiled.scenario.members.length <= 20_000 ? [{ name, scenario: compiled.scenario, written: spelt(compiled.scenario) }] : [];
});

test("most shipped scenarios can be spelt out; those whose lines end by themselves can not", () => {
  expect(scenarios.filter(({ written }) => written !== undefined).length).toBeGreaterThan(4);
  for (const { scenario, written } of scenarios) {
    const isLineByLine = scenario.timeline.every(({ action }) => !(action.kind === "heal" && action.of !== null) && !JSON.stringify(action).includes('"same","as"'));
    expect(written !== undefined, scenario.name).toBe(isLineByLine);
  }
});

test.each(scenarios.filter(({ written }) => written !== undefined))("$name compiles to the same from what is spelt", ({ scenario, written }) => {
  // The lines of an entry with `every` become entries, so what speaks of entries by number would speak of others.
  const lines = scenario.timeline.map((disruption) => ({ ...disruption, entry: 0 }));
  const again = compileScenario(scenarioText({ ...written!, expect: [] }), { file: "x.yaml" });
  if (!again.ok) throw new Error(JSON.stringify(again.errors));
  const plain = { ...scenario, timeline: lines, expectations: [] };
  expect(scenarioHash({ ...again.scenario, timeline: again.scenario.timeline.map((disruption) => ({ ...disruption, entry: 0 })) })).toBe(scenarioHash(plain));
});
