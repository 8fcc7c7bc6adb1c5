/** The command's first and last word: takes the arguments, hands back the exit code. */

import { runCommand } from "./command.ts";
import { exits, whyNot } from "./stop.ts";
import { thisTerminal } from "./terminal.ts";

// Whoever reads us has read enough (`| head`): no reason to complain. Files are written before anything is said.
process.stdout.on("error", (fault: NodeJS.ErrnoException) => {
  if (fault.code === "EPIPE") process.exit();
  process.stderr.write(`standard output can't be written to: ${whyNot(fault)}\n`);
  process.exit(exits.noOutput);
});

// The code is left for the end, so that what is still on its way to a pipe arrives.
process.exitCode = await runCommand(process.argv.slice(2), thisTerminal());
