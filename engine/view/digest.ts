/** Digests: whole views in 64 bits, kept while they change. Equal digests mean equal contents. */

import type { Member, Status } from "../words/member.ts";
import { fold, foldText, foldWide, hashOf, mix } from "../words/mix.ts";
import type { MemberId } from "../words/units.ts";
import type { Digest, View } from "./trie.ts";

export type { Digest } from "./trie.ts";

/** The digest of all that a view says of all its members. O(1). */
export const digestOf = (view: View): Digest => ({ high: view.high, low: view.low });

/** Who is here: the digest of nothing but the ids of the living. O(1). The simulator compares it with the truth. */
export const rosterOf = (view: View): Digest => ({ high: view.rosterHigh, low: view.rosterLow });

/** What `rosterOf` says of a view in which exactly these, each named once, are living. */
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

/** What of a member's part in a digest depends on neither its status nor its incarnation: these change most often, the rest hardly ever. */
export function baseOf(member: Member, highOfId: number, lowOfId: number): Digest {
  let high = foldText(foldText(highOfId, member.address), member.meta);
  let low = foldTextAgain(foldTextAgain(lowOfId, member.address), member.meta);
  for (const version of member.versions) {
    high = fold(high, version);
    low = fold(low, version);
  }
  return { high, low };
}

/** The part of one member in a digest. */
export function claimOf({ incarnation, status }: Member, base: Digest): Digest {
  const number = statusNumbers[status];
  return scrambled(fold(foldWide(base.high, incarnation), number), fold(foldWide(base.low, incarnation), number));
}

/** The part of one living member in a roster. */
export const presenceOf = (highOfId: number, lowOfId: number): Digest => scrambled(highOfId, lowOfId);

/** The second hash of an id: ids that share a place in the trie must not share a digest. */
export const lowOf = (id: MemberId): number => foldTextAgain(0, id);

const statusNumbers = { alive: 0, suspect: 1, dead: 2, left: 3 } as const satisfies Record<Status, number>;

/** Makes each half depend on both. Reversible: no two pairs become one. */
function scrambled(high: number, low: number): Digest {
  const above = fold(high, low);
  return { high: above, low: fold(low, above) };
}

/** Folds a text by another road than `foldText`, which carries low bits up only; this one turns them round. (FxHash's step, then scrambled.) */
function foldTextAgain(hash: number, text: string): number {
  let x = hash ^ 0x243f6a88;
  for (let i = 0; i < text.length; i++) x = Math.imul(((x << 5) | (x >>> 27)) ^ text.charCodeAt(i), 0x9e3779b1);
  return mix(x ^ text.length);
}
