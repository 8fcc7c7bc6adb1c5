/** The file that `--out` names: checked before anything is read or played for it, and then written completely or not at all. */

import { closeSync, mkdirSync, openSync, readSync, realpathSync, renameSync, rmSync, type Stats, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { VERSION } from "../../../trace/index.ts";
import { exits, isSystemFault, Stop, whyNot } from "../stop.ts";

/** The kind of file that a command writes, so that it never replaces another kind. */
export type FileKind = {
  /** For a sentence: `a trace of a run`. */
  readonly what: string;
  /** Is this how such a file begins? One character is one byte. */
  readonly isOne: (beginning: string) => boolean;
};

const SIGNATURE = "swimlab";

/** A run's trace. A flight recording begins alike, with a higher version, and must not be overwritten: nobody could record it again. */
export const traceOfRun: FileKind = {
  what: "a trace of a run",
  isOne: (beginning) => beginning.startsWith(SIGNATURE) && beginning.charCodeAt(SIGNATURE.length) <= VERSION,
};

/** This many bytes tell what kind a file is. */
const BEGINNING = 4_096;
/** Texts are buffered to about this many characters before they are written. */
const PIECE = 262_144;

export class OutFile {
  /** As the user named it. */
  readonly path: string;
  /** Where it is written: the target if `path` is a link. */
  private readonly place: string;
  /** A draft that is renamed at the end; null for a pipe or a device, which is written directly. */
  private readonly draft: string | null;

  /** Throws a Stop if it is one of the input files, or exists and is not of this kind; or if its folder does not exist, unless `makesFolders`: then `makeFolders` must be called in time. Writes nothing yet. */
  constructor(path: string, { what, isOne }: FileKind, read: readonly string[], { makesFolders = false }: { readonly makesFolders?: boolean } = {}) {
    if (path === "") throw new Stop(exits.usage, "--out needs the name of a file");
    this.path = path;
    const there = this.must(() => statSync(path, { throwIfNoEntry: false }));
    if (there === undefined && !makesFolders) this.must(() => statSync(dirname(path)));
    if (there?.isDirectory() === true) throw new Stop(exits.usage, `--out ${path} is a folder: name a file in it`);
    this.place = there?.isFile() === true ? realpathSync(path) : path;
    this.draft = there === undefined || there.isFile() ? `${this.place}.unfinished` : null;
    const taken = [path, ...(this.draft === null ? [] : [this.draft])];
    if (read.some((input) => taken.some((name) => isSameFile(name, input)))) throw new Stop(exits.usage, `--out ${path} is the input file: name another`);
    if (there?.isFile() !== true || there.size === 0) return;
    if (!isOne(this.must(() => beginningOf(path)))) throw new Stop(exits.noOutput, `${path} exists and is not ${what}: name another file with --out`);
  }

  /** Creates its folders. Throws a Stop if it can't. */
  makeFolders(): void {
    this.must(() => mkdirSync(dirname(this.place), { recursive: true }));
  }

  /** Calls `by` with a function that writes, and returns its result. Throws a Stop if the file can't be written; then, and if `by` throws, the old file stays. */
  write<Answer>(by: (write: (piece: string | Uint8Array) => void) => Answer): Answer {
    const { draft, place } = this;
    return this.must(() => {
      const file = openSync(draft ?? place, "w");
      try {
        const answer = written(file, by);
        if (draft !== null) renameSync(draft, place);
        return answer;
      } catch (fault) {
        if (draft !== null) rmSync(draft, { force: true });
        throw fault;
      }
    });
  }

  private must<T>(act: () => T): T {
    try {
      return act();
    } catch (fault) {
      if (!isSystemFault(fault)) throw fault;
      throw new Stop(exits.noOutput, `${this.path} can't be written: ${whyNot(fault)}`);
    }
  }
}

function written<Answer>(file: number, by: (write: (piece: string | Uint8Array) => void) => Answer): Answer {
  try {
    return by((piece) => writeFileSync(file, piece));
  } finally {
    closeSync(file);
  }
}

/** Calls `by` with a buffered `write` for small texts, and returns its result. */
export function gathered<Answer>(write: (text: string) => void, by: (write: (text: string) => void) => Answer): Answer {
  let waiting = "";
  const answer = by((text) => {
    waiting += text;
    if (waiting.length < PIECE) return;
    write(waiting);
    waiting = "";
  });
  write(waiting);
  return answer;
}

/** Do both names lead to the same file or folder, existing or not, through any links? */
export function isSameFile(one: string, other: string): boolean {
  if (resolve(one) === resolve(other)) return true;
  const [first, second] = [statsOf(one), statsOf(other)];
  return first !== undefined && second !== undefined && first.dev === second.dev && first.ino === second.ino;
}

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    // Whoever reads it reports why it can't be read.
    return undefined;
  }
}

function beginningOf(path: string): string {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(BEGINNING);
    return bytes.toString("latin1", 0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}
