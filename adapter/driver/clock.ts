/** A member's clock: monotonic, in microseconds since its own origin. */

import type { Instant } from "../../engine/index.ts";

/** The interface of a clock. Pass your own by the option `clock`. */
export type Clock = {
  /** Never goes back. */
  readonly now: () => Instant;
  /** Calls `ring` once, at `at` or later, never synchronously; at `NEVER` not at all. Returns a function that cancels it. */
  readonly alarm: (at: Instant, ring: () => void) => () => void;
  /** The time of day, in milliseconds since 1970. It may jump; it is read once, for the number of the member's life. Without it, that is 1. */
  readonly wall?: () => number;
};
