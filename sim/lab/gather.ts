/** The rows of one cell, gathered in memory that does not grow with their number: exactly as long as they are few, thinned where they are many. */

import type { Sample } from "../measure/statistics.ts";
import { type CountName, countNames, type Row, timeNames, type TimeName } from "./model.ts";

/** Up to so many runs each counts by itself in every resampling. */
const MOST_GROUPS = 256;
/** Beyond it, runs are dealt to so many groups, which are resampled instead: what happens within one run stays together. */
const FEW_GROUPS = 64;
/** Up to so many lengths of a kind are kept as they are; beyond it they are rounded to four digits, and equal ones kept once, with their number. */
const MOST_LENGTHS = 65_536;

type Lengths = { known: Sample[number][]; isThinned: boolean; n: number; censored: number; greatest: number | null };

/** What one group of runs adds up to. */
export type Sums = Readonly<Record<CountName, number>> & { readonly runs: number; readonly memberSeconds: number };

export class Gathered {
  private groups: Record<string, number>[] = [];
  private readonly lengths = new Map<TimeName, Lengths>();
  private isGrouped = false;
  private mostPerRun = 0;
  runs = 0;
  healthMax = 0;

  /** Rows come in order of repetition. */
  add(row: Row): void {
    const nth = this.runs++;
    if (this.runs > MOST_GROUPS && !this.isGrouped) this.regroup();
    const group = this.isGrouped ? nth % FEW_GROUPS : nth;
    const sums = (this.groups[group] ??= { runs: 0, memberSeconds: 0, ...Object.fromEntries(countNames.map((name) => [name, 0])) });
    sums["runs"]! += 1;
    sums["memberSeconds"]! += row.memberSeconds;
    for (const name of countNames) sums[name]! += row.counts[name];
    this.healthMax = Math.max(this.healthMax, row.counts.healthMax);
    for (const name of timeNames) {
      const watched = row.times[name];
      if (watched === undefined) continue;
      for (const length of watched.seconds) this.watch(name, length, true, group);
      for (const length of watched.censoredAfter ?? []) this.watch(name, length, false, group);
      this.mostPerRun = Math.max(this.mostPerRun, watched.seconds.length + (watched.censoredAfter?.length ?? 0));
    }
  }

  /** One for each run, or for each group of runs: what is drawn again in a resampling. */
  get sums(): readonly Sums[] {
    return this.groups as unknown as readonly Sums[];
  }

  /** From shortest to longest; where one ended just when another was given up, the ended one first. */
  sample(name: TimeName): Sample {
    const lengths = this.lengths.get(name);
    if (lengths === undefined) return [];
    if (lengths.isThinned) thin(lengths);
    return lengths.known.toSorted((a, b) => a.length - b.length || Number(b.ended) - Number(a.ended) || a.run - b.run);
  }

  /** How many were watched and given up, and the greatest that ended. */
  tally(name: TimeName): { readonly n: number; readonly censored: number; readonly greatest: number | null } {
    return this.lengths.get(name) ?? { n: 0, censored: 0, greatest: null };
  }

  /** Does every run hold one observation of a kind at most? Then they are independent of each other. */
  get isIndependent(): boolean {
    return this.mostPerRun <= 1;
  }

  private watch(name: TimeName, length: number, ended: boolean, run: number): void {
    let lengths = this.lengths.get(name);
    if (lengths === undefined) this.lengths.set(name, (lengths = { known: [], isThinned: false, n: 0, censored: 0, greatest: null }));
    lengths.known.push({ length, ended, run });
    lengths.n++;
    if (!ended) lengths.censored++;
    else lengths.greatest = Math.max(lengths.greatest ?? 0, length);
    if (lengths.known.length > MOST_LENGTHS * (lengths.isThinned ? 4 : 1)) thin(lengths);
  }

  private regroup(): void {
    this.isGrouped = true;
    const groups: Record<string, number>[] = [];
    this.groups.forEach((sums, run) => {
      const into = (groups[run % FEW_GROUPS] ??= {});
      for (const [name, value] of Object.entries(sums)) into[name] = (into[name] ?? 0) + value;
    });
    this.groups = groups;
    for (const lengths of this.lengths.values()) lengths.known = lengths.known.map((each) => ({ ...each, run: each.run % FEW_GROUPS }));
  }
}

function thin(lengths: Lengths): void {
  const alike = new Map<string, Sample[number] & { times: number }>();
  for (const { length, ended, run, times = 1 } of lengths.known) {
    const rounded = Number(length.toPrecision(4));
    const key = `${rounded} ${ended} ${run}`;
    const known = alike.get(key);
    if (known === undefined) alike.set(key, { length: rounded, ended, run, times });
    else known.times += times;
  }
  lengths.known = [...alike.values()];
  lengths.isThinned = true;
}
