/** A trace in memory that may still grow: while its file is read, or while the simulator writes it. */

import { type Chunk, openTrace, type Trace } from "../../trace/index.ts";

/** How many chunks are kept unpacked, and at most how many of the trace's bytes in them besides the newest: unpacked they take some fifteen times as much. */
const [KEPT, KEPT_BYTES] = [6, 4 << 20];

export type Look = { readonly ok: true; readonly trace: Trace } | { readonly ok: false; readonly why: string };

export class Tape {
  private bytes: Uint8Array;
  private length = 0;
  private seen = -1;
  private look: Look = { ok: false, why: "nothing has been read yet" };
  /** Will nothing more be added? */
  isWhole = true;
  private readonly kept = new Map<number, Chunk>();

  /** How many bytes of the trace may be kept unpacked. */
  private readonly most: number;

  /** Reserves `expected` bytes, and grows if needed. */
  constructor(expected: number, most = KEPT_BYTES) {
    this.most = most;
    this.bytes = new Uint8Array(Math.max(65_536, expected));
  }

  /** A tape of a complete trace, merged from others. */
  static of(trace: Trace): Tape {
    const tape = new Tape(0);
    tape.look = { ok: true, trace };
    tape.seen = 0;
    return tape;
  }

  add(piece: Uint8Array): void {
    if (this.length + piece.length > this.bytes.length) {
      const wider = new Uint8Array(Math.max(2 * this.bytes.length, this.length + piece.length));
      wider.set(this.bytes.subarray(0, this.length));
      this.bytes = wider;
    }
    this.bytes.set(piece, this.length);
    this.length += piece.length;
  }

  get size(): number {
    return this.length;
  }

  /** What can be read of it now. Goes through everything: O(length), so it must not be called for every piece. */
  refresh(): Look {
    if (this.seen !== this.length) {
      this.look = openTrace(this.bytes.subarray(0, this.length));
      this.seen = this.length;
    }
    return this.look;
  }

  /** What could be read at the last look. */
  get trace(): Trace | null {
    return this.look.ok ? this.look.trace : null;
  }

  /** A chunk, unpacked; undefined if it can't be. */
  chunk(number: number): Chunk | undefined {
    const known = this.kept.get(number);
    if (known !== undefined) {
      this.kept.delete(number);
      this.kept.set(number, known);
      return known;
    }
    const read = this.trace?.readChunk(number);
    if (read === undefined || !read.ok) return undefined;
    this.kept.set(number, read.chunk);
    this.forget();
    return read.chunk;
  }

  /** Why a chunk cannot be unpacked, as a sentence. */
  whyNot(number: number): string {
    const read = this.trace?.readChunk(number);
    return read === undefined || read.ok ? "nothing is wrong with it" : read.why;
  }

  /** How many bytes of the trace are kept unpacked. */
  get keptBytes(): number {
    let bytes = 0;
    for (const number of this.kept.keys()) bytes += this.bytesOf(number);
    return bytes;
  }

  /** Drops the least recently used chunks. The newest stays, however large it is. */
  private forget(): void {
    let [chunks, bytes] = [0, 0];
    for (const number of [...this.kept.keys()].toReversed()) {
      [chunks, bytes] = [chunks + 1, bytes + this.bytesOf(number)];
      if (chunks > 1 && (chunks > KEPT || bytes > this.most)) this.kept.delete(number);
    }
  }

  /** The stored length of a chunk: up to the beginning of the next one, or to the end. */
  private bytesOf(number: number): number {
    const chunks = this.trace?.chunks ?? [];
    const begins = chunks[number]?.offset ?? 0;
    return Math.max(0, (chunks[number + 1]?.offset ?? Math.max(this.length, begins)) - begins);
  }
}
