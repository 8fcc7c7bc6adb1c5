/** Collects lines by the hundred thousand, from wherever they are, into one buffer that threads can share. */

import { readSync } from "node:fs";
import type { Places } from "./places.ts";

/** The most bytes and lines of a portion. */
const MOST_BYTES = 48 << 20;
const MOST_LINES = 131_072;
/** Size of a block, and the number of wanted lines from which on it is read as a whole: reading a block takes about as long as reading ten single lines. */
const BLOCK = 1 << 18;
const WORTHWHILE = 10;
/** More blocks than any file has. */
const MOST_BLOCKS = 2 ** 32;
const NEWLINE = 10;

/** What another thread gets to see the same portion. */
export type Shared = { readonly bytes: SharedArrayBuffer; readonly table: SharedArrayBuffer };

/** Large enough for this many bytes and lines, or as large as a portion gets. */
export function roomFor(bytes: number, lines: number, longest: number): Shared {
  const most = Math.max(1, Math.min(lines, MOST_LINES));
  return { bytes: new SharedArrayBuffer(Math.max(longest + 1, Math.min(bytes, MOST_BYTES), 1)), table: new SharedArrayBuffer(4 * 3 * most) };
}

/** Lines one after the other, each with its end; with the run of each, and where it begins and ends. */
export class Portion {
  readonly shared: Shared;
  readonly bytes: Buffer;
  readonly places: Uint32Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** How many lines there are. */
  lines = 0;
  private readonly block = Buffer.allocUnsafe(BLOCK);
  private readonly following: Int32Array;

  constructor(shared: Shared) {
    const most = shared.table.byteLength / 12;
    this.shared = shared;
    this.bytes = Buffer.from(shared.bytes);
    [this.places, this.starts, this.ends] = [new Uint32Array(shared.table, 0, most), new Uint32Array(shared.table, 4 * most, most), new Uint32Array(shared.table, 8 * most, most)];
    this.following = new Int32Array(most);
  }

  /** Takes the lines of as many of these places as fit, in order; returns where it stopped. Skips places without a line. */
  fill(from: number, to: number, places: Places): number {
    let [place, size] = [from, 0];
    this.lines = 0;
    for (; place < to && this.lines < this.places.length; place++) {
      if (!places.has(place)) continue;
      const length = places.lengthOf(place);
      if (size + length + 1 > this.bytes.length) break;
      [this.places[this.lines], this.starts[this.lines], this.ends[this.lines]] = [place, size, size + length];
      size += length + 1;
      this.bytes[size - 1] = NEWLINE;
      this.lines++;
    }
    this.collect(places);
    return place;
  }

  /** Drops all lines except those for which `isKept` is true; moves no bytes. */
  keep(isKept: (nth: number) => boolean): void {
    let kept = 0;
    for (let nth = 0; nth < this.lines; nth++) {
      if (!isKept(nth)) continue;
      [this.places[kept], this.starts[kept], this.ends[kept]] = [this.places[nth]!, this.starts[nth]!, this.ends[nth]!];
      kept++;
    }
    this.lines = kept;
  }

  /** Reads the lines: sorted into blocks of their files, then block by block. */
  private collect(places: Places): void {
    const { following, lines } = this;
    const blocks = new Map<number, { first: number; lines: number }>();
    for (let nth = lines - 1; nth >= 0; nth--) {
      const place = this.places[nth]!;
      const key = places.ownerOf(place) * MOST_BLOCKS + Math.floor(places.offsetOf(place) / BLOCK);
      const block = blocks.get(key);
      following[nth] = block?.first ?? -1;
      if (block === undefined) blocks.set(key, { first: nth, lines: 1 });
      else [block.first, block.lines] = [nth, block.lines + 1];
    }
    for (const [key, block] of [...blocks].toSorted(([one], [other]) => one - other)) this.read(places.files[Math.floor(key / MOST_BLOCKS)]!.descriptor, (key % MOST_BLOCKS) * BLOCK, block, places);
  }

  private read(file: number, from: number, block: { readonly first: number; readonly lines: number }, places: Places): void {
    const read = block.lines >= WORTHWHILE ? readSync(file, this.block, 0, BLOCK, from) : 0;
    for (let nth = block.first; nth >= 0; nth = this.following[nth]!) {
      const [offset, start, end] = [places.offsetOf(this.places[nth]!), this.starts[nth]!, this.ends[nth]!];
      if (offset - from + end - start <= read) this.block.copy(this.bytes, start, offset - from, offset - from + end - start);
      else readSync(file, this.bytes, start, end - start, offset);
    }
  }
}
