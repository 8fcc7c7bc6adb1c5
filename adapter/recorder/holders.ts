/** The files to which this process records. A second recorder with the same ring of files would overwrite the first one's. */

import { realpathSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

const holders = new Map<string, object>();

/** One name for a file, whatever path leads to it. If its folder can't be read, opening the file reports that. */
function nameOf(file: string): string {
  try {
    return join(realpathSync(dirname(file)), basename(file));
  } catch {
    return resolve(file);
  }
}

/** Throws if another recorder than `who` records to this file. */
export function assertFree(file: string, who: object): void {
  const holder = holders.get(nameOf(file));
  if (holder !== undefined && holder !== who) throw new Error("another member of this process records there: name another file");
}

/** Reserves the file for `who`. Returns a function that releases it. Throws if another recorder has it. */
export function hold(file: string, who: object): () => void {
  assertFree(file, who);
  const name = nameOf(file);
  holders.set(name, who);
  return () => void holders.delete(name);
}
