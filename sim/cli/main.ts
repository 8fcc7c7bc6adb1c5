/** A command as a process: takes its arguments, leaves the exit code. */

import { exits, whyNot } from "./stop.ts";
import { type Terminal, thisTerminal } from "./terminal.ts";

/** Runs a command with this process's arguments, and leaves its code as the process's. `run` never throws. */
export async function asProcess(run: (args: readonly string[], terminal: Terminal) => Promise<number>): Promise<void> {
  process.stdout.on("error", endAtOnce);
  // The code is left for the end, so that what is still on its way to a pipe arrives.
  process.exitCode = await run(process.argv.slice(2), thisTerminal());
}

/** Files are written before anything is said. */
function endAtOnce(fault: NodeJS.ErrnoException): void {
  const why = whyLost(fault);
  if (why !== null) process.stderr.write(`${why}\n`);
  process.exit(codeOf(why));
}

/** Whoever reads us has read enough (`| head`): no reason to complain, and null. */
const whyLost = (fault: NodeJS.ErrnoException): string | null => (fault.code === "EPIPE" ? null : `standard output can't be written to: ${whyNot(fault)}`);
const codeOf = (why: string | null): number => (why === null ? 0 : exits.noOutput);

/**
 * For a command that has more to do than to write: from now on `hear` is told, once, that standard output can't be written to any more, with the reason, null if nobody reads it, and with
 * the exit code that this leads to; the process goes on. Returns how to take that back.
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
    // Once lost it stays lost: what is still on its way must not end the process in another way.
    if (!isLost) process.stdout.off("error", lost).on("error", endAtOnce);
  };
}
