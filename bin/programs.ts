/** Our programs: from arguments to an exit code. What a user types for them, and what they are made of. */

import { PROGRAM, runCommand, type Terminal } from "../sim/cli/index.ts";
import { AGENT, agentCommand } from "./agent/command.ts";
import { commands, worlds } from "./extras.ts";

/** Takes the arguments after its name; answers with the exit code, and never throws. */
export type Program = (args: readonly string[], terminal: Terminal) => Promise<number>;

/** The simulator's command, with all that was added to it, under the name that the user typed. */
export const simulator = (program: string = PROGRAM): Program => (args, terminal) => runCommand(args, terminal, { program, commands, worlds });

/** A member in the terminal, under the name that the user typed. */
export const agentUnder = (program: string): Program => (args, terminal) => agentCommand(args, terminal, program);

export const agent: Program = agentUnder(AGENT);
