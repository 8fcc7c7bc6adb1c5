/** Writes a file sequentially, in large pieces. */

import { closeSync, openSync, writeSync } from "node:fs";

/** Text goes to the disk in pieces of about this many bytes. */
const PIECE = 1 << 20;

export class Pen {
  private readonly file: number;
  private waiting: Buffer[] = [];
  private size = 0;

  constructor(path: string) {
    this.file = openSync(path, "w");
  }

  /** The caller must not change the bytes until they are on the disk. */
  write(piece: Buffer | string): void {
    const bytes = typeof piece === "string" ? Buffer.from(piece) : piece;
    this.waiting.push(bytes);
    this.size += bytes.length;
    if (this.size >= PIECE) this.flush();
  }

  /** Everything is on the disk when this returns, and the caller may reuse its buffers. */
  flush(): void {
    const bytes = this.waiting.length === 1 ? this.waiting[0]! : Buffer.concat(this.waiting);
    for (let written = 0; written < bytes.length; ) written += writeSync(this.file, bytes, written);
    [this.waiting, this.size] = [[], 0];
  }

  close(): void {
    this.flush();
    closeSync(this.file);
  }
}
