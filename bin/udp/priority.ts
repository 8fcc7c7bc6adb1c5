/** Real time on a machine that is not ours alone: for the length of a run we go before others, where the system lets us. */

import { writeFileSync } from "node:fs";
import { getPriority, setPriority } from "node:os";

/** In the system's measure: 0 is usual, and less is sooner. Processes that we start have it too. */
const SOON = -15;

/** This thread goes first from now on, until it is taken back. An ordinary user is not allowed to, and goes on as before. */
export function goFirst(): () => void {
  const usual = getPriority();
  return allowed(() => setPriority(SOON)) ? () => void allowed(() => setPriority(usual)) : () => {};
}

/**
 * The same for a process that is alone in its session. Linux shares processors among sessions first and among processes then (sched(7), autogroup):
 * without this, a house's priority would be one within the house.
 */
export function sessionGoesFirst(): void {
  allowed(() => writeFileSync("/proc/self/autogroup", String(SOON)));
}

function allowed(act: () => void): boolean {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}
