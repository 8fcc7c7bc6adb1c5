/** Where the line of each run is: in which file, from which byte, how long. Sixteen bytes a run, and nothing else grows with their number. */

import { readSync } from "node:fs";

/** How many runs there can be. */
export type Extent = { readonly cells: number; readonly repeats: number };

/** There is no line of this run. */
const NOWHERE = -1;

/** One for all files of a sweep: the first line of a run counts. */
export class Places {
  /** The opened files and their names. */
  readonly files: { readonly descriptor: number; readonly path: string }[] = [];
  private readonly offsets: Float64Array;
  private readonly lengths: Uint32Array;
  private readonly owners: Uint32Array;
  /** Bytes of the longest line. */
  longest = 0;
  /** Lines that repeat a line of another file. */
  again = 0;
  private bytes = 0;
  private lines = 0;

  constructor({ cells, repeats }: Extent) {
    const runs = cells * repeats;
    this.offsets = new Float64Array(runs).fill(NOWHERE);
    [this.lengths, this.owners] = [new Uint32Array(runs), new Uint32Array(runs)];
  }

  /** Adds a file, and returns its number. */
  open(descriptor: number, path: string): number {
    return this.files.push({ descriptor, path }) - 1;
  }

  has(place: number): boolean {
    return this.offsets[place] !== NOWHERE;
  }

  set(place: number, owner: number, offset: number, length: number): void {
    [this.offsets[place], this.lengths[place], this.owners[place]] = [offset, length, owner];
    this.longest = Math.max(this.longest, length);
    this.bytes += length + 1;
    this.lines++;
  }

  /** The size of all lines together, with their ends, and their number. */
  get size(): { readonly bytes: number; readonly lines: number } {
    return { bytes: this.bytes, lines: this.lines };
  }

  ownerOf(place: number): number {
    return this.owners[place] ?? 0;
  }

  offsetOf(place: number): number {
    return this.offsets[place] ?? NOWHERE;
  }

  lengthOf(place: number): number {
    return this.lengths[place] ?? 0;
  }

  /** The line, without its end. */
  line(place: number): Buffer {
    if (!this.has(place)) throw new RangeError(`there is no run at place ${place}`);
    const line = Buffer.allocUnsafe(this.lengthOf(place));
    readSync(this.files[this.ownerOf(place)]!.descriptor, line, 0, line.length, this.offsetOf(place));
    return line;
  }
}
