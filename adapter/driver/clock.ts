/** A member's time: monotonic, in microseconds since its own origin. */

import type { Instant } from "../../engine/index.ts";

/** A source of time; the option `clock` takes another one than the machine's. */
export type Clock = {
  /** Never goes back. */
  readonly now: () => Instant;
  /** Calls `ring` once, at `at` or later, never from within this call. Returns a function that cancels it. At `NEVER` it never rings. */
  readonly alarm: (at: Instant, ring: () => void) => () => void;
  /** The time of day in milliseconds since 1970, which may jump. Read once, to number the life of a member that begins; without it, that is the first life. */
  readonly wall?: () => number;
};
