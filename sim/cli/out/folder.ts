/** The folder that `--out` names: drafts inside it until all is written, then everything in its place. Nobody ever sees half a result. */

import { closeSync, existsSync, mkdirSync, openSync, readdirSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { exits, Stop } from "../stop.ts";
import type { ResultFile } from "./files.ts";
import { isLock, lock } from "./lock.ts";
import { isManifest } from "./manifest.ts";
import { unwritable } from "./unwritable.ts";

const MANIFEST = "manifest.json";
/** The folder of drafts, inside the folder itself: on the same disk, so that renaming is enough. What a killed process leaves there, the next one removes. */
const DRAFTS = ".unfinished";

const ours = /^(?:manifest\.json|summary\.json|comparison\.(?:json|txt)|runs\.ndjson|(?:runs|disruptions|crashes)\.csv|report\.(?:txt|html)|run\d+\.trace|\.unfinished)$/;

/** Text is written in pieces of about this many characters. */
const PIECE = 1_048_576;

export class ResultFolder {
  readonly path: string;
  private isNew = false;
  private isPublished = false;
  private unlock: () => void = () => {};

  /** Prepares the folder for this process alone. Throws a Stop if it can't be written to, contains foreign files, or is in use. */
  constructor(path: string, manifest: string) {
    this.path = path;
    this.must(() => {
      this.isNew = makeFolder(path);
      this.refuseForeign();
      this.unlock = lock(path);
      this.clearDrafts(manifest);
    });
  }

  private clearDrafts(manifest: string): void {
    try {
      rmSync(this.draftPath, { recursive: true, force: true });
      mkdirSync(this.draftPath);
      writeFileSync(join(this.draftPath, MANIFEST), manifest);
    } catch (fault) {
      this.unlock();
      throw fault;
    }
  }

  /** Where drafts are written. Everything in there is published together. */
  get draftPath(): string {
    return join(this.path, DRAFTS);
  }

  /** Writes these files, and replaces the previous result by them and all other drafts; the manifest last. Throws a Stop if it can't. */
  publish(files: readonly ResultFile[], manifest: string): void {
    this.must(() => {
      for (const { name, pieces } of files) write(join(this.draftPath, name), pieces);
      writeFileSync(join(this.draftPath, MANIFEST), manifest);
      const drafts = readdirSync(this.draftPath).filter((name) => name !== MANIFEST);
      // Files of the previous result that this one does not have, for example traces.
      const stale = readdirSync(this.path).filter((name) => ours.test(name) && ![DRAFTS, MANIFEST, ...drafts].includes(name));
      for (const name of stale) rmSync(join(this.path, name));
      for (const name of [...drafts, MANIFEST]) renameSync(join(this.draftPath, name), join(this.path, name));
      this.isPublished = true;
    });
  }

  /** Releases the folder, and removes whatever was not published. */
  tidyUp(): void {
    rmSync(this.draftPath, { recursive: true, force: true });
    this.unlock();
    // Somebody may have put a file there meanwhile, or removed the folder.
    if (this.isNew && !this.isPublished && existsSync(this.path) && readdirSync(this.path).length === 0) rmdirSync(this.path);
  }

  private refuseForeign(): void {
    const names = readdirSync(this.path).filter((name) => !isLock(name));
    const foreign = names.find((name) => !ours.test(name));
    const refusal = (what: string): Stop => new Stop(exits.noOutput, `${this.path} contains ${what}: name another folder with --out`);
    if (foreign !== undefined) throw refusal(`${foreign}, which is not a result of swimlab`);
    const isOurs = names.length === 0 || isManifest(join(this.path, MANIFEST)) || isManifest(join(this.draftPath, MANIFEST));
    if (!isOurs) throw refusal("files that may not be swimlab's: they have no manifest");
  }

  private must(write: () => void): void {
    try {
      write();
    } catch (fault) {
      throw unwritable(this.path, fault);
    }
  }
}

/** Puts one file in its place in a folder of results, completely or not at all. Throws a Stop if it can't, or if another process writes there. */
export function putInPlace(folder: string, { name, pieces }: ResultFile): void {
  const drafts = join(folder, DRAFTS);
  let unlock = (): void => {};
  try {
    unlock = lock(folder);
    mkdirSync(drafts, { recursive: true });
    write(join(drafts, name), pieces);
    renameSync(join(drafts, name), join(folder, name));
    rmSync(drafts, { recursive: true, force: true });
  } catch (fault) {
    throw unwritable(folder, fault);
  } finally {
    unlock();
  }
}

function write(path: string, pieces: Iterable<string>): void {
  const file = openSync(path, "w");
  try {
    let waiting = "";
    for (const piece of pieces) {
      waiting += piece;
      if (waiting.length < PIECE) continue;
      writeFileSync(file, waiting);
      waiting = "";
    }
    writeFileSync(file, waiting);
  } finally {
    closeSync(file);
  }
}

/**
 * Creates a folder, and its missing parents; true if it did not exist. Not with Node's own `recursive`, which never returns if a
 * system answers "no such file" for a folder that exists, as Linux does below /proc.
 */
function makeFolder(path: string): boolean {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there?.isDirectory() === true) return false;
  const above = dirname(resolve(path));
  if (there === undefined && above !== resolve(path)) makeFolder(above);
  mkdirSync(path);
  return true;
}
