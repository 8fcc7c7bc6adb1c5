/** A command as a process: takes its arguments, leaves the exit code. */

import { exits, whyNot } from "./stop.ts";
import { type Terminal, thisTerminal } from "./terminal.ts";

/** Runs a command with this process's arguments, and leaves its code as the process's. `run` never throws. */
export async function asProcess(run: (args: readonly string[], terminal: Terminal) => Promise<number>): Promise<void> {
  // Whoever reads us has read enough (`| head`): no reason to complain. Files are written before anything is said.
  process.stdout.on("error", (fault: NodeJS.ErrnoException) => {
    if (fault.code === "EPIPE") process.exit();
    process.stderr.write(`standard output can't be written to: ${whyNot(fault)}\n`);
    process.exit(exits.noOutput);
  });
  // The code is left for the end, so that what is still on its way to a pipe arrives.
  process.exitCode = await run(process.argv.slice(2), thisTerminal());
}
