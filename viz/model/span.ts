/** Stretches of time that are zoomed in on: nearer, further, along; never beyond the run. */

import { type Instant, instant } from "../../engine/index.ts";
import type { RunFacts } from "./run.ts";

export type Span = { readonly from: Instant; readonly to: Instant };

/** The shortest, in microseconds. */
const SHORTEST = 200;
/** About so many messages are near the cursor: arrows that a person can tell apart. */
const NEAR = 260;

type Bounds = Pick<RunFacts, "begins" | "ends">;

/** One that begins at a moment and is so long, moved into the run if it is beyond. */
export function spanWithin(from: number, length: number, facts: Bounds | undefined): Span {
  const [begins, ends] = facts === undefined ? [0, Number.MAX_SAFE_INTEGER] : [facts.begins, Math.max(facts.ends, facts.begins + SHORTEST)];
  const long = Math.max(SHORTEST, Math.min(ends - begins, length));
  const first = Math.round(Math.max(begins, Math.min(ends - long, from)));
  return { from: instant(first), to: instant(Math.round(first + long)) };
}

/** Zoomed by a factor (below 1: nearer) about a moment, which stays where it is. Null for all of the run. */
export function zoomed({ from, to }: Span, at: number, factor: number, facts: Bounds): Span | null {
  const length = (to - from) * factor;
  if (length >= facts.ends - facts.begins) return null;
  const long = Math.max(SHORTEST, length);
  return spanWithin(at - ((at - from) / Math.max(1, to - from)) * long, long, facts);
}

/** Moved along by a share of its length. */
export const moved = ({ from, to }: Span, share: number, facts: Bounds): Span => spanWithin(from + share * (to - from), to - from, facts);

/** What is near the cursor where nobody has zoomed: as long as some 260 messages take, so that single ones are seen. The cursor is in its middle. */
export function nearSpan({ curves, begins, ends }: Pick<RunFacts, "curves" | "begins" | "ends">, at: Instant): Span {
  const { messages, part } = curves;
  const all = messages.reduce((sum, count) => sum + count, 0);
  const length = all === 0 ? 2_000_000 : (NEAR / all) * messages.length * part;
  // To two digits: a run that is still read does not make it tremble.
  const scale = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, length))) - 1);
  const even = Math.max(20_000, Math.ceil(length / scale) * scale);
  return spanWithin(at - even / 2, even, { begins, ends });
}
