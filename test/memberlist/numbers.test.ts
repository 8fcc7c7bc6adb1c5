/** Each of memberlist's and Serf's rules, 1 to 68, is the beginning of exactly one test's name, so that none is forgotten and each is found. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const folder = join(import.meta.dirname, "..");

/** Every file with tests, but this one. */
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".test.ts") && !file.endsWith("numbers.test.ts"));

/** `test("rule 7: …", …)`, or the name after a table. */
const NAME = /\(\s*["'`]rule (\d+)\b: /g;

test("each rule has one test that begins with its number, and there are no other rules", () => {
  const numbers = files.flatMap((file) => [...readFileSync(join(folder, file), "utf8").matchAll(NAME)].map(([, number]) => Number(number)));
  expect(numbers.toSorted((one, other) => one - other)).toEqual(Array.from({ length: 68 }, (_, index) => index + 1));
});
