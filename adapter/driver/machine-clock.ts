/** The machine's monotonic clock, and its timers. */

import { instant, NEVER, since, type Instant } from "../../engine/index.ts";
import type { Clock } from "./clock.ts";

/** The longest that a timer of Node's waits, in milliseconds: 24.8 days. Beyond it, they ring at once. */
const LONGEST_WAIT = 2_147_483_647;

/**
 * Its origin is now, or another moment of `performance.now()`: members of one machine that agree on one live by one time. A suspended machine, a stalled
 * process: its alarms ring late, as soon as they can, and once.
 */
export function machineClock(origin: number = performance.now()): Clock {
  const now = (): Instant => instant(Math.floor((performance.now() - origin) * 1_000));
  return { now, alarm: (at, ring) => alarmAt(now, at, ring), wall: Date.now };
}

function alarmAt(now: () => Instant, at: Instant, ring: () => void): () => void {
  if (at === NEVER) return () => {};
  let timer: NodeJS.Timeout | undefined;
  const wait = (): void => {
    timer = setTimeout(expire, Math.min(LONGEST_WAIT, Math.max(0, Math.ceil(since(at, now()) / 1_000))));
  };
  // Timers count in whole milliseconds of a clock that is read once a turn: they may be early.
  const expire = (): void => (now() < at ? wait() : ring());
  wait();
  return () => clearTimeout(timer);
}
