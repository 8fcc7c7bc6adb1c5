/** Compares two worlds that played the same scenario: does any figure tell them apart? */

import type { Observation, RunResult } from "./result.ts";
import { holm, rankTest, shiftOf } from "./permutation.ts";
import { rounded } from "./time-metric.ts";
import type { Verdict } from "./verdict.ts";

/** One figure in the runs of one world: one observation for each run, because events within a run are not independent. */
export type Side = {
  readonly n: number;
  /** Censored runs count with the length for which they were watched. */
  readonly median: number;
  readonly least: number;
  readonly greatest: number;
  readonly censored: number;
};

/** One figure in both worlds. */
export type Contrast = {
  readonly figure: string;
  /** `s`, or the unit of a count. */
  readonly unit: string;
  readonly one: Side;
  readonly other: Side;
  /** How many runs of the first world lie within the range of the second. */
  readonly within: number;
  /** By how much the first is above the second: the median of all differences; null if a run was censored. */
  readonly shift: number | null;
  readonly shiftCi95: readonly [number, number] | null;
  /** Exact, two-sided, from a rank test. */
  readonly p: number;
  /** The same, corrected for all figures that were tested (Holm). */
  readonly corrected: number;
  /** The smallest p that the test could have returned. */
  readonly leastP: number;
};

/** The comparison of two worlds by all figures that both have. */
export type Comparison = {
  readonly contrasts: readonly Contrast[];
  /** Figures that were equal in all runs of both, or never reached in any. */
  readonly alike: readonly string[];
  /** `pass`: no figure tells the worlds apart. `fail`: one does. `unknown`: there are too few runs for any figure to tell. */
  readonly verdict: Verdict;
};

/** The probability of calling two equal worlds different is at most this. */
export const LEVEL = 0.05;

/** For figures that are not lengths, `seconds` holds the figure itself. */
type Figure = { readonly name: string; readonly unit: string; readonly of: (run: RunResult) => Observation | null };

const times = (name: string, of: (run: RunResult) => readonly Observation[]): Figure => ({ name, unit: "s", of: (run) => meanOf(of(run)) });
/** Rare events are counted per run: a rate would also depend on the hours that members lived. */
const count = (name: string, of: (run: RunResult) => number): Figure => ({ name, unit: "a run", of: (run) => ({ seconds: of(run) }) });
const rate = (name: string, of: (run: RunResult) => number): Figure =>
  ({ name, unit: "a second", of: (run) => (run.memberSeconds > 0 ? { seconds: of(run) / run.memberSeconds } : null) });

/** For each run, the mean of what a report measures. */
const figures: readonly Figure[] = [
  times("first suspicion", (run) => run.crashes.map((crash) => crash.firstSuspicion)),
  times("first detection", (run) => run.crashes.map((crash) => crash.firstDetection)),
  times("full dissemination", (run) => run.crashes.map((crash) => crash.fullDissemination)),
  times("broadcast delivery", (run) => run.broadcasts.map(({ toAll }) => toAll)),
  times("update dissemination", (run) => run.updates.map(({ toAll }) => toAll)),
  { name: "agreement", unit: "share", of: ({ agreement }) => ({ seconds: agreement.reduce((sum, share) => sum + share, 0) / Math.max(1, agreement.length) }) },
  count("false positives", (run) => run.falsePositives.count),
  count("evictions", (run) => run.partitionEvictions),
  count("suspicions", (run) => run.suspicions),
  count("refutations", (run) => run.refutations),
  { name: "health", unit: "points", of: ({ health }) => ({ seconds: health.mean }) },
  rate("datagrams", (run) => run.load.datagrams),
  rate("streams", (run) => run.load.streams),
  rate("bytes", (run) => run.load.bytes),
];

/** How long the group took to agree after each disruption of this kind. */
const convergenceAfter = (kind: string): Figure =>
  times(`convergence after ${kind}`, (run) => run.disruptions.flatMap((disruption) => (disruption.kind === kind ? disruption.convergence ?? [] : [])));

