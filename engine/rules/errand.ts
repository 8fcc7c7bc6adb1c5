/** Errands: pings that we send for a client, which waits for the answer: a peer whose relay we are, or our application. */

import type { Address, Instant, MemberId, SeqNo } from "../words/units.ts";

/** Stands in the agenda of errands under our own seq, ranked by its next deadline: sending a nack, or giving up. */
export type Errand = {
  readonly target: MemberId;
  readonly sentAt: Instant;
  /** How long we remember it. */
  readonly until: Instant;
  readonly client: Client;
};

/** The one that waits for the answer. */
export type Client =
  /** The peer that asked us to relay, its own seq, and whether it still wants a nack. */
  | { readonly kind: "peer"; readonly address: Address; readonly theirSeq: SeqNo; readonly wantsNack: boolean }
  | { readonly kind: "application" };

/** The name of an errand in its agenda. */
export const errandName = (seq: SeqNo): string => String(seq);
