/** Why a member is suspected, or was declared dead: who began it, and how they came to it. Kept with each suspicion, and told with each announcement of either. */

import type { Address, Incarnation, Instant, MemberId, Micros, SeqNo } from "./units.ts";

/** How a suspicion reached us. */
export type Cause =
  /** Our own probe failed: asked under `seq` at `at`, in vain; then through `relays`, of whom `nacks` said that they waited in vain (null if none was asked to). */
  | { readonly kind: "probe"; readonly seq: SeqNo; readonly at: Instant; readonly relays: readonly MemberId[]; readonly nacks: number | null }
  /** A datagram from `via` said so. */
  | { readonly kind: "gossip"; readonly via: Address }
  /** The view of the member at `via` said so. */
  | { readonly kind: "view"; readonly via: Address };

/** How a death reached us: as a suspicion does. Or we suspected it ourselves, and nobody refuted in time: the grounds say why. */
export type Ending = Cause | { readonly kind: "unrefuted" };

/** On what grounds somebody is suspected, or was declared dead. */
export type Grounds = {
  /** Who began it: whose probe failed, as far as we were told. */
  readonly by: MemberId;
  /** Since when we suspect: from our own probe or from hearsay alike. */
  readonly since: Instant;
  readonly cause: Cause;
  /** Who suspects independently, in the order in which we heard (Lifeguard §IV-B); at most `Config.confirmations`: none are kept where that is 0, and nobody confirms. */
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
