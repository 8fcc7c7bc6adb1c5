/** Which life of a member begins now: docs/decisions/0022. */

/** When the first life could have begun: the beginning of 2026, in milliseconds since 1970. */
const FIRST = Date.UTC(2026, 0);
const HOUR = 3_600_000;
/** The greatest: an incarnation has 32 bits, half of which count lives. */
const LAST = 65_535;

/**
 * The hours since 2026, from 1: whoever comes back in a later hour wins at once over all that is remembered of its former life. Whoever comes back
 * within the same hour, or with a clock that is wrong, speaks up for itself as memberlist's members do. Up to the middle of 2033; from then on always so.
 */
export const lifeAt = (wall: number | undefined): number =>
  wall === undefined ? 1 : Math.min(LAST, Math.max(1, 1 + Math.floor((wall - FIRST) / HOUR)));
