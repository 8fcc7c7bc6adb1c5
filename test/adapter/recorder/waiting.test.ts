/** The recorder's leftovers: bytes that a slow disk has not taken, the rest of a failed write, and what is to be done before the process ends. */

import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { flightRecorder } from "../../../adapter/index.ts";
import { Ring } from "../../../adapter/recorder/ring.ts";
import { quiet } from "../../trace/scenarios.ts";
import { passingFolder } from "./files.ts";
import { live, lifeOf } from "./life-of.ts";

const folder = passingFolder();

test("eight mebibytes may wait for the disk; beyond that all is lost but what is being written, and that is told", async () => {
  const file = join(folder, "slow");
  const lost: number[] = [];
  const ring = new Ring(file, 1, { written: () => {}, lost: (portions) => void lost.push(portions.reduce((sum, { lines }) => sum + lines, 0)) });
  const piece = new Uint8Array(2 ** 20);
  // All before the disk has had a turn: eight fit, and with the ninth there is too much.
  for (let line = 0; line < 8; line++) ring.add(piece, 1);
  expect(lost).toEqual([]);
  ring.add(piece, 1);
  expect(lost).toEqual([8]);
  await ring.close();
  expect(readFileSync(file)).toHaveLength(piece.length);
});

test("what a failed write left behind the end is not in the file when it is closed", async () => {
  const file = join(folder, "rest");
  const ring = new Ring(file, 1, { written: () => {}, lost: () => {} });
  ring.add(Buffer.from("whole"), 1);
  await ring.settled();
  appendFileSync(file, " and hal");
  await ring.close();
  expect(readFileSync(file, "utf8")).toBe("whole");
});

test("a recorder that is closed has nothing left to do before the process ends", async () => {
  const life = lifeOf("m01", quiet(4, 20));
  const before = process.listenerCount("exit");
  const recorder = flightRecorder({ file: join(folder, "closed") });
  recorder.born(life.at, life.who, life.first);
  live(life, life.first, 0, 10, recorder);
  await recorder.close();
  expect(process.listenerCount("exit")).toBe(before);
});
