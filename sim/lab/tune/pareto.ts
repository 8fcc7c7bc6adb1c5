/** What is better than what, where several things are wanted at once. */

/** Smaller is better in each. Null: not measured, which is worse than anything. */
export type Scores = readonly (number | null)[];

/** Is the first at least as good in everything, and better in something? */
export function dominates(one: Scores, other: Scores): boolean {
  const pairs = one.map((score, i) => [score ?? Infinity, other[i] ?? Infinity] as const);
  return pairs.every(([a, b]) => a <= b) && pairs.some(([a, b]) => a < b);
}

/** Those that none of the others dominates, in the order given. */
export const frontOf = <One extends { readonly scores: Scores }>(all: readonly One[]): readonly One[] =>
  all.filter(({ scores }) => scores.every((score) => score !== null) && !all.some((other) => dominates(other.scores, scores)));
