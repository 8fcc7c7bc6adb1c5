/** The files of a recording, as a reader finds them. */

import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { openParts, openTrace, type Trace } from "../../../trace/index.ts";

/** A folder that is gone when the tests of a file are over. */
export function passingFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "swimlab-recorder-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What a file holds; throws if it is no trace. */
export function traceIn(file: string): Trace {
  const opened = openTrace(new Uint8Array(readFileSync(file)));
  if (!opened.ok) throw new Error(opened.why);
  return opened.trace;
}

/** All files of a ring as one trace, and their names: of a process that was killed, the youngest may be none yet. */
export function ringOf(file: string): { readonly trace: Trace; readonly files: readonly string[] } {
  const files = [file, ...Array.from({ length: 100 }, (_, age) => `${file}.${age + 1}`)].filter((name) => existsSync(name));
  const { recordings: [recording, ...others], unread } = openParts(files.map((name) => ({ name, bytes: new Uint8Array(readFileSync(name)) })));
  if (recording === undefined || others.length > 0) throw new Error(`${file} is not one recording, but ${others.length + 1}`);
  for (const { name, why } of unread) if (name !== file || !/^(this trace ends|it is empty)/.test(why)) throw new Error(`${name}: ${why}`);
  return { trace: recording.trace, files };
}
