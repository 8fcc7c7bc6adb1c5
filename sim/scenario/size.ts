/** Reads and writes sizes and rates as people write them: `64kB` and `1Mbit/s`. */

import { type Reading, show } from "./quantity.ts";

/** Bytes in each unit of size: k is a thousand, Ki is 1,024. */
const sizes = [["B", 1], ["kB", 1e3], ["MB", 1e6], ["GB", 1e9], ["KiB", 1_024], ["MiB", 1_048_576], ["GiB", 1_073_741_824]] as const;
/** Bytes in each unit of a rate. */
const rates = [...sizes.map(([unit, bytes]) => [`${unit}/s`, bytes] as const), ["bit/s", 0.125], ["kbit/s", 125], ["Mbit/s", 125e3], ["Gbit/s", 125e6]] as const;

/** The pattern of a size, and that of a rate, for JSON Schema. */
export const sizePattern = `^\\d+(\\.\\d+)?\\s*(${sizes.map(([unit]) => unit).join("|")})$`;
export const ratePattern = `^\\d+(\\.\\d+)?\\s*(${rates.map(([unit]) => unit).join("|")})$`;

/** The largest of both: a terabyte, or a terabyte a second. */
const GREATEST = 1e12;

/** Reads a size in bytes: a number and a unit, or a whole number of bytes. */
export function readSize(written: unknown): Reading<number> {
  if (typeof written === "number") return inRange(written, written, "a size", Number.isInteger(written) && written > 0);
  return read(written, sizes, "size", "1500, 64kB or 1MiB");
}

/** Reads a rate in bytes a second. */
export const readRate = (written: unknown): Reading<number> => read(written, rates, "rate", "100kB/s or 1Mbit/s");

function read(written: unknown, units: readonly (readonly [string, number])[], what: string, example: string): Reading<number> {
  const [, amount = "", unit = ""] = typeof written === "string" ? (/^(\d+(?:\.\d+)?)\s*([A-Za-z/]+)$/.exec(written.trim()) ?? []) : [];
  const size = units.find(([name]) => name === unit)?.[1];
  if (size === undefined) return { ok: false, why: `${show(written)} is not a ${what}: write one such as ${example}` };
  return inRange(Number(amount) * size, written, `a ${what}`, Number(amount) > 0);
}

function inRange(value: number, written: unknown, what: string, isRight: boolean): Reading<number> {
  if (isRight && value <= GREATEST) return { ok: true, value };
  return { ok: false, why: `${show(written)} is impossible: ${what} is ${isRight ? "a terabyte at most" : "more than nothing, and whole bytes where it has no unit"}` };
}

/** Writes a size that reads back as exactly the same size. */
export const showSize = (bytes: number): string => `${bytes}B`;
export const showRate = (bytes: number): string => `${bytes}B/s`;
