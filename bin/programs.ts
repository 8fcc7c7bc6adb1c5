/** Our programs: from arguments to an exit code. What a user types for them, and what they are made of: loaded when it is asked for, because each takes memory for as long as it runs. */

import { PROGRAM, type Terminal } from "../sim/cli/program/index.ts";

/** Takes the arguments after its name; answers with the exit code, and never throws. */
export type Program = (args: readonly string[], terminal: Terminal) => Promise<number>;

/** The simulator's command, with all that was added to it, under the name that the user typed. */
export const simulator = (program = PROGRAM): Program => async (args, terminal) => {
  const [{ runCommand }, { commands, worlds }] = await Promise.all([import("../sim/cli/index.ts"), import("./extras.ts")]);
  return runCommand(args, terminal, { program, commands, worlds });
};

/** A member in the terminal, under the name that the user typed, beside a simulator of such a name. */
export const agentUnder = (program: string, beside: string): Program => async (args, terminal) => {
  const { agentCommand } = await import("./agent/command.ts");
  return agentCommand(args, terminal, { agent: program, simulator: beside });
};

export const agent: Program = agentUnder("npm run agent --", PROGRAM);
