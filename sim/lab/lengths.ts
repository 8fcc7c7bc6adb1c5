/** Lengths of one kind in one cell: kept exactly while there are few; rounded, and equal ones merged, when there are many. */

import type { Sample } from "../measure/statistics.ts";

/** Up to this many lengths of a kind are kept exactly; beyond it they are rounded to four digits, and equal ones are kept once, with their number. */
const MOST_LENGTHS = 65_536;
const FEW = 64;

/** The lengths of one kind in one cell. */
export class Lengths {
  private values = new Float64Array(FEW);
  /** Twice the number of the group of runs; plus one if the length was censored. */
  private marks = new Uint32Array(FEW);
  /** How many lengths each entry stands for; null while each stands for one. */
  private times: Uint32Array | null = null;
  private kept = 0;
  n = 0;
  censored = 0;
  greatest: number | null = null;
  /** The most lengths that any one run added. */
  mostOfRun = 0;

  add(length: number, ended: boolean, group: number): void {
    if (this.kept === this.values.length) this.grow();
    this.values[this.kept] = length;
    this.marks[this.kept] = group * 2 + (ended ? 0 : 1);
    if (this.times !== null) this.times[this.kept] = 1;
    this.kept++;
    this.n++;
    if (!ended) this.censored++;
    else if (this.greatest === null || length > this.greatest) this.greatest = length;
    if (this.kept > MOST_LENGTHS * (this.times === null ? 1 : 4)) this.thin();
  }

  /** From shortest to longest; at equal lengths, ended ones before censored ones. */
  sample(): Sample {
    if (this.times !== null) this.thin();
    const all = Array.from({ length: this.kept }, (_, i) => ({ length: this.values[i]!, ended: (this.marks[i]! & 1) === 0, run: this.marks[i]! >>> 1, ...(this.times === null ? {} : { times: this.times[i]! }) }));
    return all.toSorted((a, b) => a.length - b.length || Number(b.ended) - Number(a.ended) || a.run - b.run);
  }

  /** All lengths in ascending order, censored ones included. */
  ascending(): Float64Array {
    if (this.times === null) return this.values.slice(0, this.kept).toSorted();
    this.thin();
    const all = new Float64Array(this.n);
    for (let [i, at] = [0, 0]; i < this.kept; at += this.times[i]!, i++) all.fill(this.values[i]!, at, at + this.times[i]!);
    return all.toSorted();
  }

  /** From now on runs are distributed over this many groups. */
  regroup(groups: number): void {
    for (let i = 0; i < this.kept; i++) {
      const mark = this.marks[i]!;
      this.marks[i] = ((mark >>> 1) % groups) * 2 + (mark & 1);
    }
  }

  private grow(): void {
    const size = this.values.length * 2;
    const wider = <Of extends Float64Array | Uint32Array>(from: Of, into: Of): Of => (into.set(from), into);
    this.values = wider(this.values, new Float64Array(size));
    this.marks = wider(this.marks, new Uint32Array(size));
    if (this.times !== null) this.times = wider(this.times, new Uint32Array(size));
  }

  private thin(): void {
    const places = new Map<string, number>();
    const [values, marks, times] = [this.values, this.marks, new Uint32Array(this.values.length)];
    let kept = 0;
    for (let i = 0; i < this.kept; i++) {
      const [rounded, mark, many] = [Number(values[i]!.toPrecision(4)), marks[i]!, this.times?.[i] ?? 1];
      const key = `${rounded} ${mark}`;
      const place = places.get(key);
      if (place !== undefined) times[place]! += many;
      else {
        places.set(key, kept);
        [values[kept], marks[kept], times[kept]] = [rounded, mark, many];
        kept++;
      }
    }
    [this.times, this.kept] = [times, kept];
  }
}
