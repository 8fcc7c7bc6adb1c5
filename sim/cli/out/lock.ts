/** A lock on a folder: one process at a time writes there, and what a killed one leaves behind stands in nobody's way. */

import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { exits, isSystemFault, Stop } from "../stop.ts";

export const LOCK = ".lock";

/** What to do about a lock from another machine, of which nobody here can know whether its process still runs. */
export type Stranger = "refuse" | "take-over";

/** The locks that this very process holds. */
const held = new Set<string>();

/**
 * Locks the folder, and answers with how to unlock it. Throws a Stop if another process that still runs has locked it. Whoever knows that no other machine is at it, because
 * somebody sees to it that a task runs once at a time, may take over what a dead machine left.
 */
export function lock(folder: string, stranger: Stranger = "refuse"): () => void {
  const path = join(folder, LOCK);
  for (;;) {
    if (take(path)) {
      held.add(path);
      return () => {
        held.delete(path);
        rmSync(path, { force: true });
      };
    }
    const owner = ownerOf(path);
    if (owner !== null && isInUse(path, owner, stranger)) {
      const where = owner.host === hostname() ? "" : ` on ${owner.host}`;
      throw new Stop(exits.noOutput, `${folder} is in use by process ${owner.process}${where}: wait for it, or name another folder with --out (if that process is not swimlab, remove ${path})`);
    }
    rmSync(path, { force: true });
  }
}

function take(path: string): boolean {
  try {
    const file = openSync(path, "wx");
    writeFileSync(file, `${process.pid} ${hostname()}\n`);
    closeSync(file);
    return true;
  } catch (fault) {
    if (isSystemFault(fault) && fault.code === "EEXIST") return false;
    throw fault;
  }
}

type Owner = { readonly process: number; readonly host: string };

/** Null if it is gone already, or was never finished. */
function ownerOf(path: string): Owner | null {
  try {
    const [, id, host = hostname()] = /^(\d+)(?: (\S+))?\s*$/.exec(readFileSync(path, "utf8")) ?? [];
    return id === undefined ? null : { process: Number(id), host };
  } catch {
    // Whoever had it has just unlocked: we try again.
    return null;
  }
}

function isInUse(path: string, { process: id, host }: Owner, stranger: Stranger): boolean {
  if (host !== hostname()) return stranger === "refuse";
  // In a container that was started again, everybody has the number of his predecessor: the lock is ours only if we know of it.
  if (id === process.pid) return held.has(path);
  try {
    process.kill(id, 0);
    return true;
  } catch (fault) {
    // Not ours to signal, but there.
    return isSystemFault(fault) && fault.code === "EPERM";
  }
}
