/** The only place where microseconds are converted to the seconds of reports. */

/** Converts microseconds to seconds. */
export const inSeconds = (micros: number): number => micros / 1_000_000;
