/** Rumours: claims waiting to be told, how often each is told, and which of them ride on the next message. */

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

/** Nothing to tell. */
export const noRumours: Rumours = emptyQueue;

/** How often each member tells a rumour: λ·⌈log(n+1)⌉ (SWIM §5 with the natural logarithm, memberlist rule 58 with the decimal). */
export const tellLimit = (config: Config, n: number): number =>
  config.tellMult * (config.scale === "ln" ? ceilLn(n + 1) : ceilLog10(n + 1));

/** How many rumours wait. */
export const rumoursWaiting = (rumours: Rumours): number => rumours.length;

/** What is being told of this member, and how often it was told; undefined if nothing is. */
export function rumourOf(rumours: Rumours, about: MemberId): { readonly claim: Claim; readonly told: number } | undefined {
  const waiting = waitingUnder(rumours, about);
  return waiting === undefined ? undefined : { claim: waiting.item, told: waiting.told };
}

/** Everything that waits, with how often it was told: the first goes first of those told equally often. */
export const rumoursIn = (rumours: Rumours): readonly { readonly claim: Claim; readonly told: number }[] =>
  waitingIn(rumours).map(({ item, told }) => ({ claim: item, told }));

/** Is this very claim one of those that we tell? Then we have heard it. Says so only of claims that were not copied on their way, as in a simulation, and not where many wait. */
export const isBeingTold = (rumours: Rumours, claim: Claim): boolean => isAtHand(rumours, claim);

/** Everything that waits, in no order that matters. */
export const claimsWaiting = (rumours: Rumours): readonly Claim[] => itemsOf(rumours);

/** The smallest message, under a seq as long as any. Not the greatest: where one ack has a number that JavaScript engines must box, they box it in all acks. */
const smallestMessage: Ack = { kind: "ack", seq: seqNo(1_000_000_000), payload: bytes(""), gossip: noGossip, userMessages: noUserMessages };

/** What there is room for on the smallest message. Whatever takes more would wait for ever at the head of its queue (in memberlist it does: rule 61). */
export const roomAtBest = (budget: number): number => budget - SMALLEST;

const SMALLEST = -roomForGossip(smallestMessage, 0);

/** What a claim takes of a datagram. */
export const sizeInDatagram = (claim: Claim): number => COMPOUND_PART + sizeOfClaim(claim);

/** Can a datagram carry a claim of this size at all? Ids and a stranger's meta may be of any length; what fits nowhere is left to push-pull. */
export const fitsADatagram = (size: number, budget: number): boolean => size <= roomAtBest(budget);

/** So many entries are remembered, of what was told last at each place. */
const PLACES = 4096;
/**
 * Entries made lately, by the hashes of those whom they are about. In a simulated group all tell the same claims, of the same records: then they tell them from one entry, which the next who looks at it finds in a cache, instead
 * of n² that lie anywhere. Nothing but time and memory depends on it (docs/decisions/0032).
 */
const lately: (Entry<Claim> | undefined)[] = Array.from({ length: PLACES });

/** A claim as it waits to be told, with what it takes of a datagram. */
export function entryOf(claim: Claim): Entry<Claim> {
  const key = subject(claim);
  const place = hashOf(key) & (PLACES - 1);
  const known = lately[place];
  return known !== undefined && isSaidIn(claim, known.item) ? known : (lately[place] = { key, item: claim, size: sizeInDatagram(claim) });
}

/** Is it the same claim, or the same record of somebody alive? */
const isSaidIn = (claim: Claim, other: Claim): boolean =>
  claim === other || (claim.kind === "alive" && other.kind === "alive" && claim.member === other.member);

/** Takes up a claim, in place of what was being told of the same member. */
export const spread = (rumours: Rumours, claim: Claim, order: Config["tellOrder"]): Rumours => queued(rumours, entryOf(claim), order);

/** Takes up a claim of somebody of whom nothing is being told, because we have just met. */
export const spreadFirst = (rumours: Rumours, claim: Claim, order: Config["tellOrder"]): Rumours => added(rumours, entryOf(claim), order);

/** Stops telling anything of this member. */
export const hush = (rumours: Rumours, about: MemberId): Rumours => unqueued(rumours, about);

/** Chooses what rides on a message that has `room` bytes left: the least told that fit. Those told `limit` times are dropped. `order` is what they were spread with. */
export const tell = (rumours: Rumours, order: Config["tellOrder"], room: number, limit: number, most: number): Batch<Claim> => take(rumours, order, room, limit, most);

/**
 * When news is next told to random members: the first beat after `now`. Beats come every `every` from `phase` on, whether or not there is news, so that
 * the alarm need not be kept while there is none (memberlist's ticker, rule 3).
 */
export const nextBeat = (phase: Instant, every: Micros, now: Instant): Instant =>
  every === 0 ? NEVER : ((phase + (Math.floor((now - phase) / every) + 1) * every) as Instant);
