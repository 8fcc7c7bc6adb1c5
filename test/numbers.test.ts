/**
 * Each of memberlist's and Serf's rules, 1 to 68, and each of Gossipod's shortcomings, 1 to 17, is the beginning of exactly one test's name, so that none is
 * forgotten and each is found. Counted are the tests that run: Vitest itself is asked which, and it names none that is skipped, left for later or commented out.
 */

import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { beforeAll, expect, test } from "vitest";

const folder = import.meta.dirname;
const root = join(folder, "..");

/** The files that speak of a number somewhere: the rest need not be opened by Vitest. */
const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".test.ts") && file !== relative(folder, import.meta.filename))
  .filter((file) => /\b(?:rule|Gossipod) \d+: /.test(readFileSync(join(folder, file), "utf8")))
  .map((file) => join("test", file));

/** What each test that runs is called, without the groups that it stands in. */
let names: readonly string[] = [];

beforeAll(() => {
  // A run of its own: it is to know nothing of the one that asks. (What follows `--json` would be the file to write to.)
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("VITEST")));
  const { stdout, stderr } = spawnSync(process.execPath, [join(root, "node_modules/vitest/vitest.mjs"), "list", ...files, "--json"], { cwd: root, env, encoding: "utf8", maxBuffer: 1e8 });
  const start = stdout.indexOf("[");
  if (start < 0) throw new Error(`Vitest listed nothing: ${stderr}`);
  const listed = JSON.parse(stdout.slice(start)) as readonly { readonly name: string }[];
  names = listed.map(({ name }) => name.split(" > ").at(-1) ?? name);
}, 240_000);

test.each([["rule", 68], ["Gossipod", 17]] as const)("each %s, 1 to %i, has one test that runs and begins with its number, and there are no others", (word, last) => {
  const numbers = names.flatMap((name) => new RegExp(`^${word} (\\d+): `).exec(name)?.[1] ?? []).map(Number);
  expect(numbers.toSorted((one, other) => one - other)).toEqual(Array.from({ length: last }, (_, index) => index + 1));
});
