/** Compares two samples: an exact rank test that handles ties and censoring, and Holm's correction. */

import { assert, below, rngFrom } from "../../engine/index.ts";
import type { Observation } from "./result.ts";

/** The result of a test. */
export type Finding = {
  /**
   * The probability of a difference at least this large, in either direction, by chance alone. Exact, from all ways to divide the observations; or, if these are too many,
   * from 20,000 of them, and then at least one in 20,000.
   */
  readonly p: number;
  /** The smallest p that samples of these sizes, with these ties, could have. */
  readonly leastP: number;
  readonly isExact: boolean;
};

/** Cells of the table that counts ways; beyond that, ways are sampled instead. */
const MOST_CELLS = 50_000_000;
/** The number of sampled ways. */
const DRAWS = 20_000;

/**
 * Gehan's test (1965) with its permutation distribution: an observation's score is the number of observations certainly below it minus the number certainly above, and the first
 * sample's scores are summed. Without censoring this is the test of Wilcoxon (1945) and of Mann and Whitney (1947), with mid-ranks for ties. `p` is the share of
 * all ways to choose this many observations out of all whose sum is at least as far from its mean, 0.
 */
export function rankTest(one: readonly Observation[], other: readonly Observation[]): Finding {
  assert(one.length > 0 && other.length > 0, "two samples, neither of them empty");
  const scores = gehanScores([...one, ...other]);
  const sum = scores.slice(0, one.length).reduce((total, score) => total + score, 0);
  const [chosen, sign] = one.length <= other.length ? [one.length, 1] : [other.length, -1];
  const reach = Math.max(furthest(scores, chosen), furthest(scores.map((score) => -score), chosen));
  return scores.length * chosen * (2 * reach + 1) <= MOST_CELLS ? counted(scores, chosen, sign * sum, reach) : drawn(scores, chosen, sign * sum);
}

/** The largest sum of at most this many of the scores. */
const furthest = (scores: readonly number[], chosen: number): number =>
  scores.filter((score) => score > 0).toSorted((a, b) => b - a).slice(0, chosen).reduce((total, score) => total + score, 0);

const lengthOf = (observation: Observation): number => ("seconds" in observation ? observation.seconds : observation.censoredAfter);

/** Whether the first is certainly longer (1), certainly shorter (−1), or neither (0). A censored observation lasted at least as long as it was watched. */
function sign(first: Observation, second: Observation): number {
  const [a, b] = [lengthOf(first), lengthOf(second)];
  if ("seconds" in second && (a > b || (a === b && "censoredAfter" in first))) return 1;
  if ("seconds" in first && (b > a || (a === b && "censoredAfter" in second))) return -1;
  return 0;
}

/** Each observation's wins minus its losses against all others. The scores sum to 0. */
export const gehanScores = (all: readonly Observation[]): readonly number[] =>
  all.map((first) => all.reduce((score, second) => score + sign(first, second), 0));

/** Counts, for every sum, the ways to choose this many scores with that sum; as shares of all ways, so that nothing overflows. */
function counted(scores: readonly number[], chosen: number, sum: number, reach: number): Finding {
  const width = 2 * reach + 1;
  // share[k · width + reach + s]: of all ways to choose k of the scores processed so far, those with sum s; weighted so that the total is 1 at the end.
  const share = new Float64Array((chosen + 1) * width);
  share[reach] = 1;
  scores.forEach((score, seen) => {
    const left = scores.length - seen;
    for (let k = Math.min(seen + 1, chosen); k >= 0; k--) step(share, k, { score, width, reach, chosen, left });
  });
  let [p, leastP] = [0, 1];
  for (let s = 0; s <= reach; s++) {
    const ways = s === 0 ? share[chosen * width + reach]! : share[chosen * width + reach + s]! + share[chosen * width + reach - s]!;
    if (s >= Math.abs(sum)) p += ways;
    if (ways > 0) leastP = ways;
  }
  return { p: Math.min(1, p), leastP: Math.min(1, leastP), isExact: true };
}

