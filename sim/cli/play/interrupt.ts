/** Ctrl-C: the first time, no further run begins; the second time, all ends at once. */

import { exits } from "../stop.ts";

/** One keystroke may be heard twice, from the terminal and from whoever started us: what follows within so many milliseconds is its echo. */
const ECHO = 200;

/** Listens for Ctrl-C until told to stop listening. `first` is told of the first; before the second ends the process, `second` may tidy up. */
export function onInterrupt(first: () => void, second: () => void): () => void {
  let heardAt: number | null = null;
  const hear = (): void => {
    const now = performance.now();
    if (heardAt === null) {
      heardAt = now;
      first();
    } else if (now - heardAt > ECHO) {
      second();
      process.exit(exits.interrupted);
    }
  };
  process.on("SIGINT", hear);
  return () => void process.off("SIGINT", hear);
}
