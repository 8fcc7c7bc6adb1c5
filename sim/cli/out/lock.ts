/** A lock on a folder: one process at a time writes there, and what a killed one leaves behind stands in nobody's way. */

import { randomUUID } from "node:crypto";
import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { exits, isSystemFault, Stop } from "../stop.ts";

export const LOCK = ".lock";

/** Is it the lock, or something that is there while one is taken? */
export const isLock = (name: string): boolean => name === LOCK || name.startsWith(`${LOCK}.`);

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
      // Once only: what is there afterwards is somebody else's.
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
 * Removes what a dead process left. Two that find it at the same moment must not both remove it, or the later one would remove the lock that the earlier one has taken since:
 * so only who holds the right to remove does it, and looks once more.
 */
function removeLeft(folder: string, path: string, stranger: Stranger): void {
  const right = `${path}.removal`;
  if (!take(right)) {
    const found = contentsOf(right);
    if (found === null) return;
    refuseUsed(folder, right, found, stranger);
    // Killed between the next two lines, by somebody who aims well.
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

/** Makes the file, with its contents from the first moment on; false if it is there. */
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
    // File systems that know no links, such as FAT.
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

/** Null if it is gone: whoever had it has just unlocked. */
function contentsOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (fault) {
    if (isSystemFault(fault) && fault.code === "ENOENT") return null;
    throw fault;
  }
}

/** Null if it names nobody. */
function ownerIn(text: string): Owner | null {
  const [, id, host = hostname()] = /^(\d+)(?: (\S+))?\s*$/.exec(text) ?? [];
  return id === undefined ? null : { process: Number(id), host };
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
