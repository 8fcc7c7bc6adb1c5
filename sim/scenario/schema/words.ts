/** The smallest words of the scenario language. Each has its own error message, and what JSON Schema should know about it. */

import { z } from "zod";
import type { Micros } from "../../../engine/index.ts";
import { suggestion } from "../nearest.ts";
import { lengthPattern, readLength, readShare, type Reading, sharePattern, show, showCount } from "../quantity.ts";

const why = (reading: Reading<unknown>): string => (reading.ok ? "" : reading.why);

/** What is wrong with a value that should be a length, or what else may be written instead. */
export const readLengthOr = (written: unknown, otherwise: string): string =>
  typeof written === "string" ? why(readLength(written)) || nothing : `${show(written)} is impossible: write ${otherwise}`;

const lengthText = { pattern: lengthPattern, examples: ["200ms", "1.5s", "1m30s"] };

function toLength(written: unknown, context: z.core.$RefinementCtx): Micros {
  const reading = readLength(written);
  if (reading.ok) return reading.value;
  context.addIssue(reading.why);
  return z.NEVER;
}

/** A length of time, 0 included. */
export const length = z
  .union([z.string().meta({ ...lengthText, pattern: `${lengthPattern}|^0$` }), z.number().meta({ const: 0 })], {
    error: (issue) => why(readLength(issue.input)),
  })
  .transform(toLength)
  .meta({ id: "length", description: "A length of time: a number and a unit (us, ms, s, m, h, d), once or more than once, or 0." });

const nothing = "0 is impossible: this length must be more than 0";

/** A length of time above 0. */
export const someLength = z
  .string({ error: (issue) => why(readLength(issue.input)) || nothing })
  .meta(lengthText)
  .transform(toLength)
  .refine((micros) => micros > 0, nothing)
  .meta({ id: "someLength", description: "A length of time above 0: a number and a unit (us, ms, s, m, h, d), once or more than once." });

/** A share, from 0 to 1. */
export const share = z
  .union([z.string().meta({ pattern: sharePattern, examples: ["5%", "0.1%"] }), z.number().meta({ minimum: 0, exclusiveMaximum: 1 })], {
    error: (issue) => why(readShare(issue.input)),
  })
  .transform((written, context): number => {
    const reading = readShare(written);
    if (reading.ok) return reading.value;
    context.addIssue(reading.why);
    return z.NEVER;
  })
  .meta({ id: "share", description: "A share: a percentage (5%), or a number below 1 (0.05)." });

/** A whole number between two others. */
export function whole(least: number, most: number): z.ZodInt {
  const range = `from ${showCount(least)} to ${showCount(most)}`;
  const error = ({ input }: { readonly input?: unknown }): string => `${show(input)} is impossible: write a whole number ${range}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}

/** The largest number that may have a fraction. */
const GREATEST = 1_000_000;

/** A number that may have a fraction, with this minimum. */
export function atLeast(least: number): z.ZodNumber {
  const error = (issue: { readonly input?: unknown }): string => `${show(issue.input)} is impossible: write a number from ${least} to ${showCount(GREATEST)}`;
  return z.number({ error }).min(least, { error }).max(GREATEST, { error });
}

/** A number that may have a fraction, above this one. */
export function above(least: number): z.ZodNumber {
  const error = (issue: { readonly input?: unknown }): string => `${show(issue.input)} is impossible: write a number above ${least}, up to ${showCount(GREATEST)}`;
  return z.number({ error }).gt(least, { error }).max(GREATEST, { error });
}

/** Any scalar, as text. */
export const text = z
  .union([z.string(), z.number(), z.boolean()], { error: (issue) => `${show(issue.input)} is not text: write a word, or a sentence in quotes` })
  .transform(String);

/** The most characters of a seed. */
export const LONGEST_SEED = 100;

/** A seed appears in reports, file headers and the command that repeats a run, so it must be visible and easy to copy. */
export const isSeed = (written: string): boolean =>
  written.trim() !== "" && written.length <= LONGEST_SEED && [...written].every((character) => character >= " " && character !== "\u007f");

/** The source of all randomness. */
export const seed = text.refine(isSeed, { error: "this is not a seed: write a word or a number of at most 100 characters on one line" });

/** `yes` or `no`, and YAML's own `true` and `false`. */
export const yesNo = z
  .union([z.boolean(), z.enum(["yes", "no"])], { error: (issue) => `${show(issue.input)} is neither yes nor no` })
  .transform((written) => written === true || written === "yes");

/** One of a few words. */
export const choice = <const Words extends readonly [string, ...string[]]>(words: Words): z.ZodEnum<{ [Word in Words[number]]: Word }> =>
  z.enum(words, { error: (issue) => `${show(issue.input)} is not known here: ${suggestion(String(issue.input), words)}` });

/** `on` or `off`. */
export const onOff: z.ZodEnum<{ on: "on"; off: "off" }> = choice(["on", "off"]);

/**
 * A mapping with these keys and no others. For each unknown key the error suggests, on a line of its own, the key that was probably meant; `elsewhere` translates names of other programs.
 */
export function mapping<Shape extends z.core.$ZodLooseShape>(shape: Shape, elsewhere: (key: string) => string | undefined = () => undefined): z.ZodObject<Shape, z.core.$strict> {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => elsewhere(key) ?? suggestion(key, known)).join("\n")
        : `${show(issue.input)} is not a mapping: write one with ${known.join(", ")}`,
  });
}

/** A list with at least this many items. */
export function list<Item extends z.ZodType>(item: Item, least = 0): z.ZodArray<Item> {
  const error = (issue: { readonly input?: unknown }): string =>
    Array.isArray(issue.input) ? `this list is too short: write ${least} or more` : `${show(issue.input)} is not a list`;
  return least === 0 ? z.array(item, { error }) : z.array(item, { error }).min(least, { error });
}
