/** Numbers for people, formatted the same in every locale and on every machine. */

import type { Instant, Micros } from "../engine/index.ts";

/** `3,214` */
export const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ",");

/** `12.4 s` */
export const secondsText = (at: Instant): string => `${at / 1_000_000} s`;

/** `   1.012345`: the microsecond at a fixed place, up to 9,999 seconds. */
export const clockText = (at: Instant): string => (at / 1_000_000).toFixed(6).padStart(11);

/** `1.25 ms`: a length, to the microsecond. */
export const lengthText = (length: Micros): string => `${length / 1_000} ms`;
