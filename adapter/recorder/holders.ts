/** Which files this process is recording to: two recordings in one ring would push each other out of it. */

import { realpathSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

const holders = new Map<string, object>();

/** A file's one name, by whatever path it was given. Of a folder that can't be looked at, whoever opens the file says so. */
function nameOf(file: string): string {
  try {
    return join(realpathSync(dirname(file)), basename(file));
  } catch {
    return resolve(file);
  }
}

/** Throws if somebody else than `who` records to it. */
export function assertFree(file: string, who: object): void {
  const holder = holders.get(nameOf(file));
  if (holder !== undefined && holder !== who) throw new Error("another member of this process records there: name another file");
}

/** From now on `who` records to it. Returns how to give it back. Throws if somebody else does. */
export function hold(file: string, who: object): () => void {
  assertFree(file, who);
  const name = nameOf(file);
  holders.set(name, who);
  return () => void holders.delete(name);
}
