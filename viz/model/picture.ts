/** Pictures of a run at an instant: all that scenes draw from. Columns, one entry a member or message, so that they cross from the worker for nothing. */

import type { Instant } from "../../engine/index.ts";
import type { FaultFact, LineNumber, MemberNumber } from "./run.ts";

/** The group at an instant, in truth and as believed: by one observer, or counted over all who run. One entry a member. */
export type GroupPicture = {
  readonly at: Instant;
  /** So many lines have happened. */
  readonly lines: LineNumber;
  /** Whose belief `status` and the suspicions are; null for the truth's. */
  readonly observer: MemberNumber | null;
  readonly count: number;
  /** Codes of `existences`: the truth. */
  readonly existence: Uint8Array;
  /** Codes of `statuses`: what the observer believes; without one, what most of the running members believe. */
  readonly status: Uint8Array;
  /** How many running members other than itself hold it suspect, dead or gone. */
  readonly suspectedBy: Uint32Array;
  readonly buriedBy: Uint32Array;
  /** As it holds its own. */
  readonly incarnation: Float64Array;
  /** Local health: 0 is good. */
  readonly health: Uint8Array;
  /** How many members each believes wrongly: of how many its status in the member's view differs from what the truth wants on this side of all faults. */
  readonly wrong: Uint32Array;
  /** The observer's suspicion of it: since when, and when it runs out. Without an observer, the one that runs out first. NaN where there is none. */
  readonly suspectedSince: Float64Array;
  readonly suspectedUntil: Float64Array;
  /** Which side of all scripted faults it is on, from 0: equal numbers reach each other both ways. */
  readonly side: Uint16Array;
  /** The faults in force. */
  readonly faults: readonly FaultFact[];
  /** How many run, and how many of these agree with the truth. */
  readonly running: number;
  readonly agreeing: number;
  /** Was it put together from announcements, without replaying anything? See `worker/sketch.ts`. */
  readonly isSketch: boolean;
};

/** Who believes what of whom. In a large group a cell stands for `binned` × `binned` pairs. */
export type MatrixPicture = {
  readonly at: Instant;
  /** The first observer and the first subject shown, and how many members stand in one row or column; 1 in small groups. */
  readonly firstRow: MemberNumber;
  readonly firstColumn: MemberNumber;
  readonly binned: number;
  readonly rows: number;
  readonly columns: number;
  /** Row after row, codes of `statuses`: the belief, or the worst in the bin. 255 where the observer is not present. */
  readonly cells: Uint8Array;
  /** The share of pairs in the cell whose belief is wrong, 0 to 255. */
  readonly wrong: Uint8Array;
  /** For each column, codes of `existences`: the truth; in bins, of the first who does not run, or else running. */
  readonly truth: Uint8Array;
};

/** Which part of the matrix is wanted: at most `most` rows and columns of cells. */
export type MatrixWish = { readonly firstRow: MemberNumber; readonly firstColumn: MemberNumber; readonly members: number; readonly most: number };

/** Messages that were under way at some time between two instants. One entry a message; twin arrivals are two entries. */
export type Traffic = {
  readonly from: Instant;
  readonly to: Instant;
  readonly count: number;
  /** Message ids. */
  readonly id: Float64Array;
  readonly source: Uint32Array;
  readonly target: Uint32Array;
  /** Codes of `messageKinds`. */
  readonly kind: Uint8Array;
  readonly sentAt: Float64Array;
  /** NaN if it never arrived; `lost` messages are drawn as far as they would have come in the run's usual time, `usual`. */
  readonly arrivesAt: Float64Array;
  /** What its gossip carries: bit 0 alive, bit 1 suspect, bit 2 dead, bit 3 left. */
  readonly carries: Uint8Array;
  /** The run's median time under way, in microseconds. */
  readonly usual: number;
  /** So many more there were: the wish had a limit, and these were left out evenly. */
  readonly leftOut: number;
};

/** What happened to members between two instants, for lanes: one entry a line. */
export type Happenings = {
  readonly count: number;
  readonly line: Uint32Array;
  readonly at: Float64Array;
  readonly who: Uint32Array;
  /** Codes of `lineKinds`. */
  readonly kind: Uint8Array;
  readonly leftOut: number;
};

/** A colouring of lanes: what a member believed of one subject, or what it was in truth, from an instant until the next of its lane. */
export type Stretch = { readonly who: MemberNumber; readonly code: number; readonly since: Instant; readonly until: Instant };
