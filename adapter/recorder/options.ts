/** What a flight recorder is told: where it writes, and how much. */

import type { About } from "../../trace/index.ts";

/** Where a flight recorder writes, and how much. */
export type RecorderOptions = {
  /** Where it writes. `FILE` is the youngest part; `FILE.1`, `FILE.2`, … are older ones. */
  readonly file: string;
  /** What else is to be remembered, in each file's header. */
  readonly about?: About;
  /** All files together take so many bytes, or little more. Default 16 MiB: of a member among a thousand, about a day. */
  readonly maxBytes?: number;
  /** How many files share them, 2 to 100. When one is full, the oldest is overwritten. Default 4. */
  readonly files?: number;
  /** So many milliseconds after a line at the latest it is on its way to the file: what a crash may cost. Default 1,000. */
  readonly flushEvery?: number;
  /** So many milliseconds after a failure writing is tried again. Default 5,000. */
  readonly retryEvery?: number;
  /** Told once for each time that writing begins to fail, such as when the disk is full; it goes on by itself when it can. Default: nobody. */
  readonly onError?: (error: Error) => void;
};

/** What became of the lines so far. */
export type RecorderStats = {
  /** Lines told: one for each step. */
  readonly lines: number;
  /** Of these, written. */
  readonly written: number;
  /** Of these, lost: because a write failed, or more waited than may. */
  readonly lost: number;
  /** Bytes written. */
  readonly bytes: number;
  /** Writes, openings and renamings that failed; and steps that could not be written down at all, through a mistake of ours. */
  readonly failures: number;
};

type Numbers = Required<Pick<RecorderOptions, "maxBytes" | "files" | "flushEvery" | "retryEvery">>;

/** The same, with nothing left open. */
export type Settings = RecorderOptions & Numbers;

export const usual: Numbers = { maxBytes: 16 * 2 ** 20, files: 4, flushEvery: 1_000, retryEvery: 5_000 };
