/** What to optimise: a figure to minimise, and bounds for others. */

import { readLength } from "../../scenario/index.ts";
import type { Estimate } from "../model.ts";
import { figureOf } from "../figure.ts";

/** A bound that a figure must keep. */
export type Bound = { readonly text: string; readonly figure: string; readonly is: "<" | "<=" | ">" | ">="; readonly value: number };

export type ReadBound = { readonly ok: true; readonly bound: Bound } | { readonly ok: false; readonly why: string };

/** Reads `falsePositives.perMemberHour<0.01`; lengths have a unit. */
export function readBound(text: string): ReadBound {
  const [, name = "", is = "", written = ""] = /^\s*([\w.]+)\s*(<=|>=|<|>)\s*(\S+)\s*$/.exec(text) ?? [];
  if (is === "") return { ok: false, why: `"${text}" is not a bound: write a figure, <, <=, > or >=, and a value, such as falsePositives.perMemberHour<0.01` };
  const known = figureOf(name);
  if (!known.ok) return known;
  const length = readLength(written);
  const value = length.ok && written !== "0" ? length.value / 1_000_000 : Number(written);
  if (!Number.isFinite(value)) return { ok: false, why: `${written} is neither a number nor a length: write one such as 0.01 or 10s` };
  return { ok: true, bound: { text: text.trim(), figure: known.figure, is: is as Bound["is"], value } };
}

/** By how much a value violates a bound, as a share of the bound; 0 if it keeps it. A figure that was not measured violates every bound. */
export function breachOf({ is, value }: Bound, measured: number | null): number {
  if (measured === null) return Infinity;
  const isKept = is === "<" ? measured < value : is === "<=" ? measured <= value : is === ">" ? measured > value : measured >= value;
  return isKept ? 0 : Math.max(1e-9, Math.abs(measured - value) / Math.max(Math.abs(value), 1e-9));
}

/** `sure`: the whole interval keeps it. `likely`: the value does, but the interval reaches beyond the bound. */
export function keeps(bound: Bound, { value, low, high }: Estimate): "sure" | "likely" | "no" {
  if (breachOf(bound, value) > 0) return "no";
  return breachOf(bound, bound.is.startsWith("<") ? high : low) === 0 ? "sure" : "likely";
}
