/** A heap of events to come: by time, and at equal times in the order of insertion. */

import { assert, type Instant } from "../../engine/index.ts";

/** Four children to a parent: fewer levels than two, and the children share a cache line. */
const ARITY = 4;

/**
 * A heap of (time, order) → number. Entries with equal times always come out in the order in which they went in: determinism depends on it.
 * Three flat arrays instead of objects, for the memory and speed of large simulations.
 */
export class Heap {
  private at = new Float64Array(1024);
  private order = new Float64Array(1024);
  private what = new Int32Array(1024);
  private length = 0;
  private pushed = 0;

  get size(): number {
    return this.length;
  }

  /** The time of the first entry; Infinity if there is none. */
  get firstAt(): number {
    return this.length === 0 ? Infinity : (this.at[0] ?? Infinity);
  }

  push(at: Instant, what: number): void {
    if (this.length === this.at.length) this.grow();
    const order = this.pushed++;
    let hole = this.length++;
    while (hole > 0) {
      const parent = (hole - 1) >> 2;
      // An equal time in the parent was pushed earlier, and stays above.
      if (this.at[parent]! <= at) break;
      this.move(parent, hole);
      hole = parent;
    }
    this.set(hole, at, order, what);
  }

  /** Removes the first entry. */
  pop(): number {
    assert(this.length > 0, "something to happen");
    const first = this.what[0]!;
    const last = --this.length;
    if (last > 0) this.sink(this.at[last]!, this.order[last]!, this.what[last]!);
    return first;
  }

  /** Sinks an entry, taken from the end, from the top to its place. */
  private sink(at: number, order: number, what: number): void {
    const { length } = this;
    let hole = 0;
    for (;;) {
      const from = hole * ARITY + 1;
      if (from >= length) break;
      const child = this.leastOf(from, Math.min(from + ARITY, length));
      if (this.at[child]! > at || (this.at[child]! === at && this.order[child]! > order)) break;
      this.move(child, hole);
      hole = child;
    }
    this.set(hole, at, order, what);
  }

  private leastOf(from: number, to: number): number {
    const times = this.at;
    let least = from;
    let leastAt = times[from]!;
    for (let child = from + 1; child < to; child++) {
      const childAt = times[child]!;
      if (childAt < leastAt || (childAt === leastAt && this.order[child]! < this.order[least]!)) {
        least = child;
        leastAt = childAt;
      }
    }
    return least;
  }

  private move(from: number, to: number): void {
    this.at[to] = this.at[from]!;
    this.order[to] = this.order[from]!;
    this.what[to] = this.what[from]!;
  }

  private set(place: number, at: number, order: number, what: number): void {
    this.at[place] = at;
    this.order[place] = order;
    this.what[place] = what;
  }

  private grow(): void {
    const capacity = this.at.length * 2;
    const [at, order, what] = [this.at, this.order, this.what];
    (this.at = new Float64Array(capacity)).set(at);
    (this.order = new Float64Array(capacity)).set(order);
    (this.what = new Int32Array(capacity)).set(what);
  }
}
