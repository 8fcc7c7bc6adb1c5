/** A file that becomes a tape while it is being read: what has been read can be shown before the rest is. */

import type { Recording } from "./protocol.ts";
import { Tape } from "./tape.ts";

/** How much is read before the first look, and how much more before the next: each look goes through everything. */
const FIRST = 1 << 20;
const MORE = 1.6;

export class TapeStream {
  readonly tape: Tape;
  /** Is it so short that it is read at once? */
  readonly isShort: boolean;
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>;
  private readonly first: number;
  private looked = 0;

  /** `first`: how many bytes are read before the first look. */
  constructor({ blob }: Recording, first = FIRST) {
    this.first = first;
    this.tape = new Tape(blob.size);
    this.tape.isWhole = false;
    this.isShort = blob.size <= 4 * first;
    this.reader = blob.stream().getReader() as ReadableStreamDefaultReader<Uint8Array>;
  }

  /** Reads until something can be shown, or to the end. */
  async begin(): Promise<void> {
    while ((this.tape.trace?.chunks.length ?? 0) === 0 && !this.tape.isWhole) await this.more();
  }

  /** Reads on to the end, while it is wanted. */
  async goOn(isWanted: () => boolean): Promise<void> {
    while (!this.tape.isWhole && isWanted()) await this.more();
    if (!this.tape.isWhole) await this.reader.cancel();
  }

  private async more(): Promise<void> {
    const { done, value } = await this.reader.read();
    if (value !== undefined) this.tape.add(value);
    if (!done && this.tape.size < Math.max(this.first, MORE * this.looked)) return;
    this.tape.refresh();
    this.looked = this.tape.size;
    // Last, so that code that waits for the end finds everything.
    this.tape.isWhole = done;
  }
}
