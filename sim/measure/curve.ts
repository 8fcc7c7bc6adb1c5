/** Curves: a run is sampled in the middle of each of its equal parts. */

/** How many parts a run has. */
export const PARTS = 120;

/** The middle of a part, counted from 0. */
export const middleOf = (part: number, duration: number): number => ((part + 0.5) * duration) / PARTS;

/** The part, counted from 0, in which a moment lies. */
export const partAt = (at: number, duration: number): number => Math.min(PARTS - 1, Math.floor((at / duration) * PARTS));
