/** Waiting for what happens in other processes: asked again and again, for as long as a busy machine may take. */

import { setTimeout as passing } from "node:timers/promises";

/** In milliseconds. Nobody waits so long but on a machine that has much else to do; what never happens costs it. */
const LONGEST = 50_000;
const BETWEEN = 50;

/** Resolves with the first answer that is neither false nor undefined; rejects with what was waited for. `ask` may throw: then it is over at once. */
export async function until<T>(what: string, ask: () => T | Promise<T>, longest = LONGEST): Promise<Exclude<T, false | undefined>> {
  const end = performance.now() + longest;
  for (;;) {
    const answer = await ask();
    if (answer !== false && answer !== undefined) return answer as Exclude<T, false | undefined>;
    if (performance.now() > end) throw new Error(`in ${longest / 1_000} s it did not happen that ${what}`);
    await passing(BETWEEN);
  }
}

/** Waits until this is told without a complaint, and passes the last complaint on if it never is. */
export async function untilHolds(what: string, check: () => void | Promise<void>, longest = LONGEST): Promise<void> {
  let complaint: unknown;
  try {
    await until(what, async () => {
      try {
        await check();
        return true;
      } catch (error) {
        complaint = error;
        return false;
      }
    }, longest);
  } catch {
    throw complaint;
  }
}
