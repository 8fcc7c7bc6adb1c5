/** What other programs may add to the command: commands of their own, and other worlds to play a scenario in. */

import type { Command, Option } from "commander";
import type { Experiment } from "./experiment.ts";
import type { Request } from "./play/command.ts";
import type { NamedTerminal } from "./typed.ts";

/** Everything that the assembling program adds. The simulator does not know any of it. */
export type Extras = {
  /** What the user types to start it, for help and reports: by default `npm run sim --`. */
  readonly program?: string;
  readonly commands?: readonly ExtraCommand[];
  readonly worlds?: readonly OtherWorld[];
};

/** A command beside `check`, `trace` and `presets`. */
export type ExtraCommand = {
  /** One word of small letters. */
  readonly name: string;
  /** A short description, for a list of commands. */
  readonly about: string;
  /** What to say if a required argument is missing. */
  readonly missing: string;
  /** Defines `command`, which has its name already: its description, arguments, options and action. The action throws a `Stop` for the user's mistakes. */
  readonly define: (command: Command, hands: Hands) => void;
};

/** What a command works with. */
export type Hands = {
  readonly terminal: NamedTerminal;
  /** Sets the exit code. By default it is 0. */
  readonly end: (code: number) => void;
};

/** A world for `--world NAME`, instead of the simulated one. */
export type OtherWorld = {
  readonly name: string;
  /** For the help, after `NAME:`. */
  readonly about: string;
  /** Options that apply only to this world. */
  readonly options?: readonly Option[];
  /** Plays, reports, and returns the exit code. Throws a `Stop`. `own`: the values of its own options, by their attribute names. */
  readonly play: (request: Request & { readonly experiment: Experiment; readonly own: Readonly<Record<string, unknown>> }) => Promise<number>;
};

/** The name of the default world. */
export const SIMULATED = "simulated";
