/** Pictures of a run at an instant: the input of scenes. Columns, one entry a member or message, so that the worker can transfer them without copying. */

import type { Instant } from "../../engine/index.ts";
import type { FaultFact, LineNumber, MemberNumber } from "./run.ts";

/** The group at an instant, in truth and as believed: by one observer, or counted over all running members. One entry a member. */
export type GroupPicture = {
  readonly at: Instant;
  /** How many lines have happened. */
  readonly lines: LineNumber;
  /** The observer whose beliefs `status` and the suspicions show; null for the truth. */
  readonly observer: MemberNumber | null;
  readonly count: number;
  /** Codes of `existences`: the truth. */
  readonly existence: Uint8Array;
  /** Codes of `statuses`: what the observer believes; without one, what most of the running members believe. */
  readonly status: Uint8Array;
  /** How many other running members hold it suspect, dead or gone. */
  readonly suspectedBy: Uint32Array;
  readonly buriedBy: Uint32Array;
  /** As it holds its own. */
  readonly incarnation: Float64Array;
  /** Local health: 0 is good. */
  readonly health: Uint8Array;
  /** About how many members each member is wrong: their status in its view differs from the truth on its side of all faults. */
  readonly wrong: Uint32Array;
  /** The observer's suspicion of it: since when, and when it expires. Without an observer, the suspicion that expires first. NaN if there is none. */
  readonly suspectedSince: Float64Array;
  readonly suspectedUntil: Float64Array;
  /** Its side of all scripted faults, from 0: members with equal numbers reach each other both ways. */
  readonly side: Uint16Array;
  /** The faults in force. */
  readonly faults: readonly FaultFact[];
  /** How many members run, and how many of these agree with the truth. */
  readonly running: number;
  readonly agreeing: number;
  /** Was it built from announcements, without replaying anything? See `worker/sketch.ts`. */
  readonly isSketch: boolean;
};

/** Who believes what about whom. In a large group a cell stands for `binned` × `binned` pairs. */
export type MatrixPicture = {
  readonly at: Instant;
  /** The first observer and the first subject shown, and how many members are in one row or column; 1 in small groups. */
  readonly firstRow: MemberNumber;
  readonly firstColumn: MemberNumber;
  readonly binned: number;
  readonly rows: number;
  readonly columns: number;
  /** Row after row, codes of `statuses`: the belief, or the worst in the bin. 255 if the observer is not present. */
  readonly cells: Uint8Array;
  /** The share of pairs in the cell whose belief is wrong, 0 to 255. */
  readonly wrong: Uint8Array;
  /** For each column, codes of `existences`: the truth; in bins, that of the first member that does not run, or else running. */
  readonly truth: Uint8Array;
};

/** Which part of the matrix is wanted: at most `most` rows and columns of cells. */
export type MatrixWish = { readonly firstRow: MemberNumber; readonly firstColumn: MemberNumber; readonly members: number; readonly most: number };

/** Messages that were under way at some time between two instants. One entry a message; a message that arrived twice has two. */
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
  /** NaN if it never arrived; `lost` messages are drawn as far as they would have come within the run's usual latency, `usual`. */
  readonly arrivesAt: Float64Array;
  /** Claims in its gossip: bit 0 alive, bit 1 suspect, bit 2 dead, bit 3 left. */
  readonly carries: Uint8Array;
  /** The run's median latency, in microseconds. */
  readonly usual: number;
  /** How many more there were: beyond the limit, messages are left out evenly. */
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

/** A coloured part of a lane: what a member believed about one subject, or its own true state, from an instant until the next change. */
export type Stretch = { readonly who: MemberNumber; readonly code: number; readonly since: Instant; readonly until: Instant };
