/** An agent's settings, and its interface to the process: it reads no command line and no settings file itself. */

import type { Level } from "pino";
import type { MemberOptions } from "../member/options.ts";
import type { TlsOptions } from "../transport/sockets.ts";

/** The options of a member that a user can put into the settings. */
export type WrittenMember = Pick<
  MemberOptions,
  "name" | "bind" | "advertise" | "preset" | "config" | "tags" | "meta" | "keys" | "verifyIncoming" | "verifyOutgoing" | "label" | "compress" | "serf" | "allow" | "generation"
> & {
  readonly seeds?: readonly string[];
  /** Without UDP: over TCP alone, or TLS. */
  readonly tcp?: { readonly tls?: TlsOptions };
};

export type LogLevel = Level | "silent";

export type AgentSettings = {
  readonly member: WrittenMember;
  /** The output: a table that is redrawn, a line for each event, or a JSON document for each. */
  readonly show: "table" | "lines" | "json";
  /** The file of the flight recorder. */
  readonly record?: string;
  /** The file from which the member's keys were read, if there is one. */
  readonly keyFile?: string;
  /** Where metrics are served, and the prefix of their names. */
  readonly metrics?: { readonly at: string; readonly prefix?: string };
  /** Structured logs: to a file, or to standard error. */
  readonly log?: { readonly level: LogLevel; readonly file?: string };
};

export type AgentSignal = "SIGINT" | "SIGTERM" | "SIGHUP";

export type Page = {
  /** Writes to standard output. */
  readonly write: (text: string) => void;
  readonly isColoured: boolean;
  /** Its current size, which may change. */
  readonly size: () => { readonly columns: number; readonly rows: number };
};

export type AgentHands = {
  readonly page: Page;
  /** Listens to signals. Returns a function that stops it. */
  readonly signals: (hear: (signal: AgentSignal) => void) => () => void;
  /** Calls `hear` once if standard output is lost, with the reason and the exit code. Returns a function that stops it. */
  readonly outputLost: (hear: (why: string, code: number) => void) => () => void;
  /** Ends the process at once. */
  readonly quit: (code: number) => void;
  /** Reads the settings again; throws an error with a clear sentence if they are invalid. Null if they did not come from a file. */
  readonly reread: (() => AgentSettings) | null;
  /** Replaces the keys in the file. Throws an error with a clear sentence if that fails, and has then changed nothing. */
  readonly writeKeys: (file: string, before: readonly string[], keys: readonly string[]) => void;
};
