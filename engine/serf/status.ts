/** How a member's status changes: a member that is gone has left if it sent an intent to leave before, and otherwise failed. */

/**
 * - `none`: we know of no such member.
 * - `alive`: it is there.
 * - `leaving`: it sent an intent to leave, and is still there.
 * - `left`: it sent one, and is gone.
 * - `failed`: it is gone, and never sent one.
 */
export type SerfStatus = "none" | "alive" | "leaving" | "left" | "failed";

/** What can change a status. The engine reports `came` and `went`; intents come from the member itself, or from a member that removes it. */
export type Happening = "came" | "went" | "means-to-stay" | "means-to-leave";

/** memberlist rule 65 in the upper two rows, rule 66 in the lower two. Whether memberlist itself says dead or left does not matter. */
const becomes: Readonly<Record<Happening, Readonly<Record<SerfStatus, SerfStatus>>>> = {
  "came": { none: "alive", alive: "alive", leaving: "alive", left: "alive", failed: "alive" },
  "went": { none: "none", alive: "failed", leaving: "left", left: "left", failed: "failed" },
  "means-to-stay": { none: "none", alive: "alive", leaving: "alive", left: "left", failed: "failed" },
  "means-to-leave": { none: "none", alive: "leaving", leaving: "leaving", left: "left", failed: "left" },
};

export const statusAfter = (status: SerfStatus, happening: Happening): SerfStatus => becomes[happening][status];
