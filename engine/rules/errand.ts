/** Errands: pings that we sent for somebody who waits for the answer: a peer whose relay we are, or our application. */

import type { Address, Instant, MemberId, SeqNo } from "../words/units.ts";

/** It stands in the agenda of errands under our own seq, ranked by its next deadline: saying that we wait in vain, or giving up. */
export type Errand = {
  readonly target: MemberId;
  readonly sentAt: Instant;
  /** How long we remember it. */
  readonly until: Instant;
  readonly client: Client;
};

/** Who waits for the answer. */
export type Client =
  /** Who asked us to relay, under which seq of its own; and does it still want to hear if we wait in vain? */
  | { readonly kind: "peer"; readonly address: Address; readonly theirSeq: SeqNo; readonly wantsNack: boolean }
  | { readonly kind: "application" };

/** The name an errand has in its agenda. */
export const errandName = (seq: SeqNo): string => String(seq);
