/** Suggests what a misspelt word was meant to be: the nearest of the valid words. */

/** The nearest candidate, if it is near enough to be meant; at equal distance, the earlier one. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const limit = word.length <= 3 ? 1 : Math.max(2, Math.floor(word.length * 0.4));
  let best: string | undefined;
  let least = limit + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const apart = distance(word.toLowerCase(), candidate.toLowerCase());
    if (apart < least) [best, least] = [candidate, apart];
  }
  return best;
}

/** ` did you mean "x"?`, or else all valid words: the second half of a message about an unknown word. */
export function suggestion(word: string, candidates: readonly string[]): string {
  const near = nearest(word, candidates);
  return near === undefined ? `choose one of ${candidates.join(", ")}` : `did you mean "${near}"?`;
}

/** The same for names that have parts, such as `load.bytesPerMemberSecond`, and are too many to list: those with the same first part, or else the first parts. */
export function partSuggestion(word: string, candidates: readonly string[]): string {
  if (nearest(word, candidates) !== undefined) return suggestion(word, candidates);
  const heads = [...new Set(candidates.map(headOf))];
  const head = heads.includes(headOf(word)) ? headOf(word) : nearest(headOf(word), heads);
  if (head === undefined) return `choose one of ${heads.map((each) => (candidates.includes(each) ? each : `${each}.…`)).join(", ")}`;
  return `choose one of ${candidates.filter((each) => headOf(each) === head).join(", ")}`;
}

const headOf = (name: string): string => name.split(".")[0] ?? "";

/** Edit distance (Levenshtein, with swaps): the number of letters to insert, delete, replace, or swap with their neighbour. */
function distance(one: string, other: string): number {
  let before: readonly number[] = [];
  let above: readonly number[] = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row++) {
    const here = [row];
    for (let column = 1; column <= other.length; column++) {
      const changed = (above[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1);
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1] ? (before[column - 2] ?? 0) + 1 : changed;
      here.push(Math.min(changed, swapped, (above[column] ?? 0) + 1, (here[column - 1] ?? 0) + 1));
    }
    [before, above] = [above, here];
  }
  return above[other.length] ?? 0;
}
