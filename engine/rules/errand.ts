/** Errands: pings that we sent as a relay, and for whom. */

import type { Address, MemberId, SeqNo } from "../words/units.ts";

/** It stands in the agenda of errands under our own seq, ranked by the deadline until which we remember it. */
export type Errand = {
  readonly target: MemberId;
  /** Who asked us, and where the answer goes. */
  readonly askedBy: Address;
  /** The asker's own seq, under which the answer goes back. */
  readonly theirSeq: SeqNo;
  readonly wantsNack: boolean;
};

/** The name an errand has in its agenda. */
export const errandName = (seq: SeqNo): string => String(seq);
