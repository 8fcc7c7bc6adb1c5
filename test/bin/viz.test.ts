/** `npm run viz` as it is typed: what it says before it serves anything. What it serves is tested in `test/viz`. */

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const typed = (...words: readonly string[]): { readonly code: number | null; readonly out: string; readonly err: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "viz/serve/main.ts", ...words], { cwd: root, encoding: "utf8" });
  return { code: status, out: stdout, err: stderr };
};

test.for(["--help", "-h"])("%s says how it is used, with examples, and serves nothing", (option) => {
  const { code, out, err } = typed(option);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(/^Usage: npm run viz/);
  expect(out).toContain("npm run viz -- out/crash");
});

test.for<readonly [number, string, readonly string[]]>([
  [64, "unknown option --zzz: see --help\n", ["--zzz"]],
  [66, "nowhere.trace", ["nowhere.trace"]],
])("%i: %s", ([code, message, words]) => {
  const said = typed(...words);
  expect({ code: said.code, out: said.out }).toEqual({ code, out: "" });
  expect(said.err).toContain(message);
});
