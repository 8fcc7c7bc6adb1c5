/**
 * The world's randomness. Streams serve what happens once (which seed a member gets, which members a disruption affects): one for each name, split
 * from the run's seed. Keyed draws serve what happens to packets, so that removing one packet or one fault leaves every other as it was.
 */

import alea from "seedrandom/lib/alea.js";
import { fold } from "../../engine/index.ts";

/** A random stream with its own name: adding a draw to one does not change the others. */
export type Stream = {
  /** 32 bits, signed. */
  readonly word: () => number;
  /** A whole number in [0, limit). */
  readonly below: (limit: number) => number;
  /** In [0, 1), with 32 bits. */
  readonly share: () => number;
};

export function stream(seed: string, purpose: string): Stream {
  const draw = alea(`${seed}/${purpose}`);
  return { word: () => draw.int32(), below: (limit) => Math.floor(draw() * limit), share: () => draw() };
}

/** What a keyed draw decides. No two purposes share a number. */
export const purposes = { loss: 1, latency: 2, duplication: 3, secondLatency: 4, stream: 5, impairment: 64 } as const;

/** The key of a packet: a function of (seed, source, target, how many packets went between the two before). */
export const packetKey = (seed: number, source: number, target: number, nth: number): number =>
  fold(fold(fold(seed, source), target), nth);

/** A draw with this key, for one purpose: in [0, 1), with 32 bits. */
export const keyedDraw = (key: number, purpose: number): number => (fold(key, purpose) >>> 0) / 4_294_967_296;

/**
 * Counts packets from each member to each other, in a hash table with open addressing, because a large run has millions of pairs. Both directions of a
 * pair share a slot of sixteen bytes with the pair's key: for the ack that follows a ping, the slot is still in the cache.
 */
export class PairCounter {
  private readonly members: number;
  private table = blankTable(1024);
  private used = 0;

  constructor(members: number) {
    this.members = members;
  }

  /** How many packets went from source to target before this one. */
  next(source: number, target: number): number {
    if (this.used * 10 > this.table.capacity * 7) this.grow();
    const isThere = source < target;
    const slot = this.slotOf(isThere ? source : target, isThere ? target : source);
    return this.table.counts[slot * COUNTS + (isThere ? THERE : BACK)]!++;
  }

  /** The slot of a pair; creates it if it is not there. */
  private slotOf(one: number, other: number): number {
    const { capacity, keys } = this.table;
    // Keys start at 1: an empty slot holds 0.
    const key = one * this.members + other + 1;
    let slot = fold(one, other) & (capacity - 1);
    while (keys[slot * KEYS] !== 0) {
      if (keys[slot * KEYS] === key) return slot;
      slot = (slot + 1) & (capacity - 1);
    }
    keys[slot * KEYS] = key;
    this.used++;
    return slot;
  }

  private grow(): void {
    const { capacity, keys, counts } = this.table;
    this.table = blankTable(capacity * 2);
    this.used = 0;
    for (let from = 0; from < capacity; from++) {
      const key = keys[from * KEYS]! - 1;
      if (key < 0) continue;
      const slot = this.slotOf(Math.floor(key / this.members), key % this.members);
      this.table.counts[slot * COUNTS + THERE] = counts[from * COUNTS + THERE]!;
      this.table.counts[slot * COUNTS + BACK] = counts[from * COUNTS + BACK]!;
    }
  }
}

/** Room for `capacity` pairs, a power of two. Two views of one buffer: a slot has eight bytes for the key, then four for each direction. */
type Table = { readonly capacity: number; readonly keys: Float64Array; readonly counts: Uint32Array };

/** How many numbers of each kind fit into a slot, and at which of the counts each direction is: behind the key. */
const KEYS = 2;
const COUNTS = 4;
const THERE = 2;
const BACK = 3;

function blankTable(capacity: number): Table {
  const keys = new Float64Array(capacity * KEYS);
  return { capacity, keys, counts: new Uint32Array(keys.buffer) };
}
