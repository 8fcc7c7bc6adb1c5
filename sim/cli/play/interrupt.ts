/** Ctrl-C: after the first, no further run begins; after the second, everything ends at once. */

import { exits } from "../stop.ts";

/** One keystroke may be delivered twice, by the terminal and by the parent process: a second signal within this many milliseconds is ignored. */
const ECHO = 200;

/** Listens for Ctrl-C until the returned function is called. `first` is called at the first; at the second, `second` may clean up before the process ends. */
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
