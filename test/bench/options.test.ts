/** What may be asked of `npm run bench`: of what may not, a sentence. */

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const bench = (...args: readonly string[]): { readonly status: number | null; readonly stderr: string; readonly stdout: string } =>
  spawnSync("node", ["--import", "tsx", "bench/main.ts", ...args], { cwd: fileURLToPath(new URL("../..", import.meta.url)), encoding: "utf8" });

test.each([
  ["an option that there is not", ["--chek"], "Unknown option '--chek': --help lists those there are\n"],
  ["an option without its value", ["--only"], "Option '--only <value>' argument missing: --help lists those there are\n"],
])("%s", (_, args, stderr) => {
  expect(bench(...args)).toMatchObject({ status: 64, stdout: "", stderr });
});
