/** Whoever has but an editor that shows what stands above a name: nothing that the doors of the adapter let out is without a word. */

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const room = fileURLToPath(new URL("../../adapter", import.meta.url));

type Door = { readonly file: string; /** Null: all types in it. */ readonly names: readonly string[] | null };

function doorsOf(index: string): readonly Door[] {
  const text = readFileSync(join(room, index), "utf8");
  const file = (path: string | undefined): string => join(room, dirname(index), path ?? "");
  const named = Array.from(text.matchAll(/^export (?:type )?\{ ([^}]+) \} from "([^"]+)";/gm), ([, names = "", path]) => ({ file: file(path), names: names.split(", ").map((name) => name.replace(/^type /, "")) }));
  const whole = Array.from(text.matchAll(/^export type \* from "([^"]+)";/gm), ([, path]) => ({ file: file(path), names: null }));
  return [...named, ...whole];
}

const isTold = (lines: readonly string[], at: number): boolean => lines[at - 1]?.trimEnd().endsWith("*/") === true;

/** What is exported without a docstring, and, of objects, which fields are. */
function untold({ file, names }: Door): readonly string[] {
  const lines = readFileSync(file, "utf8").split("\n");
  const found: string[] = [];
  const missing: string[] = [];
  for (const [at, line] of lines.entries()) {
    const [, what, name = ""] = /^export (?:async )?(type|class|function|const) (\w+)/.exec(line) ?? [];
    if (what === undefined || (names === null ? what !== "type" : !names.includes(name))) continue;
    found.push(name);
    if (!isTold(lines, at)) missing.push(name);
    if (what !== "type" || !line.endsWith("{")) continue;
    for (let field = at + 1; lines[field] !== "};" && field < lines.length; field++) {
      const [, key] = /^ {2}readonly (\w+)/.exec(lines[field] ?? "") ?? [];
      if (key !== undefined && !isTold(lines, field)) missing.push(`${name}.${key}`);
    }
  }
  expect(names === null ? found.length : found.toSorted(), file).toEqual(names === null ? expect.any(Number) : names.toSorted());
  return missing;
}

test.each(["index.ts", "metrics/index.ts"])("every name that %s exports, and every field of it, has a docstring", (index) => {
  const doors = doorsOf(index);
  expect(doors.length).toBe(readFileSync(join(room, index), "utf8").match(/^export /gm)?.length);
  expect(doors.flatMap(untold)).toEqual([]);
});
