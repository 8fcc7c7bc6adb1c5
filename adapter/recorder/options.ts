/** The options of a flight recorder, and its counters. */

import type { About } from "../../trace/index.ts";

/** Where a flight recorder writes, and how much. */
export type RecorderOptions = {
  /** The newest file of the ring; `FILE.1`, `FILE.2`, … are older ones. */
  readonly file: string;
  /** Further fields for each file's header. */
  readonly about?: About;
  /** The size of all files together, in bytes; it may be exceeded slightly. Default 16 MiB: about a day of a member among a thousand. */
  readonly maxBytes?: number;
  /** How many files share it, 2 to 100. When one is full, the oldest is overwritten. Default 4. */
  readonly files?: number;
  /** How long a line may wait before it is written, in milliseconds: what a crash may cost. Default 1,000. */
  readonly flushEvery?: number;
  /** How long after a failure writing is tried again, in milliseconds. Default 5,000. */
  readonly retryEvery?: number;
  /** Called once each time that writing begins to fail, for example because the disk is full; it resumes by itself. Default: nothing is called. */
  readonly onError?: (error: Error) => void;
};

/** What became of the lines so far. */
export type RecorderStats = {
  /** Lines recorded: one for each step. */
  readonly lines: number;
  /** Of these, written. */
  readonly written: number;
  /** Of these, lost: a write failed, or too many waited. */
  readonly lost: number;
  /** Bytes written. */
  readonly bytes: number;
  /** Writes, openings and renamings that failed; and steps that could not be recorded because of a bug of ours. */
  readonly failures: number;
};

type Numbers = Required<Pick<RecorderOptions, "maxBytes" | "files" | "flushEvery" | "retryEvery">>;

/** The same, with nothing left open. */
export type Settings = RecorderOptions & Numbers;

export const usual: Numbers = { maxBytes: 16 * 2 ** 20, files: 4, flushEvery: 1_000, retryEvery: 5_000 };
