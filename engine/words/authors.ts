/**
 * Which broadcasts of which authors we have heard. So each is announced and relayed only once, however many are under way and however often one comes back.
 *
 * A relayed broadcast carries a signature: its author's mark, and a number that the author counts up. The numbers heard from one author form a few ranges,
 * because all of them arrive sooner or later, most of them next to one another. (If we remembered only the last N broadcasts, more than N under way at once
 * would come back as news for ever.)
 */

import { count, enter, firstRank, lookUp, nothing, rankOf, strikeFirst, type Agenda } from "./agenda.ts";
import { fold, foldText, foldWide } from "./mix.ts";
import type { Member } from "./member.ts";
import type { Bytes, Instant } from "./units.ts";
import { bytes, NEVER, seconds, since } from "./units.ts";

/** The authors that we have heard, each under its mark, ranked by when we last heard it. */
export type Authors = Agenda<Heard>;

/** The numbers heard from one author, as pairs [first, end): ascending, with gaps between them. */
export type Heard = readonly number[];

/** Identifies one broadcast: its author's mark, and its number, counted from 1. */
export type Signature = { readonly author: Bytes; readonly number: number };

export const noAuthors: Authors = nothing;

/** How many authors are remembered. */
export const AUTHORS = 4_096;
/** How many ranges of one author's numbers. Beyond that, the lowest gap is closed: the numbers missing there count as heard. */
export const RANGES = 256;
/** An author may be forgotten in favour of another once it has been silent for this long. Earlier, its broadcasts may still be under way, and would come back as news. */
export const SILENCE = seconds(60);
/** The precision of "last heard": copies that arrive within this time do not update it. */
const REFRESH = seconds(1);

/** The bytes of a mark. With a hundred thousand authors, two share a mark in one group of sixty thousand. */
const MARK = 6;
/** The most bytes of a number. */
const LONGEST_NUMBER = 5;
/** The most bytes of a signature. */
export const LONGEST_SIGNATURE = MARK + LONGEST_NUMBER;

/** Tells one life's broadcasts from those of all others: a hash of all that the life starts from. It draws no random number, because those are the protocol's. */
export function markOf({ id, incarnation }: Member, seed: number, stream: number, now: Instant): Bytes {
  const begun = foldWide(foldWide(fold(0, stream), seed), now);
  const high = fold(foldText(begun, id), incarnation), low = fold(foldText(high, id), begun);
  return bytes(String.fromCharCode(high & 0xff, (high >>> 8) & 0xff, (high >>> 16) & 0xff, high >>> 24, low & 0xff, (low >>> 8) & 0xff));
}

/** The signature, then the payload. The signature is the mark and the number, as a varint (seven bits a byte, the low ones first). */
export function signed({ author, number }: Signature, payload: Bytes): Bytes {
  let digits = "";
  let rest = number;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) digits += String.fromCharCode(0x80 | (rest % 0x80));
  return bytes(author + digits + String.fromCharCode(rest) + payload);
}

/** Reads what `signed` wrote; undefined if it bears no signature. */
export function unsigned(written: Bytes): readonly [Signature, payload: Bytes] | undefined {
  const author = bytes(written.slice(0, MARK));
  let number = 0;
  for (let at = MARK, unit = 1; at < MARK + LONGEST_NUMBER && at < written.length; at++, unit *= 0x80) {
    const digit = written.charCodeAt(at);
    number += (digit & 0x7f) * unit;
    if (digit < 0x80) return number === 0 ? undefined : [{ author, number }, bytes(written.slice(at + 1))];
  }
  return undefined;
}

/** Have we heard this broadcast before? */
export function isHeard(authors: Authors, { author, number }: Signature): boolean {
  const heard = lookUp(authors, author);
  return heard !== undefined && isWithin(heard, number);
}

/** Records that it was heard, now. Undefined if there is no room for another author. */
export function withHeard(authors: Authors, { author, number }: Signature, now: Instant): Authors | undefined {
  const heard = lookUp(authors, author);
  if (heard === undefined) return roomFor(authors, now, (others) => enter(others, author, now, [number, number + 1]));
  if (!isWithin(heard, number)) return enter(authors, author, now, widened(heard, number));
  return since(now, rankOf(authors, author) as Instant) < REFRESH ? authors : enter(authors, author, now, heard);
}

/** Makes room for one more author, if the one that was silent for longest may be forgotten. */
function roomFor(authors: Authors, now: Instant, next: (others: Authors) => Authors): Authors | undefined {
  if (count(authors) < AUTHORS) return next(authors);
  return since(now, firstRank(authors, NEVER)) < SILENCE ? undefined : next(strikeFirst(authors));
}

function isWithin(heard: Heard, number: number): boolean {
  for (let at = heard.length - 2; at >= 0; at -= 2) if (heard[at]! <= number) return number < heard[at + 1]!;
  return false;
}

/** Adds one number, which was not among them. */
function widened(heard: Heard, number: number): Heard {
  let at = heard.length;
  while (at > 0 && heard[at - 2]! > number) at -= 2;
  const isAfterOne = at > 0 && heard[at - 1] === number, isBeforeOne = heard[at] === number + 1;
  const wider = [...heard.slice(0, isAfterOne ? at - 1 : at), ...(isAfterOne ? [] : [number]), ...(isBeforeOne ? [] : [number + 1]), ...heard.slice(isBeforeOne ? at + 1 : at)];
  return wider.length <= 2 * RANGES ? wider : [wider[0]!, ...wider.slice(3)];
}
