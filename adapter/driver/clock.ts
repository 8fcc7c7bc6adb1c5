/** The time by which a member lives: monotonic, in microseconds since its own origin. */

import type { Instant } from "../../engine/index.ts";

/** Another time: plug it in by the option `clock`. */
export type Clock = {
  /** Never goes back. */
  readonly now: () => Instant;
  /** Calls `ring` once, at `at` or later, never from within this call. Returns how to take that back. `NEVER` is never. */
  readonly alarm: (at: Instant, ring: () => void) => () => void;
  /** What people's clocks show, in milliseconds since 1970: it may jump, and is asked once, for which life of a member begins. Without it: the first. */
  readonly wall?: () => number;
};
