/** What an agent is told, and what it works with: it reads no command line, no files of settings, and knows no process but by these. */

import type { Level } from "pino";
import type { MemberOptions } from "../member/options.ts";

/** What of a member's options a user can write down. */
export type WrittenMember = Pick<
  MemberOptions,
  "name" | "bind" | "advertise" | "preset" | "config" | "tags" | "meta" | "keys" | "verifyIncoming" | "verifyOutgoing" | "label" | "compress" | "serf" | "allow" | "generation"
> & { readonly seeds?: readonly string[] };

export type LogLevel = Level | "silent";

export type AgentSettings = {
  readonly member: WrittenMember;
  /** How it shows what it hears: a table that is redrawn, a line for each event, or a document of JSON for each. */
  readonly show: "table" | "lines" | "json";
  /** Where the flight recorder writes. */
  readonly record?: string;
  /** The file from which the member's keys were read, if it was one. */
  readonly keyFile?: string;
  /** Where figures are served, and what stands before their names. */
  readonly metrics?: { readonly at: string; readonly prefix?: string };
  /** Structured logs: to a file, or to standard error. */
  readonly log?: { readonly level: LogLevel; readonly file?: string };
};

export type AgentSignal = "SIGINT" | "SIGTERM" | "SIGHUP";

export type Page = {
  /** Writes to standard output. */
  readonly write: (text: string) => void;
  readonly isColoured: boolean;
  /** How large it is now: a window may be dragged. */
  readonly size: () => { readonly columns: number; readonly rows: number };
};

export type AgentHands = {
  readonly page: Page;
  /** Hears signals until it is taken back. */
  readonly signals: (hear: (signal: AgentSignal) => void) => () => void;
  /** Hears, once, that nothing can be written to standard output any more: why, and the exit code that this leads to. Until it is taken back. */
  readonly outputLost: (hear: (why: string, code: number) => void) => () => void;
  /** Ends the process at once. */
  readonly quit: (code: number) => void;
  /** Reads the settings again; throws an error with a sentence if they are wrong. Null if they came from no file. */
  readonly reread: (() => AgentSettings) | null;
  /** Writes keys into the file in place of those that were read from it. Throws an error with a sentence if it cannot be, and has then changed nothing. */
  readonly writeKeys: (file: string, before: readonly string[], keys: readonly string[]) => void;
};
