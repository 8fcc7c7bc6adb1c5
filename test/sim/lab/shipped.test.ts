/** The sweeps that come with swimlab, and the schema by which editors know them. */

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { planSweep } from "../../../sim/lab/plan.ts";
import { sweep } from "../../../sim/lab/schema.ts";
import { describeError, jsonSchemaOf } from "../../../sim/scenario/index.ts";

const house = fileURLToPath(new URL("../../../", import.meta.url));
const textOf = (path: string): string => readFileSync(house + path, "utf8");
const shipped = readdirSync(`${house}sweeps`).filter((name) => name.endsWith(".yaml"));

test.for(shipped)("%s makes cells, says what it asks, and is in the list", (name) => {
  const planned = planSweep(textOf(`sweeps/${name}`), { file: `sweeps/${name}`, read: textOf });
  expect(planned.ok ? [] : planned.errors.map(describeError)).toEqual([]);
  if (!planned.ok) return;
  expect(planned.sweep).toMatchObject({ name: name.replace(".yaml", ""), about: expect.stringMatching(/./) });
  expect(textOf("sweeps/README.md")).toContain(`| \`${planned.sweep.name}\` |`);
});

test("the example in sweeps/README.md makes cells", () => {
  const [, example = ""] = /```yaml\n([^`]*)```/.exec(textOf("sweeps/README.md")) ?? [];
  const planned = planSweep(example, { file: "sweeps/example.yaml", read: textOf });
  expect(planned.ok ? [] : planned.errors.map(describeError)).toEqual([]);
});

test("the schema on disk is the one that the code would write: `npm run schema`", () => {
  expect(textOf("sweeps/sweep.schema.json")).toBe(`${JSON.stringify(jsonSchemaOf(sweep, "A swimlab sweep"), null, 2)}\n`);
});
