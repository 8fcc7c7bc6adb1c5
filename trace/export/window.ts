/** The part of a run that a diagram shows: between two instants, and of some members. */

import type { Instant, MemberId } from "../../engine/index.ts";

/** Which part of a run is exported. */
export type Window = {
  readonly from: Instant;
  readonly to: Instant;
  /** Null for everybody. */
  readonly members: ReadonlySet<MemberId> | null;
};

export const isWithin = ({ from, to }: Window, at: Instant): boolean => at >= from && at <= to;

/** Does the stretch between two instants overlap the window? */
export const overlaps = ({ from, to }: Window, since: Instant, until: Instant): boolean => until >= from && since <= to;

export const isShown = ({ members }: Window, who: MemberId): boolean => members === null || members.has(who);
