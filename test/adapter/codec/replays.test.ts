/** Encrypted packets that come again: known for so many others at least, and forgotten after twice as many. */

import { expect, test } from "vitest";
import { replaysOf } from "../../../adapter/codec/replays.ts";

test.each([
  // others since   is known   because
  [0, true, "it is the last"],
  [3, true, "it is among the younger"],
  [4, true, "the younger have become the older"],
  [7, true, "the older are still known"],
  [8, false, "the older were forgotten"],
] as const)("after %i others, where four are remembered: %s, for %s", (others, isKnown, _because) => {
  const { has, remember } = replaysOf(4);
  remember("first");
  for (let other = 1; other <= others; other++) remember(`other ${other}`);
  expect(has("first")).toBe(isKnown);
});
