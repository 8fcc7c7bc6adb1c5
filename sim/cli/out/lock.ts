/** A lock on a folder: one process at a time writes there, and what a killed one leaves behind stands in nobody's way. */

import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exits, isSystemFault, Stop } from "../stop.ts";

export const LOCK = ".lock";

/** Locks the folder, and answers with how to unlock it. Throws a Stop if another process that still runs has locked it. */
export function lock(folder: string): () => void {
  const path = join(folder, LOCK);
  for (;;) {
    if (take(path)) return () => rmSync(path, { force: true });
    const owner = ownerOf(path);
    if (owner !== null && isAlive(owner)) {
      throw new Stop(exits.noOutput, `${folder} is in use by process ${owner}: wait for it, or name another folder with --out (if that process is none of swimlab's, remove ${path})`);
    }
    rmSync(path, { force: true });
  }
}

function take(path: string): boolean {
  try {
    const file = openSync(path, "wx");
    writeFileSync(file, `${process.pid}\n`);
    closeSync(file);
    return true;
  } catch (fault) {
    if (isSystemFault(fault) && fault.code === "EEXIST") return false;
    throw fault;
  }
}

/** Null if it is gone already, or was never finished. */
function ownerOf(path: string): number | null {
  try {
    const text = readFileSync(path, "utf8").trim();
    return /^\d+$/.test(text) ? Number(text) : null;
  } catch {
    // Whoever had it has just unlocked: we try again.
    return null;
  }
}

function isAlive(process_: number): boolean {
  if (process_ === process.pid) return true;
  try {
    process.kill(process_, 0);
    return true;
  } catch (fault) {
    // Not ours to signal, but there.
    return isSystemFault(fault) && fault.code === "EPERM";
  }
}
