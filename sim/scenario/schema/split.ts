/** Faults between members beyond lists of sides: partitions that are drawn, clogs, intermittent faults. */

import { z } from "zod";
import { show } from "../quantity.ts";
import { size } from "./harm.ts";
import { latency } from "./latency.ts";
import { selector } from "./selector.ts";
import { choice, list, mapping, someLength, text, whole, yesNo } from "./words.ts";

const drawn = mapping({
  sides: list(selector).describe("The sides, as in the short form that is only a list: [50%, rest].").optional(),
  ways: whole(2, 1_000).describe("This many random sides, of equal size as far as possible.").optional(),
  isolate: selector.describe("Each of these members is alone; all others are together.").optional(),
  ring: yesNo.describe("Overlapping majorities: everybody reaches just over half of all, its neighbours in a ring drawn at random, and no two the same ones. Yes, or leave it out.").optional(),
  bridge: selector.describe("Two random halves, and members that reach both: 1, or a name.").optional(),
  by: text.describe("A side for each value of this tag: zone. Members without it reach everybody.").optional(),
  direction: choice(["both", "out", "in"])
    .describe("Both (the default); out: nothing passes from a side to one that is written (or drawn) later; in: nothing passes from later ones to earlier. The isolated come first.")
    .optional(),
  mode: choice(["drop", "slow", "jam"]).describe("What crosses is lost (drop, the default), late by `delay` (slow), or waits until the partition heals (jam).").optional(),
  delay: latency.describe("With mode: slow, how late.").optional(),
});

/** Sides, or how they are drawn. */
export const partition = z.union([list(selector), drawn], {
  error: (issue) => `${show(issue.input)} parts nobody: write sides, such as [50%, rest], or { ways: 3 }, { isolate: 2 }, { ring: yes }, { bridge: 1 } or { by: zone }`,
});

export const clog = mapping({
  from: selector.describe("Members whose packets wait."),
  to: selector.describe("To which members."),
  capacity: size.describe("How much may wait from one member to another; more is lost. By default unlimited.").optional(),
});

export const swizzle = mapping({
  members: selector.describe("Members whose links are clogged, to and from everybody."),
  clogFor: someLength.describe("The first is clogged at once, the last when this is over."),
  holdFor: someLength.describe("For how long all are."),
  unclogFor: someLength.describe("Then they are opened in another order: the first at once, the last when this is over."),
});

export const flap = mapping({
  on: latency.describe("How long it is in force each time: a length, or a distribution. It begins in force."),
  off: latency.describe("How long it is not in force."),
});

export type WrittenPartition = z.output<typeof partition>;
export type WrittenFlap = z.output<typeof flap>;
