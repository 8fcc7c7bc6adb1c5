/** A folder that is kept between calls, so that interrupted work can continue: one process at a time, and each file is replaced atomically. */

import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exits, Stop } from "../stop.ts";
import { isLock, lock, type Stranger } from "./lock.ts";
import { unwritable } from "./unwritable.ts";

const DRAFT = ".unfinished";

/** The owner of a folder. */
export type Keeper = {
  /** Matches every name that is ever written there; drafts and the lock are implied. */
  readonly ours: RegExp;
  /** For a sentence: `not a result of npm run paper`. */
  readonly foreign: string;
};

export class KeptFolder {
  readonly path: string;
  private readonly unlock: () => void;
  private readonly isNew: boolean;

  /** Prepares the folder for this process alone. Throws a Stop if it can't be written to, contains foreign files, or is in use. */
  constructor(path: string, { ours, foreign }: Keeper, stranger: Stranger = "refuse") {
    this.path = path;
    this.isNew = !existsSync(path);
    this.unlock = must(path, () => {
      mkdirSync(path, { recursive: true });
      const other = readdirSync(path).find((name) => !isLock(name) && !ours.test(name.endsWith(DRAFT) ? name.slice(0, -DRAFT.length) : name));
      if (other !== undefined) throw new Stop(exits.noOutput, `${path} contains ${other}, which is ${foreign}: name another folder with --out`);
      return lock(path, stranger);
    });
  }

  pathOf(name: string): string {
    return join(this.path, name);
  }

  /** Where a file is written before it is put in its place. */
  draftOf(name: string): string {
    return this.pathOf(name + DRAFT);
  }

  /** Replaces a file by its draft. */
  settle(name: string): void {
    renameSync(this.draftOf(name), this.pathOf(name));
  }

  /** Replaces files by these. */
  publish(files: readonly { readonly name: string; readonly text: string }[]): void {
    must(this.path, () => {
      for (const { name, text } of files) writeFileSync(this.draftOf(name), text);
      for (const { name } of files) this.settle(name);
    });
  }

  /** Releases the folder; if nothing was written, it is removed. */
  leave(): void {
    for (const name of readdirSync(this.path)) if (name.endsWith(DRAFT)) rmSync(this.pathOf(name), { force: true });
    this.unlock();
    if (this.isNew && readdirSync(this.path).length === 0) rmdirSync(this.path);
  }
}

/** Turns what the system refuses into a Stop with a sentence. */
export function must<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (fault) {
    throw unwritable(path, fault);
  }
}

/** The same for asynchronous writes. */
export async function mustInTime<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (fault) {
    throw unwritable(path, fault);
  }
}
