/** The lock on a folder: who holds it, and whose is left behind. */

import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LOCK, lock } from "../../sim/cli/out/lock.ts";
import { passingFolder } from "./command.ts";

const folder = passingFolder();
const aFolder = (): string => mkdtempSync(join(folder, "out-"));

test("held by this process it is refused, until it is unlocked", () => {
  const out = aFolder();
  const unlock = lock(out);
  expect(() => lock(out)).toThrow(`is in use by process ${process.pid}: wait for it`);
  unlock();
  expect(existsSync(join(out, LOCK))).toBe(false);
  lock(out)();
});

test("a predecessor's of this process's number, as in a container that was started again, is in nobody's way", () => {
  const out = aFolder();
  writeFileSync(join(out, LOCK), `${process.pid} ${hostname()}\n`);
  const unlock = lock(out);
  expect(existsSync(join(out, LOCK))).toBe(true);
  unlock();
});
