/** `until:` as people write it: repeat until a figure is known so precisely. In scenarios and in sweeps. */

import type { z } from "zod";
import { mapping, share, text, whole } from "./words.ts";

/** The most runs of one experiment, or of one cell of a sweep. */
export const MOST_REPEATS = 1_000_000;

/** When to stop repeating. */
export const until = mapping({
  metric: text.describe("The figure that is to be known so precisely, such as firstDetection.p99."),
  relative: share.refine((value) => value > 0, { error: "a relative precision is more than 0%" }).describe("Half the interval's length, as a share of the figure, that is precise enough: 5%."),
  confidence: share.refine((value) => value >= 0.5 && value < 1, { error: "a confidence lies between 50% and 100%, such as 95%" }).describe("How sure the interval is. 95% unless given.").optional(),
  min: whole(2, MOST_REPEATS).describe("Runs before the first look. 10 unless given.").optional(),
  max: whole(2, MOST_REPEATS).describe("Runs at most. 1,000 unless given.").optional(),
});
export type WrittenUntil = z.output<typeof until>;

