/**
 * Events to come, in order: by time, and at equal times in the order of insertion.
 *
 * Nearly everything happens within a second or two, and in a large group hundreds of thousands of events wait. So time is cut into slices of a
 * millisecond: events of the current slice are in a small heap, which stays in the cache; events of the next few thousand slices are only listed, by
 * slice; and events after those are in a second heap. Within a slice, events from the second heap were inserted before the listed ones.
 */

import { assert, type Instant } from "../../engine/index.ts";
import { Heap } from "./heap.ts";

/** Microseconds to a slice. */
const SLICE = 1024;
/** How many slices have a list: eight seconds of them. A power of two. */
const SLICES = 8192;
/** The end of a list. */
const END = -1;

export class Queue {
  private readonly now = new Heap();
  private readonly later = new Heap();
  /** The number of the current slice. */
  private slice = 0;
  /** For each slice that has a list, its first and last entry; each entry then points to the next. */
  private readonly firsts = new Int32Array(SLICES).fill(END);
  private readonly lasts = new Int32Array(SLICES).fill(END);
  private listed = 0;
  private at = new Float64Array(1024);
  private what = new Int32Array(1024);
  private next = new Int32Array(1024);
  /** The free entries, as a list of their own; and how many were ever used. */
  private free = END;
  private used = 0;

  get size(): number {
    return this.now.size + this.listed + this.later.size;
  }

  /** The time of the first event; Infinity if there is none. */
  get firstAt(): number {
    if (this.now.size === 0) this.goOn();
    return this.now.firstAt;
  }

  push(at: Instant, what: number): void {
    const ahead = Math.floor(at / SLICE) - this.slice;
    if (ahead <= 0) this.now.push(at, what);
    else if (ahead < SLICES) this.list((this.slice + ahead) & (SLICES - 1), at, what);
    else this.later.push(at, what);
  }

  /** Removes the first event. */
  pop(): number {
    if (this.now.size === 0) this.goOn();
    assert(this.now.size > 0, "something to happen");
    return this.now.pop();
  }

  /** Advances to the next slice that has events. */
  private goOn(): void {
    while (this.now.size === 0 && (this.listed > 0 || this.later.size > 0)) {
      this.slice = this.listed > 0 ? this.slice + 1 : Math.floor(this.later.firstAt / SLICE);
      const end = (this.slice + 1) * SLICE;
      while (this.later.firstAt < end) this.now.push(this.later.firstAt as Instant, this.later.pop());
      this.unlist(this.slice & (SLICES - 1));
    }
  }

  private list(place: number, at: Instant, what: number): void {
    const entry = this.entry();
    this.at[entry] = at;
    this.what[entry] = what;
    this.next[entry] = END;
    if (this.firsts[place] === END) this.firsts[place] = entry;
    else this.next[this.lasts[place]!] = entry;
    this.lasts[place] = entry;
    this.listed++;
  }

  /** Moves all entries of a list to the current heap. */
  private unlist(place: number): void {
    let entry = this.firsts[place]!;
    this.firsts[place] = END;
    while (entry !== END) {
      this.now.push(this.at[entry] as Instant, this.what[entry]!);
      const next = this.next[entry]!;
      this.next[entry] = this.free;
      this.free = entry;
      entry = next;
      this.listed--;
    }
  }

  /** Takes a free entry. */
  private entry(): number {
    if (this.free === END) {
      if (this.used === this.at.length) this.grow();
      return this.used++;
    }
    const entry = this.free;
    this.free = this.next[entry]!;
    return entry;
  }

  private grow(): void {
    const capacity = this.at.length * 2;
    const { at, what, next } = this;
    (this.at = new Float64Array(capacity)).set(at);
    (this.what = new Int32Array(capacity)).set(what);
    (this.next = new Int32Array(capacity)).set(next);
  }
}
