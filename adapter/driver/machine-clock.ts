/** The machine's monotonic clock, and its timers. */

import { uptime } from "node:os";
import { instant, NEVER, since, type Instant } from "../../engine/index.ts";
import type { Clock } from "./clock.ts";

/** The longest that a timer of Node's waits, in milliseconds: 24.8 days. Beyond it, they ring at once. */
const LONGEST_WAIT = 2_147_483_647;

/** What is less is how roughly a machine's uptime is known, not sleep. Milliseconds. */
const SHORTEST_SLEEP = 1_000;

/**
 * The machine's monotonic clock. Its origin is now, or another moment of `performance.now()`, so that members of one machine can share one. After the machine was
 * suspended, or the process stalled, an overdue alarm goes off once, as soon as possible.
 *
 * On Linux `performance.now()` stands still while the machine is suspended, and its timers go on afterwards as if nothing had been; its uptime does not
 * stand still. So whenever an alarm goes off, the two are compared, and this clock moves ahead by the time that the machine slept. `upFor` is in seconds.
 */
export function machineClock(origin: number = performance.now(), upFor: () => number = uptime): Clock {
  // Whoever is stopped between two readings finds uptime less far ahead than it is, and would take that for sleep later: twice in a row it does not happen.
  const aheadAtFirst = Math.max(aheadOf(upFor), aheadOf(upFor));
  let slept = 0;
  const now = (): Instant => instant(Math.floor((performance.now() + slept - origin) * 1_000));
  const wake = (): void => {
    const more = aheadOf(upFor) - aheadAtFirst - slept;
    if (more >= SHORTEST_SLEEP) slept += more;
  };
  return { now, alarm: (at, ring) => alarmAt(now, wake, at, ring), wall: Date.now };
}

/** By how many milliseconds uptime is ahead of `performance.now()`; NaN, of which nothing ever comes, where a sandbox does not tell it. */
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
  // Timers count in whole milliseconds of a clock that is read once a turn: they may be early.
  const expire = (): void => {
    wake();
    if (now() < at) wait();
    else ring();
  };
  wait();
  return () => clearTimeout(timer);
}
