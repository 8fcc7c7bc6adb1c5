/** Rumours: claims waiting to be told, how often each is told, and which of them are piggybacked on the next message. */

import type { Config } from "../words/config.ts";
import { ceilLn, ceilLog10 } from "../words/logarithm.ts";
import type { Claim } from "../words/member.ts";
import { subject } from "../words/member.ts";
import { hashOf } from "../words/mix.ts";
import { added, emptyQueue, isAtHand, itemsOf, queued, take, unqueued, waitingIn, waitingUnder, type Batch, type Entry, type Queue } from "../words/queue.ts";
import type { Instant, MemberId, Micros } from "../words/units.ts";
import { bytes, NEVER, seqNo } from "../words/units.ts";
import { noGossip, noUserMessages, type Ack } from "../messages/message.ts";
import { COMPOUND_PART, roomForGossip, sizeOfClaim } from "../wire/size.ts";

/** The claims that wait to be told, one for each subject: a newer one takes the place of an older (memberlist rule 59). */
export type Rumours = Queue<Claim>;

/** No rumours wait. */
export const noRumours: Rumours = emptyQueue;

/** How often each member tells a rumour: λ·⌈log(n+1)⌉ (SWIM §5 with the natural logarithm, memberlist rule 58 with the decimal). */
export const tellLimit = (config: Config, n: number): number =>
  config.tellMult * (config.scale === "ln" ? ceilLn(n + 1) : ceilLog10(n + 1));

/** How many rumours wait. */
export const rumoursWaiting = (rumours: Rumours): number => rumours.length;

/** The rumour about this member, and how often it was told; undefined if there is none. */
export function rumourOf(rumours: Rumours, about: MemberId): { readonly claim: Claim; readonly told: number } | undefined {
  const waiting = waitingUnder(rumours, about);
  return waiting === undefined ? undefined : { claim: waiting.item, told: waiting.told };
}

/** All rumours, with how often each was told; of those told equally often, the first goes first. */
export const rumoursIn = (rumours: Rumours): readonly { readonly claim: Claim; readonly told: number }[] =>
  waitingIn(rumours).map(({ item, told }) => ({ claim: item, told }));

/** Is this very object one of our rumours? Then we have heard it. Only a shortcut: false for a claim that was copied on its way (in a simulation none is), or if many rumours wait. */
export const isBeingTold = (rumours: Rumours, claim: Claim): boolean => isAtHand(rumours, claim);

/** All rumours; their order means nothing. */
export const claimsWaiting = (rumours: Rumours): readonly Claim[] => itemsOf(rumours);

/** The smallest message, with a seq of the greatest length. (Not the greatest seq: if one ack has a number that JavaScript engines must box, they box it in all acks.) */
const smallestMessage: Ack = { kind: "ack", seq: seqNo(1_000_000_000), payload: bytes(""), gossip: noGossip, userMessages: noUserMessages };

/** The room for gossip on the smallest message. A longer item would wait for ever at the head of its queue (in memberlist it does: rule 61). */
export const roomAtBest = (budget: number): number => budget - SMALLEST;

const SMALLEST = -roomForGossip(smallestMessage, 0);

/** The room that a claim takes in a datagram. */
export const sizeInDatagram = (claim: Claim): number => COMPOUND_PART + sizeOfClaim(claim);

/** Can a datagram carry a claim of this size at all? Ids and a stranger's meta may be of any length; what fits in no datagram is left to push-pull. */
export const fitsADatagram = (size: number, budget: number): boolean => size <= roomAtBest(budget);

/** The number of places in the cache; each holds the entry that was made last for it. */
const PLACES = 4096;
/**
 * A cache of recent entries, by the hash of their subject. In a simulated group all members tell the same claims about the same records. With the cache they share one entry, which stays in the processor's cache, instead
 * of n² entries all over memory. It affects time and memory only (docs/decisions/0032).
 */
const lately: (Entry<Claim> | undefined)[] = Array.from({ length: PLACES });

/** The queue entry of a claim, with the room that it takes in a datagram. */
export function entryOf(claim: Claim): Entry<Claim> {
  const key = subject(claim);
  const place = hashOf(key) & (PLACES - 1);
  const known = lately[place];
  return known !== undefined && isSaidIn(claim, known.item) ? known : (lately[place] = { key, item: claim, size: sizeInDatagram(claim) });
}

/** Is it the same claim, or an alive claim with the same record? */
const isSaidIn = (claim: Claim, other: Claim): boolean =>
  claim === other || (claim.kind === "alive" && other.kind === "alive" && claim.member === other.member);

/** Adds a claim, and replaces the rumour about the same member. */
export const spread = (rumours: Rumours, claim: Claim, order: Config["tellOrder"]): Rumours => queued(rumours, entryOf(claim), order);

/** Adds a claim about a member that is new to us, so that no rumour about it can wait. */
export const spreadFirst = (rumours: Rumours, claim: Claim, order: Config["tellOrder"]): Rumours => added(rumours, entryOf(claim), order);

/** Removes the rumour about this member. */
export const hush = (rumours: Rumours, about: MemberId): Rumours => unqueued(rumours, about);

/** Chooses the rumours for a message that has `room` bytes left: the least told that fit. Those told `limit` times are dropped. `order` is the one with which they were spread. */
export const tell = (rumours: Rumours, order: Config["tellOrder"], room: number, limit: number, most: number): Batch<Claim> => take(rumours, order, room, limit, most);

/**
 * When to gossip next between probes: the first beat after `now`. The beats are fixed at `phase` + k · `every`, so that no alarm is needed
 * while there is no news (memberlist's ticker, rule 3).
 */
export const nextBeat = (phase: Instant, every: Micros, now: Instant): Instant =>
  every === 0 ? NEVER : ((phase + (Math.floor((now - phase) / every) + 1) * every) as Instant);
