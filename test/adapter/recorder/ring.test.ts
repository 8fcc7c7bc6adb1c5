/** The ring of files by itself: what becomes of it when a file can't be opened, and when the process ends in the midst of a turn. */

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setImmediate as passing } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { Ring } from "../../../adapter/recorder/ring.ts";
import { mortal } from "../../mortal.ts";
import { installed, passedOver } from "../program.ts";
import { passingFolder } from "./files.ts";

const folder = passingFolder();
const house = fileURLToPath(new URL("../../..", import.meta.url));
const deaf = { written: () => {}, lost: () => {} };

/** What its files hold, the youngest first. */
const ringAt = (file: string): readonly string[] => [file, ...[1, 2, 3].map((age) => `${file}.${age}`)].filter((name) => existsSync(name)).map((name) => readFileSync(name, "utf8"));

test("a name that is free is filled before the oldest file is overwritten", () => {
  const file = join(folder, "gap");
  for (const [name, text] of [[file, "c"], [`${file}.2`, "b"], [`${file}.3`, "a"]] as const) writeFileSync(name, text);
  const ring = new Ring(file, 4, deaf);
  expect(ringAt(file)).toEqual(["", "c", "b", "a"]);
  return ring.close();
});

// What is under way when the process ends differs: the disk may be in the midst of any part of a write or a turn.
test.each(Array.from({ length: 12 }, (_, turns) => turns))("a process that ends after %i turns of its loop leaves all that was added, each word in its file", async (turns) => {
  const place = join(folder, `ends-${turns}`);
  mkdirSync(place);
  const file = join(place, "a");
  writeFileSync(file, "former");
  const ring = new Ring(file, 4, deaf);
  for (const word of ["one", "two", "three"]) {
    ring.add(Buffer.from(word), 1);
    ring.add(Buffer.from("."), 0);
    if (word !== "three") ring.turn();
  }
  for (let turn = 0; turn < turns; turn++) await passing();
  ring.finish();
  expect(ringAt(file)).toEqual(["three.", "two.", "one.", "former"]);
});

const prlimit = installed("prlimit");
const isPassedOver = passedOver(prlimit, "no prlimit(1) on this machine: a process without descriptors is not tested (apt-get install util-linux)");

test.skipIf(isPassedOver)("while no file can be opened the ring stays as it is, and goes on when one can", async () => {
  const file = join(folder, "turner");
  const child = mortal(spawn(process.execPath, ["--import", "tsx", "test/adapter/recorder/turner.ts", file], { cwd: house, stdio: ["ignore", "pipe", "inherit"] }));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const untilSaid = async (isMeant: (said: { readonly written: number; readonly lost: number }) => boolean): Promise<void> => {
    for (let line = await lines.next(); line.done !== true; line = await lines.next()) if (isMeant(JSON.parse(line.value))) return;
    throw new Error("it ended before");
  };
  const limit = (descriptors: string): void => void execFileSync(prlimit ?? "prlimit", ["--pid", String(child.pid), `--nofile=${descriptors}:`]);
  await untilSaid(({ written }) => written >= 8);
  limit("3");
  await untilSaid(({ lost }) => lost >= 8);
  const [youngest = "", ...older] = ringAt(file);
  expect([youngest, ...older]).toEqual([0, 1, 2].map((before) => `${Number(youngest) - before}\n`));
  limit("256");
  let last = 0;
  await untilSaid(({ written, lost }) => {
    last = written + lost;
    return written > Number(youngest) + 8;
  });
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(ringAt(file).every((word) => word === "" || Number(word) > last - 8)).toBe(true);
}, 60_000);
