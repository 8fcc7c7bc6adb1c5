/** Our programs: from arguments to an exit code. What a user types for them, and what they are made of: loaded when it is asked for, because each takes memory for as long as it runs. */

import type { Terminal } from "../sim/cli/program/index.ts";

/** Takes the arguments after its name; answers with the exit code, and never throws. */
export type Program = (args: readonly string[], terminal: Terminal) => Promise<number>;

/** The simulator's command, with all that was added to it, under the name that the user typed. */
export const simulator = (program?: string): Program => async (args, terminal) => {
  const [{ PROGRAM, runCommand }, { commands, worlds }] = await Promise.all([import("../sim/cli/index.ts"), import("./extras.ts")]);
  return runCommand(args, terminal, { program: program ?? PROGRAM, commands, worlds });
};

/** A member in the terminal, under the name that the user typed. */
export const agentUnder = (program?: string): Program => async (args, terminal) => {
  const { AGENT, agentCommand } = await import("./agent/command.ts");
  return agentCommand(args, terminal, program ?? AGENT);
};

export const agent: Program = agentUnder();
