/** Reads and writes lengths and shares as people write them: `1m30s` and `5%`. */

import { micros, type Micros } from "../../engine/index.ts";

/** The meaning of a text, or why it has none: half a sentence to follow "path: ". */
export type Reading<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string };

/** Microseconds in each unit. Micro is written as `us`, or as `µs` with either of Unicode's two signs for it. */
const units = [
  ["d", 86_400_000_000], ["h", 3_600_000_000], ["ms", 1_000], ["us", 1], ["µs", 1], ["μs", 1], ["m", 60_000_000], ["s", 1_000_000],
] as const;

/** The longest length: a hundred years of 365 days. Every shorter one is an exact integer of microseconds. */
const LONGEST = 3_153_600_000_000_000;

/** The pattern of a length, for JSON Schema. */
export const lengthPattern = "^(\\d+(\\.\\d+)?\\s*(d|h|ms|us|µs|μs|m|s)\\s*)+$";
/** The pattern of a share, for JSON Schema. */
export const sharePattern = "^\\d+(\\.\\d+)?\\s*%$";

const wholeLength = new RegExp(lengthPattern);
const lengthPart = /(\d+(?:\.\d+)?)\s*(d|h|ms|us|µs|μs|m|s)/g;
const percentage = /^(-?\d+(?:\.\d+)?)\s*%$/;

/** Reads a length: a number and a unit, once or several times, or a bare 0. Truncated to whole microseconds; refused if nothing remains. */
export function readLength(written: unknown): Reading<Micros> {
  if (written === 0 || written === "0") return { ok: true, value: micros(0) };
  if (typeof written === "number") {
    return no(written < 0 ? `${written} is impossible: a length is never negative` : `a length needs a unit: write ${written}ms or ${written}s`);
  }
  if (typeof written !== "string") return no(`${show(written)} is not a length: write one such as 200ms, 1.5s or 1m30s`);
  const text = written.trim();
  if (/^-\s*\d/.test(text)) return no(`${text} is impossible: a length is never negative`);
  if (!wholeLength.test(text)) return no(`${show(text)} is not a length: write one such as 200ms, 1.5s or 1m30s`);
  let total = 0;
  for (const [, amount, unit] of text.matchAll(lengthPart)) {
    const exact = Number(amount) * (units.find(([name]) => name === unit)?.[1] ?? 0);
    if (exact > 0 && Math.round(exact) === 0) return no(`${text} is too fine: the shortest length is 1us`);
    total += Math.round(exact);
  }
  return total <= LONGEST ? { ok: true, value: micros(total) } : no(`${text} is too long: a hundred years are the most`);
}

/** Writes a length in the fewest parts that read back as exactly the same length. */
export function showLength(length: Micros): string {
  if (length === 0) return "0s";
  if (length < 1_000) return `${length}us`;
  if (length < 1_000_000) return `${decimal(length, 1_000)}ms`;
  let rest: number = length;
  let text = "";
  for (const [name, size] of [["d", 86_400_000_000], ["h", 3_600_000_000], ["m", 60_000_000]] as const) {
    if (rest >= size) text += `${Math.floor(rest / size)}${name}`;
    rest %= size;
  }
  return rest === 0 ? text : `${text}${decimal(rest, 1_000_000)}s`;
}

/** Reads a share in [0, 1]: a percentage, or a number below 1. A bare 1 is refused, because it could be 1% or 100%. */
export function readShare(written: unknown): Reading<number> {
  if (typeof written === "number") {
    if (written >= 0 && written < 1) return { ok: true, value: written };
    if (written === 1) return no("1 is ambiguous: write 1% or 100%");
    return no(`${written} is impossible: write a share from 0% to 100%${written > 1 && written <= 100 ? `, such as ${written}%` : ""}`);
  }
  const percent = typeof written === "string" ? percentage.exec(written.trim()) : null;
  if (percent === null) return no(`${show(written)} is not a share: write one such as 5% or 0.05`);
  const value = Number(percent[1]) / 100;
  return value >= 0 && value <= 1 ? { ok: true, value } : no(`${String(written)} is impossible: write a share from 0% to 100%`);
}

/** How a value is quoted in a message. */
export function show(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a mapping";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}…"`;
}

/** A whole number with thousands separators, for messages. */
export function showCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

const no = (why: string): { readonly ok: false; readonly why: string } => ({ ok: false, why });

/** `amount / of` without rounding: `of` is a power of ten. */
function decimal(amount: number, of: number): string {
  const whole = Math.floor(amount / of);
  const rest = String(amount % of).padStart(String(of).length - 1, "0").replace(/0+$/, "");
  return rest === "" ? String(whole) : `${whole}.${rest}`;
}
