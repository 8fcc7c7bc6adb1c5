/** Runs a command as a process: passes its arguments, and sets the exit code. */

import { exits, whyNot } from "./stop.ts";
import { type Terminal, thisTerminal } from "./terminal.ts";

/** Runs a command with this process's arguments, and sets the process's exit code. `run` never throws. */
export async function asProcess(run: (args: readonly string[], terminal: Terminal) => Promise<number>): Promise<void> {
  process.stdout.on("error", endAtOnce);
  // Sets the code instead of exiting, so that output still on its way to a pipe arrives.
  process.exitCode = await run(process.argv.slice(2), thisTerminal());
}

/** Ends at once: files are written before anything is printed, so nothing is lost. */
function endAtOnce(fault: NodeJS.ErrnoException): void {
  const why = whyLost(fault);
  if (why !== null) process.stderr.write(`${why}\n`);
  process.exit(codeOf(why));
}

/** A reader that has closed the pipe (`| head`) is no reason to complain: null. */
const whyLost = (fault: NodeJS.ErrnoException): string | null => (fault.code === "EPIPE" ? null : `standard output can't be written to: ${whyNot(fault)}`);
const codeOf = (why: string | null): number => (why === null ? 0 : exits.noOutput);

/**
 * For a command that does more than print: from now on `hear` is called, once, if standard output can no longer be written to, with the reason (null if the reader closed it) and with
 * the resulting exit code; the process goes on. Returns a function that undoes this.
 */
export function whenOutputIsLost(hear: (why: string | null, code: number) => void): () => void {
  let isLost = false;
  const lost = (fault: NodeJS.ErrnoException): void => {
    if (isLost) return;
    isLost = true;
    const why = whyLost(fault);
    hear(why, codeOf(why));
  };
  process.stdout.off("error", endAtOnce).on("error", lost);
  return () => {
    // Once lost it stays lost: pending output must not end the process in another way.
    if (!isLost) process.stdout.off("error", lost).on("error", endAtOnce);
  };
}
