/** A sweep as people write it: the single source of its checks and of its JSON Schema. */

import { z } from "zod";
import { choice, list, mapping, seed, text, until, whole, yesNo } from "../scenario/index.ts";

/** The most runs of one cell, as of one experiment. */
const MOST_REPEATS = 1_000_000;

const setting = z.union([z.string(), z.number(), z.boolean()], { error: () => "a value is a number, a word or a text such as 5% or 200ms; put anything longer in quotes, as with --set" });
const scalar = z.union([z.string(), z.number()], { error: () => "a range goes from one number, length or share to another" });

/** A path as in `--set`. */
const path = z.string().regex(/^[A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z0-9_-]+|\[\d+\])*$/, { error: () => "write a path such as config.suspicionMult, members or timeline[0].at" });

const range = mapping({
  from: scalar.describe("The first value: a number, a length or a share."),
  to: scalar.describe("The last value."),
  steps: whole(1, 10_000).describe("How many values, including both ends.").optional(),
  step: scalar.describe("Or the distance from each value to the next.").optional(),
  scale: choice(["linear", "log"]).describe("Log: each value is the previous one times a constant. Needs steps.").optional(),
});

const values = z.union([z.array(setting).min(1, { error: "a dimension of the grid needs at least one value" }), range], {
  error: () => "a dimension of the grid is a list of values, or a range: { from: 1%, to: 10%, steps: 4 }",
});

export const sweep = mapping({
  name: text.describe("A word or a few, for reports and file names. By default the file's own name.").optional(),
  about: text.describe("The question it answers, in a sentence or two.").optional(),
  scenario: text.describe("The base scenario, by its path relative to this file."),
  set: z.record(path, setting).describe("Changes to the base scenario in all cells: path and value, as with --set.").optional(),
  grid: list(z.record(path, values), 1).describe(
    "What differs between cells. Each entry is a dimension, and all combinations of all entries are played. Several paths in one entry run in parallel: the first value of each, then the second.",
  ),
  where: list(z.string("a constraint is an expression such as config.suspicionMult <= 6")).describe("Only cells that satisfy all of these are played: config.askRelaysAfter < config.periodEvery / 2.").optional(),
  repeats: whole(1, MOST_REPEATS).describe("Runs per cell. By default the base scenario's runs, or its until.").optional(),
  until: until.describe("Instead of repeats: each cell is repeated until a figure is known with this precision.").optional(),
  seed: seed.describe("The seed of all randomness. By default the base scenario's.").optional(),
  common: yesNo.describe("Do all cells use the same random numbers, run by run, so that only their settings differ? By default yes.").optional(),
  figures: list(text).describe("The figures in the printed table. The files always contain all figures.").optional(),
});
export type WrittenSweep = z.output<typeof sweep>;
