/** Digests: a whole view in 64 bits, updated with each change. Equal digests mean equal contents. */

import type { Member, Status } from "../words/member.ts";
import { fold, foldText, foldWide, hashOf, mix } from "../words/mix.ts";
import type { MemberId } from "../words/units.ts";
import type { Digest, View } from "./trie.ts";

export type { Digest } from "./trie.ts";

/** The digest of all records of a view. O(1). */
export const digestOf = (view: View): Digest => ({ high: view.high, low: view.low });

/** The roster: the digest of the ids of the living, and of nothing else. O(1). The simulator compares it with the truth. */
export const rosterOf = (view: View): Digest => ({ high: view.rosterHigh, low: view.rosterLow });

/** The roster of a view in which exactly these members, each named once, are living. */
export function rosterOfIds(ids: Iterable<MemberId>): Digest {
  let high = 0;
  let low = 0;
  for (const id of ids) {
    const presence = presenceOf(hashOf(id), lowOf(id));
    high = (high + presence.high) | 0;
    low = (low + presence.low) | 0;
  }
  return { high, low };
}

/** Are they equal? */
export const sameDigest = (one: Digest, other: Digest): boolean => one.high === other.high && one.low === other.low;

/** 16 hexadecimal digits. */
export const digestText = (digest: Digest): string => hexadecimal(digest.high) + hexadecimal(digest.low);

const hexadecimal = (half: number): string => (half >>> 0).toString(16).padStart(8, "0");

/** The part of a record's digest that depends on neither status nor incarnation, and so seldom changes. */
export function baseOf(member: Member, highOfId: number, lowOfId: number): Digest {
  let high = foldText(foldText(highOfId, member.address), member.meta);
  let low = foldTextAgain(foldTextAgain(lowOfId, member.address), member.meta);
  for (const version of member.versions) {
    high = fold(high, version);
    low = fold(low, version);
  }
  return { high, low };
}

/** What one record adds to a digest. */
export function claimOf({ incarnation, status }: Member, base: Digest): Digest {
  const number = statusNumbers[status];
  return scrambled(fold(foldWide(base.high, incarnation), number), fold(foldWide(base.low, incarnation), number));
}

/** What one living member adds to a roster. */
export const presenceOf = (highOfId: number, lowOfId: number): Digest => scrambled(highOfId, lowOfId);

/** The second hash of an id: ids that share a place in the trie must not share a digest. */
export const lowOf = (id: MemberId): number => foldTextAgain(0, id);

const statusNumbers = { alive: 0, suspect: 1, dead: 2, left: 3 } as const satisfies Record<Status, number>;

/** Makes each half depend on both. Reversible, so that no two inputs give the same output. */
function scrambled(high: number, low: number): Digest {
  const above = fold(high, low);
  return { high: above, low: fold(low, above) };
}

/** A second hash of a text, independent of `foldText`, which carries bits upwards only; this one rotates them. (FxHash's step, then scrambled.) */
function foldTextAgain(hash: number, text: string): number {
  let x = hash ^ 0x243f6a88;
  for (let i = 0; i < text.length; i++) x = Math.imul(((x << 5) | (x >>> 27)) ^ text.charCodeAt(i), 0x9e3779b1);
  return mix(x ^ text.length);
}
