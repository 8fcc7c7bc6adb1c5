/** The lock on a folder: who holds it, and whose is left behind. */

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { LOCK, lock } from "../../sim/cli/out/lock.ts";
import { mortal } from "../mortal.ts";
import { outcomeOf, passingFolder } from "./command.ts";

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

test("an empty one, which a process left that was killed while it made it, is in nobody's way", () => {
  const out = aFolder();
  writeFileSync(join(out, LOCK), "");
  lock(out)();
  expect(readdirSync(out)).toEqual([]);
});

test.for([["free", null], ["left locked by a dead process", `99999999 ${hostname()}\n`]] as const)("of two processes that come at the same moment to a folder that is %s, one gets it", async ([, left]) => {
  const rounds = Array.from({ length: 100 }, () => aFolder());
  if (left !== null) for (const out of rounds) writeFileSync(join(out, LOCK), left);
  const [one, other] = await Promise.all([0, 1].map((racer) => race(racer, rounds)));
  expect(rounds.map((_, i) => Number(one?.[i]) + Number(other?.[i]))).toEqual(rounds.map(() => 1));
});

async function race(racer: number, folders: readonly string[]): Promise<string> {
  const program = fileURLToPath(new URL("lock-racer.ts", import.meta.url));
  const { code, stdout, stderr } = await outcomeOf(mortal(spawn(process.execPath, ["--import", "tsx", program, `${racer}`, "2", ...folders], { stdio: ["ignore", "pipe", "pipe"] })));
  expect([code, stderr]).toEqual([0, ""]);
  return stdout;
}
