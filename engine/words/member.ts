/** What is known about a member, and the claims that can be made about one. */

import type { Address, Bytes, Incarnation, MemberId } from "./units.ts";

/**
 * - `alive`: it answers, or nobody has said otherwise.
 * - `suspect`: some member's probe of it failed; it has until the suspicion's deadline to refute.
 * - `dead`: it did not refute in time.
 * - `left`: it said goodbye.
 */
export type Status = "alive" | "suspect" | "dead" | "left";

/** memberlist's six version bytes (its field `Vsn`): the least, greatest and current protocol it speaks, then the same for the application's. */
export type Versions = readonly [number, number, number, number, number, number];

/** What is *replicated* about a member. What only one observer knows (since when it suspects it, for example) is never in here. */
export type Member = {
  readonly id: MemberId;
  readonly address: Address;
  /** What its application publishes about it, up to `config.metaLimit` bytes. */
  readonly meta: Bytes;
  readonly versions: Versions;
  readonly incarnation: Incarnation;
  readonly status: Status;
};

/** "It is here, at this address, with this meta." Only its subject may make this claim with a new incarnation. */
export type AliveClaim = { readonly kind: "alive"; readonly member: Member };

/** "It does not answer" (suspect), "it is gone" (dead), "it said goodbye" (left; then `from` is the subject itself). */
export type Accusation = {
  readonly kind: "suspect" | "dead" | "left";
  readonly about: MemberId;
  readonly incarnation: Incarnation;
  /** The member that says so first hand. */
  readonly from: MemberId;
};

/** The unit of gossip: (subject, status, incarnation). memberlist's alive, suspect and dead messages. */
export type Claim = AliveClaim | Accusation;

/** Whom a claim is about. */
export const subject = (claim: Claim): MemberId => (claim.kind === "alive" ? claim.member.id : claim.about);
/** The incarnation that a claim is about. */
export const claimed = (claim: Claim): Incarnation => (claim.kind === "alive" ? claim.member.incarnation : claim.incarnation);
/** Alive and suspect members are living: they are probed, and may be chosen as relays. */
export const isLiving = (status: Status): boolean => status === "alive" || status === "suspect";
