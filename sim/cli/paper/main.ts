/** `npm run paper`: the command's first and last word. */

import { whyNot, exits } from "../stop.ts";
import { thisTerminal } from "../terminal.ts";
import { runPaper } from "./command.ts";

// Whoever reads us has read enough (`| head`): no reason to complain. Files are written before anything is said.
process.stdout.on("error", (fault: NodeJS.ErrnoException) => {
  if (fault.code === "EPIPE") process.exit();
  process.stderr.write(`standard output can't be written to: ${whyNot(fault)}\n`);
  process.exit(exits.noOutput);
});

process.exitCode = await runPaper(process.argv.slice(2), thisTerminal());
