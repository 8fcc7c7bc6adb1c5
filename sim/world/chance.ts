/**
 * The world's chance. Streams for what happens once (who is born with which seed, whom a disruption strikes), each split by name
 * from the run's seed; keyed draws for what happens to packets, so that removing one packet or one fault leaves every other as it was.
 */

import alea from "seedrandom/lib/alea.js";
import { fold } from "../../engine/index.ts";

/** A stream of its own for each name: adding a draw to one moves no other. */
export type Stream = {
  /** 32 bits, signed. */
  readonly word: () => number;
  /** A whole number in [0, limit). */
  readonly below: (limit: number) => number;
};

export function stream(seed: string, purpose: string): Stream {
  const draw = alea(`${seed}/${purpose}`);
  return { word: () => draw.int32(), below: (limit) => Math.floor(draw() * limit) };
}

/** What a keyed draw decides. Two purposes never share a number. */
export const purposes = { loss: 1, latency: 2, duplication: 3, secondLatency: 4, stream: 5, impairment: 64 } as const;

/** The packet's own dice: a function of (seed, source, target, how-many-th between the two). */
export const packetKey = (seed: number, source: number, target: number, nth: number): number =>
  fold(fold(fold(seed, source), target), nth);

/** One throw of them, for one purpose: in [0, 1), with 32 bits. */
export const keyedDraw = (key: number, purpose: number): number => (fold(key, purpose) >>> 0) / 4_294_967_296;

/**
 * Counts packets from each member to each other. A table of open addresses, because a large run has millions of pairs. Both directions of a
 * pair stand together, the pair's key beside them: the ack that follows a ping finds its place still at hand.
 */
export class PairCounter {
  private readonly members: number;
  private table = blankTable(1024);
  private used = 0;

  constructor(members: number) {
    this.members = members;
  }

  /** The how-many-th packet from source to target this is, from 0. */
  next(source: number, target: number): number {
    if (this.used * 10 > capacityOf(this.table) * 7) this.grow();
    const one = Math.min(source, target);
    const other = Math.max(source, target);
    const key = one * this.members + other;
    const place = this.find(key, fold(one, other));
    if (this.table[place] === EMPTY) {
      this.table[place] = key;
      this.used++;
    }
    return this.table[place + (source < target ? THERE : BACK)]!++;
  }

  private find(key: number, hash: number): number {
    const { table } = this;
    const mask = capacityOf(table) - 1;
    let slot = hash & mask;
    while (table[slot * WIDTH] !== EMPTY && table[slot * WIDTH] !== key) slot = (slot + 1) & mask;
    return slot * WIDTH;
  }

  private grow(): void {
    const old = this.table;
    this.table = blankTable(capacityOf(old) * 2);
    for (let i = 0; i < old.length; i += WIDTH) {
      const key = old[i]!;
      if (key === EMPTY) continue;
      const place = this.find(key, fold(Math.floor(key / this.members), key % this.members));
      this.table[place] = key;
      this.table[place + THERE] = old[i + THERE]!;
      this.table[place + BACK] = old[i + BACK]!;
    }
  }
}

/** An entry: the pair's key, the packets from the lower number to the higher, those back, and one left free so that no entry straddles two lines of memory. */
const WIDTH = 4;
const THERE = 1;
const BACK = 2;
const EMPTY = -1;

const capacityOf = (table: Float64Array): number => table.length / WIDTH;

/** Room for so many pairs, a power of two, none of them taken. */
function blankTable(pairs: number): Float64Array {
  const table = new Float64Array(pairs * WIDTH);
  for (let i = 0; i < table.length; i += WIDTH) table[i] = EMPTY;
  return table;
}
