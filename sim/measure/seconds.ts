/** The one place where microseconds become the seconds of a report. */

/** A length in microseconds, in seconds. */
export const inSeconds = (micros: number): number => micros / 1_000_000;
