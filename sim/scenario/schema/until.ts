/** `until:` as people write it, in scenarios and sweeps: repeat until a figure is known with the wanted precision. */

import type { z } from "zod";
import { mapping, share, text, whole } from "./words.ts";

/** The most runs of one experiment, or of one cell of a sweep. */
export const MOST_REPEATS = 1_000_000;

/** When to stop repeating. */
export const until = mapping({
  metric: text.describe("The figure to be known precisely, such as firstDetection.p99."),
  relative: share.refine((value) => value > 0, { error: "a relative precision is more than 0%" }).describe("The required precision: half the interval's length, as a share of the figure: 5%."),
  confidence: share.refine((value) => value >= 0.5 && value < 1, { error: "a confidence lies between 50% and 100%, such as 95%" }).describe("The confidence of the interval. By default 95%.").optional(),
  min: whole(2, MOST_REPEATS).describe("Runs before the first look. By default 10.").optional(),
  max: whole(2, MOST_REPEATS).describe("Runs at most. By default 1,000.").optional(),
});
export type WrittenUntil = z.output<typeof until>;

