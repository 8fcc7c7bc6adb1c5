/** Instants as people type them: `12.5s`, `1m30s`, `250ms`, `66.5`. */

import { instant, type Instant } from "../../engine/index.ts";

const units: Readonly<Record<string, number>> = { h: 3.6e9, m: 6e7, min: 6e7, s: 1e6, ms: 1e3, us: 1, µs: 1 };

/** Null if the text is no instant. A bare number means seconds; `1:30` is a minute and a half. */
export function momentFrom(text: string): Instant | null {
  const trimmed = text.trim().toLowerCase();
  if (/^\d+(\.\d+)?$/.test(trimmed)) return instant(Math.round(Number(trimmed) * 1e6));
  const [, minutes, seconds] = /^(\d+):([0-5]?\d(?:\.\d+)?)$/.exec(trimmed) ?? [];
  if (minutes !== undefined && seconds !== undefined) return instant(Math.round(Number(minutes) * 6e7 + Number(seconds) * 1e6));
  if (!/^(\d+(\.\d+)?\s*(h|min|ms|us|µs|m|s)\s*)+$/.test(trimmed)) return null;
  let sum = 0;
  for (const [, number, unit] of trimmed.matchAll(/(\d+(?:\.\d+)?)\s*(h|min|ms|us|µs|m|s)/g)) sum += Number(number) * (units[unit ?? "s"] ?? 1);
  return instant(Math.round(sum));
}
