/** Gathers the rows of one cell in memory that does not grow with their number: exactly while there are few, condensed when there are many. */

import type { Sample } from "../measure/statistics.ts";
import { Lengths } from "./lengths.ts";
import { type CountName, countNames, type Row, timeNames, type TimeName } from "./model.ts";

/** Up to this many runs, each run counts by itself in every resampling. */
const MOST_GROUPS = 256;
/** Beyond it, runs are distributed over this many groups, which are resampled instead: each run stays whole. */
const FEW_GROUPS = 64;

/** The sums of one group of runs. */
export type Sums = Readonly<Record<CountName, number>> & { readonly runs: number; readonly memberSeconds: number };

/** The numbers of a group: its runs, their member-seconds, then the counts in their order. */
const WIDTH = 2 + countNames.length;

export class Gathered {
  private groups: Float64Array[] = [];
  private readonly lengths = new Map<TimeName, Lengths>();
  private isGrouped = false;
  private known: readonly Sums[] | null = null;
  runs = 0;
  healthMax = 0;

  /** Add rows in order of repetition. Only a row's numbers are kept. */
  add(row: Row): void {
    const nth = this.runs++;
    if (this.runs > MOST_GROUPS && !this.isGrouped) this.regroup();
    const group = this.isGrouped ? nth % FEW_GROUPS : nth;
    const sums = (this.groups[group] ??= new Float64Array(WIDTH));
    const { counts, times } = row;
    sums[0]! += 1;
    sums[1]! += row.memberSeconds;
    for (let i = 2; i < WIDTH; i++) sums[i]! += counts[countNames[i - 2]!];
    this.known = null;
    this.healthMax = Math.max(this.healthMax, counts.healthMax);
    for (const name of timeNames) {
      const watched = times[name];
      if (watched === undefined) continue;
      const { seconds, censoredAfter } = watched;
      const lengths = this.lengthsOf(name);
      for (const length of seconds) lengths.add(length, true, group);
      if (censoredAfter !== undefined) for (const length of censoredAfter) lengths.add(length, false, group);
      lengths.mostOfRun = Math.max(lengths.mostOfRun, seconds.length + (censoredAfter?.length ?? 0));
    }
  }

  /** The units of resampling: one for each run, or for each group of runs. */
  get sums(): readonly Sums[] {
    return (this.known ??= this.groups.map((sums) => ({ runs: sums[0]!, memberSeconds: sums[1]!, ...Object.fromEntries(countNames.map((name, i) => [name, sums[i + 2]!])) }) as Sums));
  }

  /** From shortest to longest; at equal lengths, ended ones before censored ones. */
  sample(name: TimeName): Sample {
    return this.lengths.get(name)?.sample() ?? [];
  }

  /** Only the lengths, in ascending order, censored ones included. */
  ascending(name: TimeName): Float64Array {
    return this.lengths.get(name)?.ascending() ?? new Float64Array();
  }

  /** How many were watched and censored, and the longest that ended. */
  tally(name: TimeName): { readonly n: number; readonly censored: number; readonly greatest: number | null } {
    return this.lengths.get(name) ?? { n: 0, censored: 0, greatest: null };
  }

  /** Does every run have at most one observation of this kind? Then they are independent of each other. */
  isIndependent(name: TimeName): boolean {
    return (this.lengths.get(name)?.mostOfRun ?? 0) <= 1;
  }

  private lengthsOf(name: TimeName): Lengths {
    let lengths = this.lengths.get(name);
    if (lengths === undefined) this.lengths.set(name, (lengths = new Lengths()));
    return lengths;
  }

  private regroup(): void {
    this.isGrouped = true;
    const groups: Float64Array[] = [];
    this.groups.forEach((sums, run) => {
      const into = (groups[run % FEW_GROUPS] ??= new Float64Array(WIDTH));
      for (let i = 0; i < WIDTH; i++) into[i]! += sums[i]!;
    });
    this.groups = groups;
    for (const lengths of this.lengths.values()) lengths.regroup(FEW_GROUPS);
  }
}
