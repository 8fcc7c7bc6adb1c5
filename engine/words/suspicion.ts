/** Why a member is suspected, or was declared dead: who began it, and on what evidence. Kept with each suspicion, and part of each announcement of either. */

import type { Address, Incarnation, Instant, MemberId, Micros, SeqNo } from "./units.ts";

/** How a suspicion reached us. */
export type Cause =
  /** Our own probe failed: the ping `seq`, sent at `at`, got no ack, nor did the `relays`, of which `nacks` sent a nack (null if none was asked for one). */
  | { readonly kind: "probe"; readonly seq: SeqNo; readonly at: Instant; readonly relays: readonly MemberId[]; readonly nacks: number | null }
  /** A datagram from `via` said so. */
  | { readonly kind: "gossip"; readonly via: Address }
  /** The view of the member at `via` said so. */
  | { readonly kind: "view"; readonly via: Address };

/** How a death reached us: like a suspicion; or our own suspicion was not refuted in time, and its grounds say why. */
export type Ending = Cause | { readonly kind: "unrefuted" };

/** On what grounds a member is suspected, or was declared dead. */
export type Grounds = {
  /** The member that began it: its probe failed, as far as we were told. */
  readonly by: MemberId;
  /** Since when we suspect it, from our own probe or from hearsay. */
  readonly since: Instant;
  readonly cause: Cause;
  /** The members that suspect it independently, in the order in which we heard of them (Lifeguard §IV-B); at most `Config.confirmations`, so none if that is 0. */
  readonly confirmedBy: readonly MemberId[];
};

/** The record behind a suspect. */
export type Suspicion = Grounds & {
  readonly about: MemberId;
  readonly incarnation: Incarnation;
  /** How many confirmations bring the wait down to `least`; 0 in groups too small to give them (memberlist rule 40). */
  readonly wanted: number;
  readonly least: Micros;
  readonly most: Micros;
};
