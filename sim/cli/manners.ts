/** Conventions of our commands: commander's errors reworded, numbers parsed strictly, and an exit code for every end. */

import { type Command, CommanderError, type Option } from "commander";
import { exits, Stop } from "./stop.ts";
import type { Terminal } from "./terminal.ts";

/** More threads than anybody has processors. */
export const MOST_JOBS = 1_024;

/** What a command words in its own way. */
export type Voice = {
  /** The message if the argument of this name is missing. */
  readonly missing: (name: string) => string;
  /** The message after a mistake of ours. */
  readonly report: (fault: unknown) => string;
};

/** Does what the arguments say. Returns the exit code: never throws, and never ends the process except on a second Ctrl-C. */
export async function obey(program: (end: (code: number) => void) => Command, args: readonly string[], terminal: Terminal, voice: Voice): Promise<number> {
  let code = 0;
  try {
    await program((end) => (code = end)).parseAsync(args, { from: "user" });
    return code;
  } catch (fault) {
    if (fault instanceof CommanderError && fault.exitCode === 0) return 0;
    if (fault instanceof CommanderError) return stopped(new Stop(exits.usage, sentence(fault, voice)), terminal);
    if (fault instanceof Stop) return stopped(fault, terminal);
    terminal.remark(voice.report(fault));
    return exits.bug;
  }
}

function stopped({ code, message }: Stop, terminal: Terminal): number {
  terminal.remark(message);
  return code;
}

/** Silences commander's own messages in favour of ours; a mistake is thrown, not printed. */
export function refine(command: Command, terminal: Terminal): void {
  command
    .exitOverride()
    .helpCommand(false)
    .allowExcessArguments()
    .helpOption("-h, --help", "show this help")
    .configureOutput({ writeOut: terminal.say, writeErr: () => {}, outputError: () => {} })
    .configureHelp({ optionDescription: ({ description }: Option) => description });
}

/** Commander's error in one sentence of ours. */
function sentence({ code, message }: CommanderError, voice: Voice): string {
  const quoted = /'([^']*)'/.exec(message)?.[1] ?? "";
  const [name = ""] = quoted.split(" ");
  const meant = /Did you mean (?:one of )?([^?]+)\?/.exec(message)?.[1];
  switch (code) {
    case "commander.unknownOption":         return `unknown option ${quoted}: ${meant === undefined ? "see --help" : `did you mean ${meant}?`}`;
    case "commander.optionMissingArgument": return `${name} needs a value: ${quoted}`;
    case "commander.missingArgument":       return voice.missing(name);
    default:                                return message.replace(/^error: /, "");
  }
}

/** Parses a whole number from 1 up. `least` is the minimum in the message, for callers that also accept 0. */
export const whole = (name: string, most: number, least = 1) => (written: string): number => {
  const value = /^\d{1,15}$/.test(written) ? Number(written) : 0;
  if (value >= 1 && value <= most) return value;
  throw new Stop(exits.usage, `${name} ${written} is impossible: write a whole number from ${least} to ${most.toLocaleString("en-US")}`);
};

/** Appends a value to those given before. */
export const gather = (written: string, before: readonly string[]): readonly string[] => [...before, written];
