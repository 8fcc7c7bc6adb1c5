/** A figure of ours beside a published one, and whether the two agree. */

/** The accepted range of ours; an end is null if there is none. */
export type Bounds = readonly [low: number | null, high: number | null];

export type Comparison = {
  /** Null if there was nothing to measure. */
  readonly ours: number | null;
  /** The standard error of ours, if it is a mean of independent runs. */
  readonly error?: number;
  /** The published value; null if the publication only describes it in words. */
  readonly theirs: number | null;
  /** Null for a figure that is shown and not judged. */
  readonly accepts: Bounds | null;
};

/** `pass` and `miss` are judged; `shown` is not. */
export type Mark = "pass" | "miss" | "shown";

/** A figure that should have been measured but was not is a miss. */
export function markOf({ ours, accepts }: Comparison): Mark {
  if (accepts === null) return "shown";
  const [low, high] = accepts;
  return ours !== null && (low === null || ours >= low) && (high === null || ours <= high) ? "pass" : "miss";
}

/** Ours within this much of theirs, more or less. */
export const within = (ours: number | null, theirs: number, by: number): Comparison => ({ ours, theirs, accepts: [theirs - by, theirs + by] });

/** Ours within this share of theirs: 0.1 for ± 10 %. */
export const withinShare = (ours: number | null, theirs: number, share: number): Comparison => within(ours, theirs, share * Math.abs(theirs));

/** Ours at most this many times theirs, and at least theirs divided by it. */
export const withinFactor = (ours: number | null, theirs: number, factor: number): Comparison => ({ ours, theirs, accepts: [theirs / factor, theirs * factor] });

/** Ours equals theirs. */
export const exactly = (ours: number | null, theirs: number): Comparison => ({ ours, theirs, accepts: [theirs, theirs] });

export const atMost = (ours: number | null, theirs: number): Comparison => ({ ours, theirs, accepts: [null, theirs] });

/** Ours lies in a range that was published or follows from the publication; null if it is not judged. */
export const inRange = (ours: number | null, theirs: number | null, accepts: Bounds | null): Comparison => ({ ours, theirs, accepts });

/** Shown beside theirs, not judged. */
export const shown = (ours: number | null, theirs: number | null = null): Comparison => ({ ours, theirs, accepts: null });

/** Allows for chance: this many standard errors of ours beyond the bounds. */
export function forgiving(comparison: Comparison, error: number, errors = 3): Comparison {
  const { accepts } = comparison;
  if (accepts === null) return { ...comparison, error };
  const [low, high] = accepts;
  const slack = errors * error;
  return { ...comparison, error, accepts: [low === null ? null : low - slack, high === null ? null : high + slack] };
}
