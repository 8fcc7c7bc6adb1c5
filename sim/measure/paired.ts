/** Compares two settings on the same seeds, pair by pair: the benefit of common random numbers. */

import { assert, rngFrom, below } from "../../engine/index.ts";
import type { Observation } from "./result.ts";
import { studentDeviate } from "./student.ts";
import { TAIL } from "./statistics.ts";

/** The observations of one pair. */
export type Pair = readonly [one: Observation, other: Observation];

/** By how much the second of each pair exceeds the first. */
export type Paired = {
  readonly n: number;
  /** Pairs in which at least one observation was censored. */
  readonly censored: number;
  /** The mean of all differences, with Student's interval; null if a pair was censored, and the interval also if there is only one pair. */
  readonly mean: number | null;
  readonly ci95: readonly [number, number] | null;
  /** In how many pairs the second is certainly above the first, and certainly below. */
  readonly above: number;
  readonly below: number;
  /** The probability of differences at least this large, in either direction, by chance alone. */
  readonly p: number;
  /** The smallest p that this many pairs could have. */
  readonly leastP: number;
};

/** Up to this many differing pairs, all ways to swap them are tried; beyond that, a random sample. */
const MOST_COUNTED = 16;
const DRAWS = 20_000;

const lengthOf = (observation: Observation): number => ("seconds" in observation ? observation.seconds : observation.censoredAfter);

/**
 * If the setting had no effect, each difference could equally have the opposite sign (Fisher, The Design of Experiments, 1935, §21): `p` is the share of all assignments of
 * signs whose sum is at least as far from 0. If pairs were censored, only the certain signs count, one each: the sign test, as old as Arbuthnott (1710).
 */
export function comparePairs(pairs: readonly Pair[]): Paired {
  const censored = pairs.filter((pair) => pair.some((each) => "censoredAfter" in each)).length;
  const signs = pairs.map(signOf);
  const counted = { n: pairs.length, censored, above: signs.filter((sign) => sign > 0).length, below: signs.filter((sign) => sign < 0).length };
  const differences = censored > 0 ? signs : pairs.map(([one, other]) => lengthOf(other) - lengthOf(one));
  const { mean, ci95 } = censored > 0 || pairs.length === 0 ? { mean: null, ci95: null } : meanOf(differences);
  return { ...counted, mean, ci95, ...signFlips(differences.filter((difference) => difference !== 0)) };
}

function meanOf(differences: readonly number[]): Pick<Paired, "mean" | "ci95"> {
  const n = differences.length;
  const mean = differences.reduce((sum, each) => sum + each, 0) / n;
  if (n < 2) return { mean, ci95: null };
  const squares = differences.reduce((sum, each) => sum + (each - mean) * (each - mean), 0);
  const half = studentDeviate(TAIL, n - 1) * Math.sqrt(squares / (n - 1) / n);
  return { mean, ci95: [mean - half, mean + half] };
}

/** 1 if the second is certainly above the first, −1 if certainly below; 0 if they are equal, or censoring leaves it open. */
function signOf([one, other]: Pair): number {
  const [a, b] = [lengthOf(one), lengthOf(other)];
  if ("seconds" in one && (b > a || (b === a && "censoredAfter" in other))) return 1;
  if ("seconds" in other && (a > b || (a === b && "censoredAfter" in one))) return -1;
  return 0;
}

/** Sums that differ only by rounding count as equal. */
const DUST = 1 - 1e-9;

function signFlips(differences: readonly number[]): Pick<Paired, "p" | "leastP"> {
  const n = differences.length;
  if (n === 0) return { p: 1, leastP: 1 };
  const observed = Math.abs(differences.reduce((sum, each) => sum + each, 0)) * DUST;
  if (n > MOST_COUNTED) return drawn(differences, observed);
  const ways = 1 << n;
  let asFar = 0;
  for (let way = 0; way < ways; way++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += (way >> i) & 1 ? -differences[i]! : differences[i]!;
    if (Math.abs(sum) >= observed) asFar++;
  }
  return { p: asFar / ways, leastP: 2 / ways };
}

/** From random signs with a fixed seed (Phipson and Smyth 2010): the observed signs are counted among them. */
function drawn(differences: readonly number[], observed: number): Pick<Paired, "p" | "leastP"> {
  let rng = rngFrom(differences.length);
  let asFar = 1;
  for (let draw = 0; draw < DRAWS; draw++) {
    let sum = 0;
    for (let i = 0; i < differences.length; ) {
      const [bits, next] = below(1 << 24, rng);
      rng = next;
      for (let bit = 0; bit < 24 && i < differences.length; bit++, i++) sum += (bits >> bit) & 1 ? -differences[i]! : differences[i]!;
    }
    if (Math.abs(sum) >= observed) asFar++;
  }
  assert(asFar <= DRAWS + 1, "no way is counted twice");
  return { p: asFar / (DRAWS + 1), leastP: 1 / (DRAWS + 1) };
}
