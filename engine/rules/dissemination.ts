/** Rumours: claims waiting to be told, how often each was told already, and which of them ride on the next message. */

import type { Agenda, Taken } from "../words/agenda.ts";
import { count, enter, firstEntry, lookUp, nothing, putBack, strike, strikeFirst } from "../words/agenda.ts";
import type { Config } from "../words/config.ts";
import { ceilLn, ceilLog10 } from "../words/logarithm.ts";
import type { Claim } from "../words/member.ts";
import { subject } from "../words/member.ts";
import type { MemberId } from "../words/units.ts";
import { incarnation, memberId, seqNo } from "../words/units.ts";
import { noGossip, type Ack } from "../messages/message.ts";
import { COMPOUND_PART, roomForGossip, sizeOfClaim } from "../wire/size.ts";

/** A claim waiting to be told. */
export type Rumour = {
  readonly claim: Claim;
  /** What it takes of a message. */
  readonly size: number;
  readonly told: number;
  /** The how-many-th rumour of this member's life it is. */
  readonly order: number;
};

/** All of them, least told first and the newest first among equals; one for each subject, because a newer claim replaces an older one. */
export type Rumours = { readonly waiting: Agenda<Rumour>; readonly order: number };

export const noRumours: Rumours = { waiting: nothing, order: 0 };

/** How often each member tells a rumour: λ·⌈log(n+1)⌉ (SWIM §5 with the natural logarithm, memberlist rule 58 with the decimal). */
export const tellLimit = (config: Config, n: number): number =>
  config.tellMult * (config.scale === "ln" ? ceilLn(n + 1) : ceilLog10(n + 1));

/** How many rumours wait. */
export const rumoursWaiting = (rumours: Rumours): number => count(rumours.waiting);

/** The smallest message, under its longest seq. */
const smallestMessage: Ack = { kind: "ack", seq: seqNo(4_294_967_295), gossip: noGossip };

/**
 * Can a datagram carry this claim at all? Ids and a stranger's meta may be of any length; what fits nowhere would wait for ever at the
 * head of the rumours, and is left to push-pull (in memberlist it stays queued: rule 61).
 */
export const fitsADatagram = (claim: Claim, budget: number): boolean => COMPOUND_PART + sizeOfClaim(claim) <= roomForGossip(smallestMessage, budget);

/** Takes up a claim, in place of what was being told of the same member. */
export function spread(rumours: Rumours, claim: Claim): Rumours {
  const order = rumours.order + 1;
  const rumour = { claim, size: COMPOUND_PART + sizeOfClaim(claim), told: 0, order };
  return { waiting: enter(rumours.waiting, subject(claim), 0, rumour, -order), order };
}

/** Stops telling anything of this member. */
export function hush(rumours: Rumours, about: MemberId): Rumours {
  const waiting = strike(rumours.waiting, about);
  return waiting === rumours.waiting ? rumours : { waiting, order: rumours.order };
}

/** How many claims that do not fit are looked past in search of smaller ones. Bounded, so that no step costs O(n). */
const PATIENCE = 4;
/** No claim is smaller: there is no point in looking for one that fits in less. */
const SMALLEST = COMPOUND_PART + sizeOfClaim({ kind: "suspect", about: memberId("m"), incarnation: incarnation(0), from: memberId("m") });

/** Chooses what rides on a message that has `room` bytes left: the least told that fit. Those told `limit` times are dropped. */
export function tell(rumours: Rumours, room: number, limit: number, most: number): readonly [claims: readonly Claim[], rumours: Rumours] {
  if (rumours.waiting === nothing) return [noGossip, rumours];
  const said: Taken<Rumour>[] = [];
  const passedBy: Taken<Rumour>[] = [];
  let waiting: Agenda<Rumour> = rumours.waiting;
  let left = room;
  while (left >= SMALLEST && said.length < most && passedBy.length < PATIENCE) {
    const taken = firstEntry(waiting);
    if (taken === undefined) break;
    const { size, told } = taken.item;
    waiting = strikeFirst(waiting);
    // The group has shrunk, and the limit with it.
    if (told >= limit) continue;
    if (size > left) {
      passedBy.push(taken);
      continue;
    }
    left -= size;
    said.push(taken);
  }
  for (const taken of passedBy) waiting = putBack(waiting, taken, taken.rank, taken.item);
  for (const taken of said) {
    const { claim, size, told, order } = taken.item;
    if (told + 1 < limit) waiting = putBack(waiting, taken, told + 1, { claim, size, told: told + 1, order });
  }
  return [said.map(({ item }) => item.claim), { waiting, order: rumours.order }];
}

/** What is being told of this member, if anything. */
export const rumourOf = (rumours: Rumours, about: MemberId): Rumour | undefined => lookUp(rumours.waiting, about);
