/** The folder of results: the finished runs, and the report in its forms, each put in its place whole. */

import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exits, isSystemFault, Stop, whyNot } from "../../stop.ts";
import { lock } from "./lock.ts";

export const ROWS = "runs.ndjson";
const DRAFT = ".unfinished";

/** Everything that we ever write there. */
const ours = /^(?:runs\.ndjson|paper\.json|report\.txt|index\.html|\.lock|(?:paper\.json|report\.txt|index\.html)\.unfinished)$/;

export class PaperFolder {
  readonly path: string;
  private readonly unlock: () => void;

  /** Makes it ready for this process alone. Throws a Stop if it can't be written to, holds what is not ours, or is in use. */
  constructor(path: string) {
    this.path = path;
    this.unlock = must(path, () => {
      mkdirSync(path, { recursive: true });
      const foreign = readdirSync(path).find((name) => !ours.test(name));
      if (foreign !== undefined) throw new Stop(exits.noOutput, `${path} holds ${foreign}, which is no result of npm run paper: name another folder with --out, or a new one`);
      return lock(path);
    });
  }

  pathOf(name: string): string {
    return join(this.path, name);
  }

  /** Puts these files in the place of their predecessors. */
  publish(files: readonly { readonly name: string; readonly text: string }[]): void {
    must(this.path, () => {
      for (const { name, text } of files) writeFileSync(this.pathOf(name + DRAFT), text);
      for (const { name } of files) renameSync(this.pathOf(name + DRAFT), this.pathOf(name));
    });
  }

  /** Leaves it to others. */
  leave(): void {
    for (const name of readdirSync(this.path)) if (name.endsWith(DRAFT)) rmSync(this.pathOf(name), { force: true });
    this.unlock();
  }
}

/** What the system refuses, in a sentence. */
function must<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (fault) {
    if (!isSystemFault(fault)) throw fault;
    throw new Stop(exits.noOutput, `nothing can be written to ${path}: ${fault.code === "EEXIST" ? "it is a file" : whyNot(fault)}`);
  }
}
