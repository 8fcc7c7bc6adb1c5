/** Anti-entropy: when whole views are exchanged, with whom, and what another's view tells us. */

import type { Config } from "../words/config.ts";
import type { Claim, Member } from "../words/member.ts";
import type { Address, Instant, MemberId, Micros } from "../words/units.ts";
import { after, NEVER, stretch } from "../words/units.ts";

/** When the next exchange of each kind is due. */
export type Sync = {
  /** With a random living member. */
  readonly syncAt: Instant;
  /** With a random dead one, in case it was a partition. */
  readonly reconnectAt: Instant;
  /** With the seeds once more; NEVER when we have joined for good, or were never asked to. */
  readonly joinAgainAt: Instant;
  readonly seeds: readonly Address[];
  readonly joining: Joining;
};

/**
 * How far a newcomer has come: `not` joining, `asking` until a seed answers, then `settling` until it has asked once more. Those who
 * join at the same moment are not yet in the seed's first answer; they are in its second.
 */
export type Joining = "not" | "asking" | "settling";

/** The next of a regular series, from now on: an exchange that is late is not made up for. */
export const nextOfSeries = (now: Instant, every: Micros): Instant => (every === 0 ? NEVER : after(now, every));

/** How long until the next exchange of views in a group of `n`, so that large groups do not spend all they have on it (memberlist rule 5). */
export function syncEveryAt(config: Config, n: number): Micros {
  return config.syncScale === "constant" || n <= 32 ? config.syncEvery : stretch(config.syncEvery, ceilLog2(n) - 4);
}

/** ⌈log₂ n⌉ for a whole n ≥ 1. */
const ceilLog2 = (n: number): number => 32 - Math.clz32(n - 1);

/** How many levels down the trie two views of n members are compared: parts of some thirty members, or fewer. */
export const depthFor = (n: number): 1 | 2 => (n <= 1024 ? 1 : 2);

/** What to make of another's record that differs from ours: a claim to be weighed, a record to be taken as it is, or nothing. */
export type Lesson =
  | { readonly kind: "claim"; readonly claim: Claim }
  | { readonly kind: "record"; readonly record: Member };

/**
 * One difference between their view and ours, read as memberlist reads it (rule 53): alive and left count as said; suspect
 * *and dead* make us suspect in our own name, so that the accused can still refute and two halves of a healed partition do not
 * bury each other. What we never heard of is taken as it is, so that a late-comer knows the dead, and no stale claim revives
 * them (memberlist's rule 54 is poorer here). Where suspicion is off or death final, dead is dead.
 */
export function lessonOf(mine: Member | undefined, theirs: Member, self: MemberId, config: Config): Lesson {
  if (theirs.status === "alive") return { kind: "claim", claim: { kind: "alive", member: theirs } };
  if (mine === undefined) return { kind: "record", record: theirs };
  const { id: about, incarnation } = theirs;
  if (theirs.status === "left") return { kind: "claim", claim: { kind: "left", about, incarnation, from: about } };
  const isForgiving = config.suspicion === "on" && config.precedence !== "final";
  const kind = theirs.status === "dead" && !isForgiving ? "dead" : "suspect";
  return { kind: "claim", claim: { kind, about, incarnation, from: self } };
}
