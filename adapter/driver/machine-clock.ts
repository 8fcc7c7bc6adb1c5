/** The machine's monotonic clock, and its timers. */

import { uptime } from "node:os";
import { instant, NEVER, since, type Instant } from "../../engine/index.ts";
import type { Clock } from "./clock.ts";

/** The longest that a timer of Node.js waits, in milliseconds: 24.8 days. With more, it would ring at once. */
const LONGEST_WAIT = 2_147_483_647;

/** Smaller differences come from the low resolution of uptime, not from sleep. Milliseconds. */
const SHORTEST_SLEEP = 1_000;

/**
 * Its origin is now, or another value of `performance.now()`: members on one machine with the same origin have the same time. After the machine was suspended,
 * or the process stalled, an alarm rings late, as soon as it can, and once.
 *
 * On Linux `performance.now()` stands still while the machine is suspended, and timers go on afterwards as if nothing had happened; but the uptime goes
 * on. So whenever an alarm rings, the two are compared, and this clock is advanced by the time that the machine slept. `upFor` is in seconds.
 */
export function machineClock(origin: number = performance.now(), upFor: () => number = uptime): Clock {
  // A process that is stopped between the two readings gets too small a difference, and would later take the rest for sleep. So measure twice: it hardly happens twice in a row.
  const aheadAtFirst = Math.max(aheadOf(upFor), aheadOf(upFor));
  let slept = 0;
  const now = (): Instant => instant(Math.floor((performance.now() + slept - origin) * 1_000));
  const wake = (): void => {
    const more = aheadOf(upFor) - aheadAtFirst - slept;
    if (more >= SHORTEST_SLEEP) slept += more;
  };
  return { now, alarm: (at, ring) => alarmAt(now, wake, at, ring), wall: Date.now };
}

/** By how many milliseconds uptime is ahead of `performance.now()`; NaN, which disables the comparison, if a sandbox does not provide it. */
function aheadOf(upFor: () => number): number {
  try {
    return upFor() * 1_000 - performance.now();
  } catch {
    return Number.NaN;
  }
}

function alarmAt(now: () => Instant, wake: () => void, at: Instant, ring: () => void): () => void {
  if (at === NEVER) return () => {};
  let timer: NodeJS.Timeout | undefined;
  const wait = (): void => {
    timer = setTimeout(expire, Math.min(LONGEST_WAIT, Math.max(0, Math.ceil(since(at, now()) / 1_000))));
  };
  // Timers count whole milliseconds of a clock that is read once per turn of the event loop, so they may be early.
  const expire = (): void => {
    wake();
    if (now() < at) wait();
    else ring();
  };
  wait();
  return () => clearTimeout(timer);
}
