/** The picture of space and time: lanes of members, and the messages between them in a window of time. Columns, as in `picture.ts`. */

import type { Instant } from "../../engine/index.ts";
import type { Stretch } from "./picture.ts";
import type { MemberNumber } from "./run.ts";

/** Messages of lanes, one entry a message. */
export type LaneMessages = {
  readonly count: number;
  /** Message ids. */
  readonly id: Float64Array;
  /** Lanes, numbered from the top. */
  readonly source: Uint32Array;
  readonly target: Uint32Array;
  /** Codes of `messageKinds`. */
  readonly kind: Uint8Array;
  /** Claims in its gossip: bit 0 alive, bit 1 suspect, bit 2 dead, bit 3 left. */
  readonly carries: Uint8Array;
  readonly sentAt: Float64Array;
  /** NaN if it never arrived. */
  readonly arrivesAt: Float64Array;
};

/** How many messages were sent in each lane in each part of the window, if there are too many to draw each. */
export type LaneDensity = {
  readonly columns: number;
  /** Lane after lane. */
  readonly counts: Float32Array;
  /** The gravest claim in the cell: a code of `densityKinds`. */
  readonly tells: Uint8Array;
  /** The largest count in a cell. */
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
  /** The member of each lane, from the top; if `binned` is more than 1, the first of this many members in one lane. */
  readonly lanes: Uint32Array;
  readonly binned: number;
  /** How many messages match window and filter: counted, or in a very full window estimated from an even sample. */
  readonly fitting: number;
  readonly messages: LaneMessages;
  /** Instead of single messages, if there are too many; otherwise null. */
  readonly density: LaneDensity | null;
  readonly marks: LaneMarks;
  /** When members of the lanes did not run: codes of `existences`. Empty if lanes are binned. */
  readonly outages: readonly Stretch[];
  /** The member that `beliefs` are about; null for none. */
  readonly subject: MemberNumber | null;
  /** What the members of the lanes believed of the subject: codes of `statuses`. */
  readonly beliefs: readonly Stretch[];
  /** The run's median latency, in microseconds: lost messages are drawn as if under way for this long. */
  readonly usual: number;
};

/** Which lanes are wanted. */
export type LanesWish = {
  /** Only the lane of this member and of those that it exchanges the most messages with; null for all members. */
  readonly focus: MemberNumber | null;
  /** The member that beliefs are shown about. */
  readonly subject: MemberNumber | null;
  readonly filter: string;
  /** The most lanes, messages, and parts of the window. */
  readonly mostLanes: number;
  readonly mostMessages: number;
  readonly columns: number;
};
