/** Spans of time for zooming: in, out, and along; never beyond the run. */

import { type Instant, instant } from "../../engine/index.ts";
import type { RunFacts } from "./run.ts";

export type Span = { readonly from: Instant; readonly to: Instant };

/** The shortest span, in microseconds. */
const SHORTEST = 200;
/** The number of messages near the cursor: few enough that a person can tell the arrows apart. */
const NEAR = 260;

type Bounds = Pick<RunFacts, "begins" | "ends">;

/** A span with this beginning and length, moved into the run if it extends beyond. */
export function spanWithin(from: number, length: number, facts: Bounds | undefined): Span {
  const [begins, ends] = facts === undefined ? [0, Number.MAX_SAFE_INTEGER] : [facts.begins, Math.max(facts.ends, facts.begins + SHORTEST)];
  const long = Math.max(SHORTEST, Math.min(ends - begins, length));
  const first = Math.round(Math.max(begins, Math.min(ends - long, from)));
  return { from: instant(first), to: instant(Math.round(first + long)) };
}

/** Zoomed by a factor (below 1: in) about a moment, which keeps its place. Null for the whole run. */
export function zoomed({ from, to }: Span, at: number, factor: number, facts: Bounds): Span | null {
  const length = (to - from) * factor;
  if (length >= facts.ends - facts.begins) return null;
  const long = Math.max(SHORTEST, length);
  return spanWithin(at - ((at - from) / Math.max(1, to - from)) * long, long, facts);
}

/** Moved along by a share of its length. */
export const moved = ({ from, to }: Span, share: number, facts: Bounds): Span => spanWithin(from + share * (to - from), to - from, facts);

/** The span near the cursor if nobody has zoomed: as long as some 260 messages take, so that single ones are visible. The cursor is in its middle. */
export function nearSpan({ curves, begins, ends }: Pick<RunFacts, "curves" | "begins" | "ends">, at: Instant): Span {
  const { messages, part } = curves;
  const all = messages.reduce((sum, count) => sum + count, 0);
  const length = all === 0 ? 2_000_000 : (NEAR / all) * messages.length * part;
  // Rounded to two digits, so that it does not flicker while a run is still being read.
  const scale = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, length))) - 1);
  const even = Math.max(20_000, Math.ceil(length / scale) * scale);
  return spanWithin(at - even / 2, even, { begins, ends });
}
