/** Our programs: from arguments to an exit code. What a user types for them, and what they are made of. */

import { exits, PROGRAM, runCommand, type Terminal } from "../sim/cli/index.ts";
import { commands, worlds } from "./extras.ts";

/** Takes the arguments after its name; answers with the exit code, and never throws. */
export type Program = (args: readonly string[], terminal: Terminal) => Promise<number>;

/** The simulator's command, with all that was added to it, under the name that the user typed. */
export const simulator = (program: string = PROGRAM): Program => (args, terminal) => runCommand(args, terminal, { program, commands, worlds });

/** A member in the terminal. */
export const agent: Program = (_, terminal) => {
  terminal.remark("this swimlab has no agent");
  return Promise.resolve(exits.usage);
};
