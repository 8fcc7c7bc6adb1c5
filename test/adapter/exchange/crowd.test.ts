/** What a crowd of callers may hold together: what was answered, and what who hung up had said, is held no more. */

import { expect, test } from "vitest";
import { address } from "../../../engine/index.ts";
import type { Connection } from "../../../adapter/index.ts";
import { crowdOf, type Crowd, type Guest } from "../../../adapter/exchange/crowd.ts";

const connection: Connection = { peer: address("10.0.0.1:1"), write: () => Promise.resolve(), end: () => {}, destroy: () => {}, async *[Symbol.asyncIterator]() {} };

/** Each may say 10,000 bytes, and all together four times as much. Nobody's deadline comes. */
const aCrowd = (): Crowd => crowdOf({ deadline: 1, longest: 10_000, most: 128 }, () => () => {});

/** One more caller, who is gone as soon as it is cut off. */
function enters(crowd: Crowd): Guest {
  const guest = crowd.enter(connection);
  if (guest === undefined) throw new Error("there is no room");
  guest.stream.signal.addEventListener("abort", guest.leave);
  return guest;
}

/** How many of six are cut off who say 9,000 bytes at once: two, where nobody else holds anything. */
function cutOffOfSix(crowd: Crowd): number {
  const six = Array.from({ length: 6 }, () => enters(crowd));
  for (const { came } of six) came(9_000);
  return six.filter(({ stream }) => stream.ending() === "too-much").length;
}

test("of six who say more than four may hold, two are cut off", () => {
  expect(cutOffOfSix(aCrowd())).toBe(2);
});

test("what was answered is let go of once, not once more when the caller leaves", () => {
  const crowd = aCrowd();
  for (let call = 0; call < 20; call++) {
    const { came, letGo, leave } = enters(crowd);
    came(9_000);
    letGo();
    leave();
  }
  expect(cutOffOfSix(crowd)).toBe(2);
});

test("who hangs up halfway takes with it what it had said", () => {
  const crowd = aCrowd();
  for (let call = 0; call < 20; call++) {
    const { came, leave } = enters(crowd);
    came(8_000);
    leave();
  }
  const { came, stream } = enters(crowd);
  came(100);
  expect([stream.ending(), crowd.size()]).toEqual([null, 1]);
});

test("who comes and goes without a word takes nothing with it", () => {
  const crowd = aCrowd();
  for (let call = 0; call < 10_001; call++) enters(crowd).leave();
  expect(cutOffOfSix(crowd)).toBe(2);
});
