/** Delta debugging: reduces a list that fails to a shorter one that also fails (Zeller and Hildebrandt's ddmin). */

/** Removes what can be removed, in ever smaller pieces; `fails` is called for each attempt, and `isTimeUp` before it. */
export function minimise<T>(items: readonly T[], fails: (items: readonly T[]) => boolean, isTimeUp: () => boolean, least = 0): readonly T[] {
  let kept = items;
  if (least === 0 && kept.length > 0 && !isTimeUp() && fails([])) return [];
  for (let pieces = 2; kept.length > least && pieces <= 2 * kept.length; ) {
    const size = Math.max(1, Math.ceil(kept.length / pieces));
    let isShorter = false;
    for (let from = 0; from < kept.length && !isTimeUp(); from += size) {
      const without = kept.toSpliced(from, size);
      if (without.length < least || !fails(without)) continue;
      kept = without;
      isShorter = true;
      from -= size;
    }
    if (isTimeUp()) break;
    if (size === 1 && !isShorter) break;
    pieces = isShorter ? Math.max(2, pieces - 1) : pieces * 2;
    if (pieces > kept.length && size > 1) pieces = kept.length;
  }
  return kept;
}
