/** Pareto dominance, for several objectives at once. */

/** Smaller is better in each. Null means not measured, which is worst. */
export type Scores = readonly (number | null)[];

/** Is the first at least as good in all scores, and better in one? */
export function dominates(one: Scores, other: Scores): boolean {
  const pairs = one.map((score, i) => [score ?? Infinity, other[i] ?? Infinity] as const);
  return pairs.every(([a, b]) => a <= b) && pairs.some(([a, b]) => a < b);
}

/** The candidates that no other dominates, in the given order. */
export const frontOf = <One extends { readonly scores: Scores }>(all: readonly One[]): readonly One[] =>
  all.filter(({ scores }) => scores.every((score) => score !== null) && !all.some((other) => dominates(other.scores, scores)));
