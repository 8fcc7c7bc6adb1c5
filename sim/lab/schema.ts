/** A sweep as people write it: the one source of its checks and of its JSON Schema. */

import { z } from "zod";
import { choice, list, mapping, seed, text, until, whole, yesNo } from "../scenario/index.ts";

/** The most runs of one cell, as of one experiment. */
const MOST_REPEATS = 1_000_000;

const setting = z.union([z.string(), z.number(), z.boolean()], { error: () => "a value is a number, a word or a text such as 5% or 200ms; what is longer stands in quotes, as in --set" });
const scalar = z.union([z.string(), z.number()], { error: () => "a range goes from one number, length or share to another" });

/** A path as in `--set`. */
const path = z.string().regex(/^[A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z0-9_-]+|\[\d+\])*$/, { error: () => "a path such as config.suspicionMult, members or timeline[0].at stands here" });

const range = mapping({
  from: scalar.describe("The first value: a number, a length or a share."),
  to: scalar.describe("The last value."),
  steps: whole(1, 10_000).describe("How many values, both ends among them.").optional(),
  step: scalar.describe("Or how far each value is from the next.").optional(),
  scale: choice(["linear", "log"]).describe("Log: each value is so many times the one before. Wants steps.").optional(),
});

const values = z.union([z.array(setting).min(1, { error: "a dimension of the grid needs a value at least" }), range], {
  error: () => "a dimension of the grid is a list of values, or a range: { from: 1%, to: 10%, steps: 4 }",
});

export const sweep = mapping({
  name: text.describe("One word or a few, for reports and file names. The file's own name unless given.").optional(),
  about: text.describe("What it asks, in a sentence or two.").optional(),
  scenario: text.describe("The base scenario, by its path from here."),
  set: z.record(path, setting).describe("Changes to the base scenario in all cells: path and value, as in --set.").optional(),
  grid: list(z.record(path, values), 1).describe(
    "What differs between cells. Each entry is a dimension, and all combinations of all entries are played. Several paths in one entry run in parallel: the first value of each, then the second.",
  ),
  where: list(z.string("a constraint is an expression such as config.suspicionMult <= 6")).describe("Cells that break one of these are left out: config.askRelaysAfter < config.periodEvery / 2.").optional(),
  repeats: whole(1, MOST_REPEATS).describe("Runs of each cell. Without it, the base scenario's runs, or its until.").optional(),
  until: until.describe("Instead of repeats: each cell is repeated until a figure is known so precisely.").optional(),
  seed: seed.describe("Where all chance comes from. The base scenario's seed unless given.").optional(),
  common: yesNo.describe("Do all cells meet the same chance, run by run, so that differences between them are those of the settings? Yes unless given.").optional(),
  figures: list(text).describe("The figures in the printed table. All files hold all figures.").optional(),
});
export type WrittenSweep = z.output<typeof sweep>;
