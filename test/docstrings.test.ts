/** Editors show what stands above a name: no name that the package's doors export is without a docstring. (Fields of the adapter's: adapter/docstrings.test.ts.) */

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The names that a door lets out without a docstring; doors that it opens in turn are followed. */
function unexplained(door: string): readonly string[] {
  const text = readFileSync(join(root, door), "utf8");
  return Array.from(text.matchAll(/^export (?:type )?(?:\{([^}]+)\}|\*) from "([^"]+)";/gm)).flatMap(([, listed, path = ""]) => {
    const file = join(dirname(door), path);
    if (file.endsWith("/index.ts")) return unexplained(file);
    const names = listed?.split(",").map((name) => name.trim().replace(/^type /, "").replace(/ as .*/, ""));
    const lines = readFileSync(join(root, file), "utf8").split("\n");
    return lines.flatMap((line, at) => {
      const [, name] = /^export (?:async )?(?:type|class|function\*?|const) (\w+)/.exec(line) ?? [];
      return name !== undefined && (names === undefined || names.includes(name)) && lines[at - 1]?.trimEnd().endsWith("*/") !== true ? [`${file} ${name}`] : [];
    });
  });
}

test.each(["engine", "sim", "trace"])("every name that the door of %s exports has a docstring", (door) => expect(unexplained(`${door}/index.ts`)).toEqual([]));
