/** The picture of space and time: lanes of members, and what went between them from one instant to another. Columns, as in `picture.ts`. */

import type { Instant } from "../../engine/index.ts";
import type { Stretch } from "./picture.ts";
import type { MemberNumber } from "./run.ts";

/** Messages of lanes, one entry a message. */
export type LaneMessages = {
  readonly count: number;
  /** Message ids. */
  readonly id: Float64Array;
  /** Lanes, from the top. */
  readonly source: Uint32Array;
  readonly target: Uint32Array;
  /** Codes of `messageKinds`. */
  readonly kind: Uint8Array;
  /** What its gossip carries: bit 0 alive, bit 1 suspect, bit 2 dead, bit 3 left. */
  readonly carries: Uint8Array;
  readonly sentAt: Float64Array;
  /** NaN if it never arrived. */
  readonly arrivesAt: Float64Array;
};

/** How many messages were sent in each lane in each part of the window, where there are too many to draw each. */
export type LaneDensity = {
  readonly columns: number;
  /** Lane after lane. */
  readonly counts: Float32Array;
  /** The gravest thing told in the cell: a code of `densityKinds`. */
  readonly tells: Uint8Array;
  /** The most in one cell. */
  readonly most: number;
};

/** Announcements in the lanes, one entry each: see `Announcements`. */
export type LaneMarks = {
  readonly count: number;
  readonly line: Uint32Array;
  readonly at: Float64Array;
  readonly lane: Uint32Array;
  readonly kind: Uint8Array;
  readonly about: Uint32Array;
  readonly verdict: Uint8Array;
};

export type LanesPicture = {
  readonly from: Instant;
  readonly to: Instant;
  /** The member of each lane, from the top; where `binned` is more than 1, the first of so many members of one lane. */
  readonly lanes: Uint32Array;
  readonly binned: number;
  /** So many messages fit window and filter: counted, or in a very full window reckoned from an even sample. */
  readonly fitting: number;
  readonly messages: LaneMessages;
  /** Instead of single messages, if there are too many; null otherwise. */
  readonly density: LaneDensity | null;
  readonly marks: LaneMarks;
  /** When members of the lanes did not run: codes of `existences`. Empty where lanes are binned. */
  readonly outages: readonly Stretch[];
  /** Whom `beliefs` are about; null for nobody. */
  readonly subject: MemberNumber | null;
  /** What the members of the lanes believed of the subject: codes of `statuses`. */
  readonly beliefs: readonly Stretch[];
  /** The run's median time under way, in microseconds: so far lost messages are drawn. */
  readonly usual: number;
};

/** What of the lanes is wanted. */
export type LanesWish = {
  /** Only this member's lane and those of whom it talks with, those with the most messages first; null for everybody. */
  readonly focus: MemberNumber | null;
  /** Whose beliefs colour the lanes. */
  readonly subject: MemberNumber | null;
  readonly filter: string;
  /** At most so many lanes, messages, and parts of the window. */
  readonly mostLanes: number;
  readonly mostMessages: number;
  readonly columns: number;
};
