/** Reads rates, clock drifts, lengths that may be negative, and sizes, as people write them. */

import type { Reading } from "./quantity.ts";
import { readLength, show } from "./quantity.ts";

/** Their patterns, for JSON Schema. */
export const ratePattern = "^\\d+(\\.\\d+)?\\s*/\\s*(s|m|h|d)$";
export const driftPattern = "^[+-]?\\d+(\\.\\d+)?\\s*(%|ppm)$";
export const shiftPattern = "^[+-]?\\s*(\\d+(\\.\\d+)?\\s*(d|h|ms|us|µs|μs|m|s)\\s*)+$";
export const sizePattern = "^\\d+(\\.\\d+)?\\s*(B|KiB|MiB)$";

/** How many of each unit an hour has. */
const perHour: Readonly<Record<string, number>> = { s: 3_600, m: 60, h: 1, d: 1 / 24 };
const bytesIn: Readonly<Record<string, number>> = { B: 1, KiB: 1_024, MiB: 1_048_576 };

/** Limits of a drift, in parts per million: from a clock that nearly stands still to one ten times as fast. */
const [SLOWEST, FASTEST] = [-990_000, 9_000_000];

/** A frequency, as a number per hour: `6/h`, `0.5/s`. */
export function readRate(written: unknown): Reading<number> {
  const [, count = "", unit = ""] = typeof written === "string" ? (/^(\d+(?:\.\d+)?)\s*\/\s*(s|m|h|d)$/.exec(written.trim()) ?? []) : [];
  if (unit === "") return no(`${show(written)} is not a rate: write one such as 6/h or 0.5/s`);
  const rate = Number(count) * (perHour[unit] ?? 0);
  return rate > 0 ? { ok: true, value: rate } : no("a rate of 0 is impossible: nothing would ever happen");
}

/** How much faster a clock runs than true time, in parts per million: `2%`, `-200ppm`. */
export function readDrift(written: unknown): Reading<number> {
  if (written === 0) return { ok: true, value: 0 };
  const [, amount = "", unit = ""] = typeof written === "string" ? (/^([+-]?\d+(?:\.\d+)?)\s*(%|ppm)$/.exec(written.trim()) ?? []) : [];
  if (unit === "") return no(`${show(written)} is not a rate of a clock: write one such as 2% for faster, or -200ppm for slower`);
  const drift = Math.round(Number(amount) * (unit === "%" ? 10_000 : 1));
  return drift >= SLOWEST && drift <= FASTEST ? { ok: true, value: drift } : no(`${String(written)} is impossible: a clock runs at most 99% slower, and at most 900% faster`);
}

/** A length of time: positive for ahead, negative for back. */
export function readShift(written: unknown): Reading<number> {
  const [, sign = "", rest] = typeof written === "string" ? (/^\s*([+-]?)(.*)$/.exec(written) ?? []) : [];
  const length = readLength(rest ?? written);
  return length.ok ? { ok: true, value: (sign === "-" ? -1 : 1) * length.value } : length;
}

/** A number of bytes: `208KiB`, or a plain number. */
export function readSize(written: unknown): Reading<number> {
  const [, amount = "", unit = ""] = typeof written === "string" ? (/^(\d+(?:\.\d+)?)\s*(B|KiB|MiB)$/.exec(written.trim()) ?? []) : [];
  const size = typeof written === "number" ? written : unit === "" ? Number.NaN : Math.round(Number(amount) * (bytesIn[unit] ?? 0));
  return Number.isSafeInteger(size) && size > 0 ? { ok: true, value: size } : no(`${show(written)} is not a size: write a number of bytes above 0, or one such as 208KiB`);
}

const no = (why: string): { readonly ok: false; readonly why: string } => ({ ok: false, why });
