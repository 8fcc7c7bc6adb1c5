/** What is known of a member, and what can be said about one. */

import type { Address, Bytes, Incarnation, MemberId } from "./units.ts";

/**
 * - `alive`: it answers, or nobody has said otherwise.
 * - `suspect`: somebody's probe of it failed; it has until the suspicion's deadline to refute.
 * - `dead`: it did not.
 * - `left`: it said goodbye.
 */
export type Status = "alive" | "suspect" | "dead" | "left";

/** memberlist's six version bytes (its field `Vsn`): the least, greatest and current protocol it speaks, then the same for the application's. */
export type Versions = readonly [number, number, number, number, number, number];

/** What is *replicated* about a member. What only one observer knows (since when it suspects, say) never lives here. */
export type Member = {
  readonly id: MemberId;
  readonly address: Address;
  /** What the application wants the others to know of it, up to `config.metaLimit` bytes. */
  readonly meta: Bytes;
  readonly versions: Versions;
  readonly incarnation: Incarnation;
  readonly status: Status;
};

/** "It is here, at this address, with this meta": only its subject may say so of a new incarnation. */
export type AliveClaim = { readonly kind: "alive"; readonly member: Member };

/** "It does not answer" (suspect), "it is gone" (dead), "it said goodbye" (left; then `from` is its subject). */
export type Accusation = {
  readonly kind: "suspect" | "dead" | "left";
  readonly about: MemberId;
  readonly incarnation: Incarnation;
  /** Who says so first hand. */
  readonly from: MemberId;
};

/** The unit of gossip: (about whom, status, incarnation). memberlist's alive, suspect and dead messages. */
export type Claim = AliveClaim | Accusation;

/** Whom a claim is about. */
export const subject = (claim: Claim): MemberId => (claim.kind === "alive" ? claim.member.id : claim.about);
/** The incarnation a claim speaks of. */
export const claimed = (claim: Claim): Incarnation => (claim.kind === "alive" ? claim.member.incarnation : claim.incarnation);
/** Alive and suspect members are living: they are probed, and they count when a relay is wanted. */
export const isLiving = (status: Status): boolean => status === "alive" || status === "suspect";
