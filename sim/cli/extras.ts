/** What others may add to the command from outside: commands of their own, and other worlds to play a scenario in. */

import type { Command, Option } from "commander";
import type { Experiment } from "./experiment.ts";
import type { Request } from "./play/command.ts";
import type { NamedTerminal } from "./typed.ts";

/** All that is added by whoever puts the program together. The simulator knows none of it. */
export type Extras = {
  /** What the user types for it, in help and reports: `npm run sim --` unless said otherwise. */
  readonly program?: string;
  readonly commands?: readonly ExtraCommand[];
  readonly worlds?: readonly OtherWorld[];
};

/** A command beside `check`, `trace` and `presets`. */
export type ExtraCommand = {
  /** One word of small letters. */
  readonly name: string;
  /** In a few words, for a list of programs. */
  readonly about: string;
  /** What to say if a word that it needs is missing. */
  readonly missing: string;
  /** Gives `command`, which has its name already, a description, words, options and an action. The action throws a `Stop` for the user's mistakes. */
  readonly define: (command: Command, hands: Hands) => void;
};

/** What a command works with. */
export type Hands = {
  readonly terminal: NamedTerminal;
  /** Leaves the exit code. Without it the code is 0. */
  readonly end: (code: number) => void;
};

/** Where a scenario is played with `--world NAME`, instead of in the simulated world. */
export type OtherWorld = {
  readonly name: string;
  /** For the help, after `NAME:`. */
  readonly about: string;
  /** Options that mean something in this world alone. */
  readonly options?: readonly Option[];
  /** Plays, reports, and answers with the exit code. Throws a `Stop`. `own`: what was given of its options, by their names as attributes. */
  readonly play: (request: Request & { readonly experiment: Experiment; readonly own: Readonly<Record<string, unknown>> }) => Promise<number>;
};

/** The name of the world that is always there. */
export const SIMULATED = "simulated";
