/** The scenarios that come with swimlab, and the schema by which editors know them. */

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { compileScenario, describeError, scenarioHash, scenarioJsonSchema } from "../../../sim/scenario/index.ts";

const folder = new URL("../../../scenarios/", import.meta.url);
const textOf = (name: string): string => readFileSync(new URL(name, folder), "utf8");
const shippedIn = (room: string): readonly string[] =>
  readdirSync(new URL(room, folder)).filter((name) => name.endsWith(".yaml")).map((name) => `${room}${name}`);
const shipped = [...shippedIn(""), ...shippedIn("beyond/"), ...shippedIn("faults/")].toSorted();

test("there are some", () => {
  expect(shipped).toContain("partition.yaml");
  expect(shipped).toContain("beyond/lives.yaml");
  expect(shipped).toContain("faults/bursts.yaml");
  expect(shipped.length).toBeGreaterThanOrEqual(35);
});

test.for(shipped)("%s compiles, is called like its file, says what it shows, and expects something", (name) => {
  const compiled = compileScenario(textOf(name), { file: `scenarios/${name}`, read: (path) => textOf(path.replace("scenarios/", "")) });
  expect(compiled.ok ? [] : compiled.errors.map(describeError)).toEqual([]);
  if (!compiled.ok) return;
  expect(compiled.scenario.name).toBe(name.replace(/^(beyond|faults)\//, "").replace(".yaml", ""));
  expect(compiled.scenario.about).not.toBe("");
  expect(compiled.scenario.expectations).not.toEqual([]);
  expect(textOf(name)).toMatch(/^# yaml-language-server: \$schema=\.\.?\/scenario\.schema\.json\n#\n# What it shows: /);
});

test("no two are the same experiment", () => {
  const hashes = shipped.map((name) => {
    const compiled = compileScenario(textOf(name), { file: `scenarios/${name}`, read: (path) => textOf(path.replace("scenarios/", "")) });
    return compiled.ok ? scenarioHash(compiled.scenario) : name;
  });
  expect(new Set(hashes).size).toBe(shipped.length);
});

test("the schema on disk is the one that the code would write: `npm run schema`", () => {
  expect(textOf("scenario.schema.json")).toBe(`${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`);
});

test("every key in the schema is explained", () => {
  const unexplained: string[] = [];
  const visit = (schema: unknown, path: string): void => {
    if (typeof schema !== "object" || schema === null) return;
    for (const [key, value] of Object.entries(schema)) {
      if (key === "properties" && typeof value === "object" && value !== null) {
        for (const [name, property] of Object.entries(value)) if (!("description" in Object(property))) unexplained.push(`${path}/${name}`);
      }
      visit(value, `${path}/${key}`);
    }
  };
  visit(scenarioJsonSchema(), "");
  expect(unexplained).toEqual([]);
});

test("the example in scenarios/README.md compiles", () => {
  const [, example = ""] = /```yaml\n([^`]*)```/.exec(textOf("README.md")) ?? [];
  const compiled = compileScenario(example, { file: "scenarios/example.yaml", read: (path) => textOf(path.replace("scenarios/", "")) });
  expect(compiled.ok ? [] : compiled.errors.map(describeError)).toEqual([]);
});