type Turn = { readonly score: number; readonly width: number; readonly reach: number; readonly chosen: number; readonly left: number };

/** The next score is chosen with probability (still to choose) / (still left), as in drawing without replacement. */
function step(share: Float64Array, k: number, { score, width, reach, chosen, left }: Turn): void {
  const stay = Math.max(0, 1 - (chosen - k) / left);
  const come = k === 0 ? 0 : (chosen - k + 1) / left;
  const [row, below] = [k * width, (k - 1) * width];
  for (let s = -reach; s <= reach; s++) {
    const from = s - score;
    const came = come === 0 || from < -reach || from > reach ? 0 : share[below + reach + from]! * come;
    share[row + reach + s] = share[row + reach + s]! * stay + came;
  }
}

/** From ways drawn with a fixed seed (Phipson and Smyth 2010): the observed way is counted among them. */
function drawn(scores: readonly number[], chosen: number, sum: number): Finding {
  const all = [...scores];
  let rng = rngFrom(scores.length);
  let asFar = 1;
  for (let draw = 0; draw < DRAWS; draw++) {
    let total = 0;
    for (let k = 0; k < chosen; k++) {
      const [step, next] = below(all.length - k, rng);
      rng = next;
      const at = k + step;
      [all[k], all[at]] = [all[at]!, all[k]!];
      total += all[k]!;
    }
    if (Math.abs(total) >= Math.abs(sum)) asFar++;
  }
  return { p: asFar / (DRAWS + 1), leastP: 1 / (DRAWS + 1), isExact: false };
}

/** Holm's correction (1979): keeps the chance that any of several tests gives a false alarm at that of a single one. In the given order. */
export function holm(ps: readonly number[]): readonly number[] {
  const order = ps.map((p, place) => ({ p, place })).toSorted((a, b) => a.p - b.p);
  const corrected = ps.map(() => 1);
  let least = 0;
  order.forEach(({ p, place }, rank) => {
    least = Math.max(least, Math.min(1, (ps.length - rank) * p));
    corrected[place] = least;
  });
  return corrected;
}

/**
 * By how much the first sample is shifted against the second (Hodges and Lehmann 1963): the median of all differences between the two; and the interval of shifts
 * that the rank test would not reject at 5 %. Null if something was censored; the interval also if the samples are too small for it to have ends.
 */
export function shiftOf(one: readonly Observation[], other: readonly Observation[]): { readonly by: number; readonly ci95: readonly [number, number] | null } | null {
  if ([...one, ...other].some((observation) => "censoredAfter" in observation)) return null;
  const differences = one.flatMap((a) => other.map((b) => lengthOf(a) - lengthOf(b))).toSorted((a, b) => a - b);
  const half = differences.length >> 1;
  const by = differences.length % 2 === 1 ? differences[half]! : (differences[half - 1]! + differences[half]!) / 2;
  const cut = untied(one.length, other.length);
  return { by, ci95: cut === 0 ? null : [differences[cut - 1]!, differences[differences.length - cut]!] };
}

/** The rank of the difference, from the smallest, that ends the interval; 0 if none does: from the Mann-Whitney distribution without ties. */
function untied(one: number, other: number): number {
  const most = one * other;
  if ((one + 1) * (most + 1) * (one + other) > MOST_CELLS) return 0;
  let share = Array.from({ length: one + 1 }, (_, k) => Float64Array.from({ length: most + 1 }, (_, u) => (k === 0 && u === 0 ? 1 : 0)));
  for (let seen = 0; seen < one + other; seen++) {
    const left = one + other - seen;
    share = share.map((row, k) => row.map((ways, u) => {
      const come = k === 0 ? 0 : (one - k + 1) / left;
      const from = u - (seen - (k - 1));
      return ways * Math.max(0, 1 - (one - k) / left) + (come === 0 || from < 0 ? 0 : (share[k - 1]?.[from] ?? 0) * come);
    }));
  }
  let below = 0;
  for (let u = 0; u <= most; u++) {
    below += share[one]?.[u] ?? 0;
    if (below > 0.025) return u;
  }
  return 0;
}
