/** The truth at any line: every change of it, and a whole copy at intervals. */

import { Truth } from "./truth.ts";

type Change = { readonly line: number; readonly apply: (truth: Truth) => void };

/** Changes between two copies. */
const STRIDE = 512;

export class TruthBook {
  /** The truth now, after the last recorded line. */
  readonly now = new Truth();
  private readonly changes: Change[] = [];
  /** The truth before every 512th change. */
  private readonly copies: Truth[] = [];

  change(line: number, apply: (truth: Truth) => void): void {
    if (this.changes.length % STRIDE === 0) this.copies.push(this.now.copy());
    this.changes.push({ line, apply });
    apply(this.now);
  }

  /** How many changes came with lines up to this one: identifies a truth. */
  turnsBefore(line: number): number {
    let [low, high] = [0, this.changes.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.changes[middle]?.line ?? 0) <= line) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** A copy of the truth after a line. O(members + 512). */
  after(line: number): Truth {
    const turns = this.turnsBefore(line);
    const first = Math.max(0, Math.ceil(turns / STRIDE) - 1);
    const truth = this.copies[first]?.copy() ?? new Truth();
    for (const { apply } of this.changes.slice(first * STRIDE, turns)) apply(truth);
    return truth;
  }
}
