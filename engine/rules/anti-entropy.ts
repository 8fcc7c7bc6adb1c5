/** Anti-entropy: when views are exchanged, with whom, and what we learn from another's view. */

import type { Config } from "../words/config.ts";
import type { Claim, Member } from "../words/member.ts";
import type { Address, Instant, MemberId, Micros } from "../words/units.ts";
import { after, NEVER, stretch } from "../words/units.ts";

/** When the next exchange of each kind is due. */
export type Sync = {
  /** With a random living member. */
  readonly syncAt: Instant;
  /** With a random dead member, in case there was a partition. */
  readonly reconnectAt: Instant;
  /** With the seeds again; NEVER once the join is complete, or if there was none. */
  readonly joinAgainAt: Instant;
  readonly seeds: readonly Address[];
  readonly joining: Joining;
};

/**
 * The progress of a join: `not` joining, `asking` until a seed answers, then `settling` until a seed was asked once more. Members that
 * join at the same moment are not yet in the seed's first answer; they are in its second.
 */
export type Joining = "not" | "asking" | "settling";

/** When the next of a regular series is due, counted from now: a late exchange is not made up for. */
export const nextOfSeries = (now: Instant, every: Micros): Instant => (every === 0 ? NEVER : after(now, every));

/** How long until the next exchange of views in a group of `n`. It grows with the group, to limit the cost of exchanges (memberlist rule 5). */
export function syncEveryAt(config: Config, n: number): Micros {
  return config.syncScale === "constant" || n <= 32 ? config.syncEvery : stretch(config.syncEvery, ceilLog2(n) - 4);
}

/** ⌈log₂ n⌉ for a whole n ≥ 1. */
const ceilLog2 = (n: number): number => 32 - Math.clz32(n - 1);

/** How many levels down the trie two views of n members are compared: parts of about thirty members, or fewer. */
export const depthFor = (n: number): 1 | 2 => (n <= 1024 ? 1 : 2);

/** What a record that differs from ours teaches: a claim to be weighed, or a record to be adopted as it is. */
export type Lesson =
  | { readonly kind: "claim"; readonly claim: Claim }
  | { readonly kind: "record"; readonly record: Member };

/**
 * Interprets one difference between their view and ours as memberlist does (rule 53): alive and left are taken as they are; suspect
 * *and dead* make us suspect the member ourselves, so that it can still refute, and two halves of a healed partition do not declare each
 * other dead. The record of an unknown member is adopted as it is, so that a late-comer knows the dead, and no stale claim revives
 * them (memberlist's rule 54 does less). Where suspicion is off or death is final, dead is taken as dead.
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
