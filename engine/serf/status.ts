/** What a member's status becomes: Serf tells who left from who failed by what the member said before. */

/**
 * - `none`: we know of no such member.
 * - `alive`: it is there.
 * - `leaving`: it said that it means to leave, and is still there.
 * - `left`: it said so, and is gone.
 * - `failed`: it is gone, and never said so.
 */
export type SerfStatus = "none" | "alive" | "leaving" | "left" | "failed";

/** What can happen to a status. Coming and going are the engine's word; what it means to do is the member's own, or of those who remove it. */
export type Happening = "came" | "went" | "means-to-stay" | "means-to-leave";

/** Memberlist rule 65 in the upper two rows, rule 66 in the lower two. How memberlist itself calls the end (dead or left) is not asked. */
const becomes: Readonly<Record<Happening, Readonly<Record<SerfStatus, SerfStatus>>>> = {
  "came": { none: "alive", alive: "alive", leaving: "alive", left: "alive", failed: "alive" },
  "went": { none: "none", alive: "failed", leaving: "left", left: "left", failed: "failed" },
  "means-to-stay": { none: "none", alive: "alive", leaving: "alive", left: "left", failed: "failed" },
  "means-to-leave": { none: "none", alive: "leaving", leaving: "leaving", left: "left", failed: "left" },
};

/** The status after this happened. */
export const statusAfter = (status: SerfStatus, happening: Happening): SerfStatus => becomes[happening][status];
