/** A trace in memory that may still grow: while its file is read, or while the simulator writes it. */

import { type Chunk, openTrace, type Trace } from "../../trace/index.ts";

/** So many chunks are kept unpacked, and so many lines in them beside the newest: a line is some 500 bytes of objects. */
const [KEPT, KEPT_LINES] = [6, 120_000];

export type Look = { readonly ok: true; readonly trace: Trace } | { readonly ok: false; readonly why: string };

export class Tape {
  private bytes: Uint8Array;
  private length = 0;
  private seen = -1;
  private look: Look = { ok: false, why: "nothing has been read yet" };
  /** Will nothing more be added? */
  isWhole = true;
  private readonly kept = new Map<number, Chunk>();

  /** `expected` bytes are made room for; more is taken when it comes. */
  constructor(expected: number) {
    this.bytes = new Uint8Array(Math.max(65_536, expected));
  }

  /** One of a trace that is there already, put together from others. */
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

  /** What can be read of it by now. Looks at all of it: O(length), so not to be asked for with every piece. */
  refresh(): Look {
    if (this.seen !== this.length) {
      this.look = openTrace(this.bytes.subarray(0, this.length));
      this.seen = this.length;
    }
    return this.look;
  }

  /** What could be read when it was last looked at. */
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
    let [chunks, lines] = [0, 0];
    for (const [newer, { lines: { length } }] of [...this.kept].toReversed()) {
      [chunks, lines] = [chunks + 1, lines + length];
      if (chunks > 1 && (chunks > KEPT || lines > KEPT_LINES)) this.kept.delete(newer);
    }
    return read.chunk;
  }
}
