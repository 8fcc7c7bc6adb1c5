/** What an agent has in memory: a member and what shows it, and nothing of the simulator that the same package holds. */

import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** All files that these import, and those theirs, as long as it is not put off with `import()`; and the packages. */
function loadedBy(...entries: readonly string[]): ReadonlySet<string> {
  const loaded = new Set<string>(entries);
  for (const file of loaded) {
    if (!file.endsWith(".ts")) continue;
    const text = readFileSync(join(root, file), "utf8");
    for (const [, kind, from = ""] of text.matchAll(/^(?:import|export)( type)? (?:[^;"]*? from )?"([^"]+)";$/gm)) {
      if (kind === undefined) loaded.add(from.startsWith(".") ? relative(root, join(root, dirname(file), from)) : from);
    }
  }
  return loaded;
}

test("an agent loads none of the simulator but its language and its manners", () => {
  const loaded = loadedBy("bin/swimlab.ts", "bin/agent.ts", "bin/agent/command.ts");
  expect(loaded).toContain("adapter/agent/agent.ts");
  const strangers = [...loaded].filter((file) => /^(?:bin\/udp|bin\/extras|adapter\/capture|sim\/(?!scenario\/|cli\/)|sim\/scenario\/(?:index|compile)|sim\/cli\/(?!program\/)[^/]+\/|sim\/cli\/index)/.test(file));
  expect(strangers).toEqual([]);
  for (const heavy of ["seedrandom", "cli-progress", "vite", "node:worker_threads"]) expect(loaded).not.toContain(heavy);
});

test("an application's member brings no package but the one that packs", () => {
  const packages = [...loadedBy("adapter/index.ts")].filter((name) => !name.endsWith(".ts") && !name.startsWith("node:"));
  expect(packages.toSorted()).toEqual(["msgpackr/pack", "msgpackr/unpack"]);
});
