/** Clocks of machines: what is written about them, with its defaults filled in. */

import { micros } from "../../../engine/index.ts";
import type { Ticking } from "../model.ts";
import type { Path, Report } from "../trouble.ts";

/** One value, or the least and the greatest. */
export function pairOf(written: number | readonly [number, number], path: Path, report: Report): Ticking["rate"] {
  const pair: Ticking["rate"] = typeof written === "number" ? [written, written] : written;
  if (pair[0] > pair[1]) report(path, "the first is more than the second: write the smaller one first");
  return pair;
}

/** A member's clock; undefined if it is true. */
export function tickingOf(written: { readonly rate?: number | readonly [number, number] | undefined; readonly offset?: number | readonly [number, number] | undefined } | undefined, path: Path, report: Report): Ticking | undefined {
  if (written === undefined) return undefined;
  const rate = pairOf(written.rate ?? 0, [...path, "rate"], report);
  const [least, most] = pairOf(written.offset ?? 0, [...path, "offset"], report);
  return { rate, offset: [micros(least), micros(most)] };
}
