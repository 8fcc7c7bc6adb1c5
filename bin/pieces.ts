/** A file read in pieces, from its beginning, as often as somebody wants: captures are longer than memory. */

import { closeSync, openSync, readSync, statSync } from "node:fs";
import { isSystemFault, readBytes, unreadable } from "../sim/cli/index.ts";

const PIECE = 1_048_576;

/** Throws a Stop if it can't be read. What can be read only once, such as a pipe, is kept in memory. */
export function piecesOf(path: string): () => Iterable<Uint8Array> {
  if (!isRegular(path)) {
    const whole = readBytes(path);
    return () => [whole];
  }
  return () => pieces(path);
}

function isRegular(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch (fault) {
    throw isSystemFault(fault) ? unreadable(path, fault) : fault;
  }
}

function* pieces(path: string): Generator<Uint8Array> {
  let file: number | null = null;
  try {
    file = openSync(path, "r");
    for (;;) {
      const piece = new Uint8Array(PIECE);
      const read = readSync(file, piece);
      if (read === 0) return;
      yield piece.subarray(0, read);
    }
  } catch (fault) {
    throw isSystemFault(fault) ? unreadable(path, fault) : fault;
  } finally {
    if (file !== null) closeSync(file);
  }
}
