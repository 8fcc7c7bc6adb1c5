/** Compares two results on the same seeds, pair by pair, for every figure. */

import { comparePairs, type Pair } from "../measure/paired.ts";
import { holm } from "../measure/permutation.ts";
import type { Observation, RunResult } from "../measure/result.ts";
import { rounded } from "../measure/time-metric.ts";
import { type Row, timeNames } from "./model.ts";
import { observationsIn, rowOf } from "./row.ts";

/** Two runs, one of each result, with the same settings and the same seed. */
export type Couple = readonly [one: Row, other: Row];

/** One figure in both results. */
export type Difference = {
  /** If sweeps are compared, the settings of the cell. */
  readonly cell: string;
  readonly figure: string;
  readonly unit: string;
  readonly pairs: number;
  /** Pairs in which at least one observation was censored; and how many of the first and of the second. */
  readonly censored: number;
  readonly censoredEach: readonly [one: number, other: number];
  /** Means over all pairs; censored observations count with the length for which they were watched, so that the mean is too short. */
  readonly one: number;
  readonly other: number;
  /** By how much the second exceeds the first, on average; null if pairs were censored. */
  readonly mean: number | null;
  readonly ci95: readonly [number, number] | null;
  readonly above: number;
  readonly below: number;
  readonly p: number;
  /** Corrected for all figures and cells that were tested (Holm). */
  readonly corrected: number;
  readonly leastP: number;
};

/** What two sides differ in, by all figures that both have. */
export type Compared = {
  readonly differences: readonly Difference[];
  /** Figures that are equal in every pair. */
  readonly alike: readonly string[];
  /** Do any figures differ beyond chance? `unknown`: with so few pairs, no difference could have been found. */
  readonly verdict: "alike" | "different" | "unknown";
};

/** The probability of calling equal settings different is at most this. */
export const LEVEL = 0.05;

type Figure = { readonly name: string; readonly unit: string; readonly of: (row: Row) => Observation | null };

const perMemberSecond = (name: string, count: "datagrams" | "streams" | "bytes"): Figure =>
  ({ name, unit: "a member-second", of: ({ counts, memberSeconds }) => (memberSeconds > 0 ? { seconds: counts[count] / memberSeconds } : null) });

/** One observation for each run, because observations within a run are not independent. For lengths, the mean. */
const figures: readonly Figure[] = [
  ...timeNames.map((name): Figure => ({ name, unit: "s", of: (row) => meanOf(observationsIn(row, name)) })),
  { name: "falsePositives", unit: "a run", of: ({ counts }) => ({ seconds: counts.falsePositives }) },
  { name: "falseDeathSeconds", unit: "s a run", of: ({ counts }) => ({ seconds: counts.falseDeathSeconds }) },
  { name: "partitionEvictions", unit: "a run", of: ({ counts }) => ({ seconds: counts.partitionEvictions }) },
  { name: "suspicions", unit: "a run", of: ({ counts }) => ({ seconds: counts.suspicions }) },
  { name: "refutations", unit: "a run", of: ({ counts }) => ({ seconds: counts.refutations }) },
  perMemberSecond("datagrams", "datagrams"),
  perMemberSecond("streams", "streams"),
  perMemberSecond("bytes", "bytes"),
  { name: "health", unit: "points", of: ({ counts }) => ({ seconds: counts.healthMean }) },
  { name: "agreement", unit: "share", of: ({ counts }) => ({ seconds: counts.agreement }) },
];

function meanOf(observations: readonly Observation[]): Observation | null {
  if (observations.length === 0) return null;
  const mean = observations.reduce((sum, each) => sum + lengthOf(each), 0) / observations.length;
  return observations.some((each) => "censoredAfter" in each) ? { censoredAfter: mean } : { seconds: mean };
}

const lengthOf = (observation: Observation): number => ("seconds" in observation ? observation.seconds : observation.censoredAfter);

/** Pairs the runs of two sides that have the same seed. */
export const couplesOf = (one: ReadonlyMap<string, Row>, other: ReadonlyMap<string, Row>): readonly Couple[] =>
  [...one].flatMap(([seed, row]): Couple[] => {
    const match = other.get(seed);
    return match === undefined ? [] : [[row, match]];
  });

/** A side's runs by their seeds. */
export const bySeed = (results: readonly RunResult[]): ReadonlyMap<string, Row> => new Map(results.map((result) => [result.seed, rowOf(0, result)]));

/**
 * Compares the runs of two scenarios that differ in their settings, figure by figure, as the command `compare` does: runs of the same seed form a pair, and a run without one
 * is left out. A RangeError if no seed is on both sides.
 */
export function compareRuns(one: readonly RunResult[], other: readonly RunResult[]): Compared {
  const couples = couplesOf(bySeed(one), bySeed(other));
  if (couples.length === 0) throw new RangeError("no run of the first has the seed of a run of the second: nothing can be paired");
  return compareCouples([{ name: "", couples }]);
}

/** Compares cell by cell. The name of a cell is empty if there is only one. */
export function compareCouples(cells: readonly { readonly name: string; readonly couples: readonly Couple[] }[]): Compared {
  const sampled = cells.flatMap(({ name: cell, couples }) => figures.map(({ name, unit, of }) => ({
    cell, figure: name, unit,
    pairs: couples.flatMap(([one, other]): Pair[] => {
      const [a, b] = [of(one), of(other)];
      return a === null || b === null ? [] : [[a, b]];
    }),
  }))).filter(({ pairs }) => pairs.length > 0);
  const tested = sampled.filter(({ pairs }) => pairs.some(([one, other]) => lengthOf(one) !== lengthOf(other) || "seconds" in one !== "seconds" in other));
  const found = tested.map(({ pairs }) => comparePairs(pairs));
  const corrected = holm(found.map(({ p }) => p));
  const differences = tested.map(({ cell, figure, unit, pairs }, place): Difference => {
    const { mean = null, ci95 = null, above = 0, below = 0, p = 1, leastP = 1, censored = 0 } = found[place] ?? {};
    const average = (side: 0 | 1): number => rounded(pairs.reduce((sum, pair) => sum + lengthOf(pair[side]), 0) / pairs.length);
    const givenUp = (side: 0 | 1): number => pairs.filter((pair) => "censoredAfter" in pair[side]).length;
    return {
      cell, figure, unit, pairs: pairs.length, censored, censoredEach: [givenUp(0), givenUp(1)], one: average(0), other: average(1),
      mean: rounded(mean), ci95: ci95 === null ? null : [rounded(ci95[0]), rounded(ci95[1])], above, below, p: rounded(p), corrected: rounded(corrected[place] ?? 1), leastP: rounded(leastP),
    };
  });
  const alike = [...new Set(sampled.filter((each) => !tested.includes(each)).map(({ figure }) => figure))].filter((figure) => !tested.some((each) => each.figure === figure));
  return { differences, alike, verdict: verdictOf(differences) };
}

function verdictOf(differences: readonly Difference[]): Compared["verdict"] {
  if (differences.some(({ corrected }) => corrected <= LEVEL)) return "different";
  return differences.length === 0 || differences.some(({ leastP }) => leastP * differences.length <= LEVEL) ? "alike" : "unknown";
}
