/** A lock on a folder: one process at a time writes there, and the lock of a killed process blocks nobody. */

import { randomUUID } from "node:crypto";
import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { exits, isSystemFault, Stop } from "../stop.ts";

export const LOCK = ".lock";

/** Is it the lock, or a file that exists while one is taken? */
export const isLock = (name: string): boolean => name === LOCK || name.startsWith(`${LOCK}.`);

/** What to do with a lock from another machine: nobody here can know whether its process still runs. */
export type Stranger = "refuse" | "take-over";

/** The locks that this process holds. */
const held = new Set<string>();

/**
 * Locks the folder, and returns a function that unlocks it. Throws a Stop if a process that still runs has locked it. A caller that knows that no other machine is at work, because
 * a scheduler runs each task once at a time, may take over the lock of a dead machine.
 */
export function lock(folder: string, stranger: Stranger = "refuse"): () => void {
  const path = join(folder, LOCK);
  for (;;) {
    if (take(path)) {
      held.add(path);
      // Only once: a later lock belongs to another process.
      return () => {
        if (held.delete(path)) rmSync(path, { force: true });
      };
    }
    const found = contentsOf(path);
    if (found === null) continue;
    refuseUsed(folder, path, found, stranger);
    removeLeft(folder, path, stranger);
  }
}

function refuseUsed(folder: string, path: string, found: string, stranger: Stranger): void {
  const owner = ownerIn(found);
  if (owner === null || !isInUse(path, owner, stranger)) return;
  const where = owner.host === hostname() ? "" : ` on ${owner.host}`;
  throw new Stop(exits.noOutput, `${folder} is in use by process ${owner.process}${where}: wait for it, or name another folder with --out (if that process is not swimlab, remove ${path})`);
}

/**
 * Removes the lock of a dead process. Two processes that find it at the same moment must not both remove it, or the later one would remove the lock that the earlier one has taken since:
 * so only the process that holds the right to remove does it, and it checks once more.
 */
function removeLeft(folder: string, path: string, stranger: Stranger): void {
  const right = `${path}.removal`;
  if (!take(right)) {
    const found = contentsOf(right);
    if (found === null) return;
    refuseUsed(folder, right, found, stranger);
    // Left by a process that was killed between the next two lines.
    rmSync(right, { force: true });
    return;
  }
  try {
    const found = contentsOf(path);
    if (found === null) return;
    refuseUsed(folder, path, found, stranger);
    rmSync(path, { force: true });
  } finally {
    rmSync(right, { force: true });
  }
}

/** Creates the file, complete from the first moment; false if it exists. */
function take(path: string): boolean {
  const draft = `${path}.${randomUUID()}`;
  const owner = `${process.pid} ${hostname()}\n`;
  try {
    writeFileSync(draft, owner);
    linkSync(draft, path);
    return true;
  } catch (fault) {
    if (!isSystemFault(fault)) throw fault;
    if (fault.code === "EEXIST") return false;
    // File systems without hard links, such as FAT.
    if (fault.syscall !== "link") throw fault;
    return takeUnlinked(path, owner);
  } finally {
    rmSync(draft, { force: true });
  }
}

function takeUnlinked(path: string, owner: string): boolean {
  try {
    writeFileSync(path, owner, { flag: "wx" });
    return true;
  } catch (fault) {
    if (isSystemFault(fault) && fault.code === "EEXIST") return false;
    throw fault;
  }
}

type Owner = { readonly process: number; readonly host: string };

/** Null if it is gone: its owner has just unlocked. */
function contentsOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (fault) {
    if (isSystemFault(fault) && fault.code === "ENOENT") return null;
    throw fault;
  }
}

/** Null if it names no owner. */
function ownerIn(text: string): Owner | null {
  const [, id, host = hostname()] = /^(\d+)(?: (\S+))?\s*$/.exec(text) ?? [];
  return id === undefined ? null : { process: Number(id), host };
}

function isInUse(path: string, { process: id, host }: Owner, stranger: Stranger): boolean {
  if (host !== hostname()) return stranger === "refuse";
  // In a restarted container, a process has the id of its predecessor: the lock is ours only if we know it.
  if (id === process.pid) return held.has(path);
  try {
    process.kill(id, 0);
    return true;
  } catch (fault) {
    // A process that we may not signal, but that exists.
    return isSystemFault(fault) && fault.code === "EPERM";
  }
}
