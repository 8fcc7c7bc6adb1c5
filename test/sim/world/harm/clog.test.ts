/** Clogs: how much waits, how much is lost for want of room, and when there is room again. */

import { expect, test } from "vitest";
import { Fates } from "../../../../sim/measure/fates.ts";
import { Clogs } from "../../../../sim/world/harm/clog.ts";

test("what has gone on takes no room any more", () => {
  const fates = new Fates();
  let isShut = true;
  const clogs = new Clogs(() => (isShut ? { capacity: 100 } : null), fates);
  const through: string[] = [];
  const send = (name: string): void => void clogs.takesDatagram(0, 1, 60, () => through.push(name));
  send("first");
  send("no room");
  isShut = false;
  clogs.release();
  isShut = true;
  send("second");
  send("no room either");
  isShut = false;
  clogs.release();
  expect([through, clogs.datagrams, fates.results(0).lost.clog]).toEqual([["first", "second"], 0, 2]);
});