const kindsOf = (runs: readonly RunResult[]): readonly string[] => [...new Set(runs.flatMap(({ disruptions }) => disruptions.map(({ kind }) => kind)))];

/** The mean of a run's observations. If one was censored, its length is a lower bound, and so is the mean. */
function meanOf(observations: readonly Observation[]): Observation | null {
  if (observations.length === 0) return null;
  const mean = observations.reduce((sum, each) => sum + ("seconds" in each ? each.seconds : each.censoredAfter), 0) / observations.length;
  return observations.some((each) => "censoredAfter" in each) ? { censoredAfter: mean } : { seconds: mean };
}

/** Compares the first world with the second, figure by figure. */
export function compareWorlds(one: readonly RunResult[], other: readonly RunResult[]): Comparison {
  const sampled = [...kindsOf([...one, ...other]).map(convergenceAfter), ...figures].map(({ name, unit, of }) => ({ name, unit, mine: one.flatMap((run) => of(run) ?? []), theirs: other.flatMap((run) => of(run) ?? []) }));
  const spoken = sampled.filter(({ mine, theirs }) => mine.length > 0 && theirs.length > 0);
  const tested = spoken.filter(({ mine, theirs }) => !areAlike([...mine, ...theirs]));
  const findings = tested.map(({ mine, theirs }) => rankTest(mine, theirs));
  const corrected = holm(findings.map(({ p }) => p));
  const contrasts = tested.map(({ name, unit, mine, theirs }, place): Contrast => {
    const { p, leastP } = findings[place] ?? { p: 1, leastP: 1 };
    const shift = shiftOf(mine, theirs);
    const [a, b] = [sideOf(mine), sideOf(theirs)];
    return {
      figure: name, unit, one: a, other: b,
      within: within(mine, theirs),
      shift: rounded(shift?.by ?? null),
      shiftCi95: shift?.ci95 == null ? null : [rounded(shift.ci95[0]), rounded(shift.ci95[1])],
      p: rounded(p), corrected: rounded(corrected[place] ?? 1), leastP: rounded(leastP),
    };
  });
  return { contrasts, alike: spoken.filter((each) => !tested.includes(each)).map(({ name }) => name), verdict: verdictOf(contrasts) };
}

function verdictOf(contrasts: readonly Contrast[]): Verdict {
  if (contrasts.some(({ corrected }) => corrected <= LEVEL)) return "fail";
  // If all figures are equal there was nothing to find; otherwise at least one figure must have been able to differ despite the correction.
  return contrasts.length === 0 || contrasts.some(({ leastP }) => leastP * contrasts.length <= LEVEL) ? "pass" : "unknown";
}

const lengthOf = (observation: Observation): number => ("seconds" in observation ? observation.seconds : observation.censoredAfter);

/** Compares measured values: rounded for display, a value could fall outside its own range. */
function within(mine: readonly Observation[], theirs: readonly Observation[]): number {
  const lengths = theirs.map(lengthOf);
  const [least, greatest] = [Math.min(...lengths), Math.max(...lengths)];
  return mine.filter((observation) => lengthOf(observation) >= least && lengthOf(observation) <= greatest).length;
}

function areAlike([first, ...rest]: readonly Observation[]): boolean {
  if (first === undefined || [first, ...rest].every((each) => "censoredAfter" in each)) return true;
  return rest.every((each) => lengthOf(each) === lengthOf(first) && "seconds" in each === "seconds" in first);
}

function sideOf(observations: readonly Observation[]): Side {
  const lengths = observations.map(lengthOf).toSorted((a, b) => a - b);
  const half = lengths.length >> 1;
  const median = lengths.length % 2 === 1 ? lengths[half]! : ((lengths[half - 1] ?? 0) + (lengths[half] ?? 0)) / 2;
  return {
    n: lengths.length, median: rounded(median), least: rounded(lengths[0] ?? 0), greatest: rounded(lengths.at(-1) ?? 0),
    censored: observations.filter((each) => "censoredAfter" in each).length,
  };
}
