/**
 * Whose broadcasts we heard, and which of them: each is announced and told on but once, however many are under way, and however often it comes back.
 *
 * A broadcast that is told on bears its author's mark and its number among that author's. The numbers heard of an author are a few ranges, because all of
 * them arrive sooner or later, most of them next to one another. Were only the last so many broadcasts remembered, more than that under way at once would
 * come back as news for ever.
 */

import { count, enter, firstRank, lookUp, nothing, rankOf, strikeFirst, type Agenda } from "./agenda.ts";
import { fold, foldText, foldWide } from "./mix.ts";
import type { Member } from "./member.ts";
import type { Bytes, Instant } from "./units.ts";
import { bytes, NEVER, seconds, since } from "./units.ts";

/** The authors whom we heard, each under its mark, ranked by when we heard it last. */
export type Authors = Agenda<Heard>;

/** The numbers heard of one author: from the first of each pair up to the second, which is not among them; ascending, and apart. */
export type Heard = readonly number[];

/** One broadcast of one author's, counted from 1. */
export type Signature = { readonly author: Bytes; readonly number: number };

export const noAuthors: Authors = nothing;

/** How many authors are remembered. */
export const AUTHORS = 4_096;
/** How many ranges of one author's numbers. Beyond, the lowest gap is closed: what is missing there counts as heard. */
export const RANGES = 256;
/** An author of whom nothing was heard for so long may be forgotten for another's sake. Before, what it said may still be under way, and would come back as news. */
export const SILENCE = seconds(60);
/** How exactly it is known when an author was heard last: copies that come within this time change nothing. */
const REFRESH = seconds(1);

/** A mark takes so many bytes: among a hundred thousand authors, two have one mark in one group of sixty thousand. */
const MARK = 6;
/** No number takes more bytes than this. */
const LONGEST_NUMBER = 5;
/** What a signature takes at most. */
export const LONGEST_SIGNATURE = MARK + LONGEST_NUMBER;

/** What tells a life's broadcasts from those of all others: it depends on all that the life begins with, and on no dice, which are the protocol's. */
export function markOf({ id, incarnation }: Member, seed: number, stream: number, now: Instant): Bytes {
  const begun = foldWide(foldWide(fold(0, stream), seed), now);
  const high = fold(foldText(begun, id), incarnation), low = fold(foldText(high, id), begun);
  return bytes(String.fromCharCode(high & 0xff, (high >>> 8) & 0xff, (high >>> 16) & 0xff, high >>> 24, low & 0xff, (low >>> 8) & 0xff));
}

/** A signature before what it signs: the mark, the number in sevens of bits, the low ones first, and the payload. */
export function signed({ author, number }: Signature, payload: Bytes): Bytes {
  let digits = "";
  let rest = number;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) digits += String.fromCharCode(0x80 | (rest % 0x80));
  return bytes(author + digits + String.fromCharCode(rest) + payload);
}

/** Reads what `signed` wrote; undefined if it is not signed. */
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

/** Have we heard this? */
export function isHeard(authors: Authors, { author, number }: Signature): boolean {
  const heard = lookUp(authors, author);
  return heard !== undefined && isWithin(heard, number);
}

/** Remembers it, or that it was heard once more. Undefined if there is no place for another author. */
export function withHeard(authors: Authors, { author, number }: Signature, now: Instant): Authors | undefined {
  const heard = lookUp(authors, author);
  if (heard === undefined) return roomFor(authors, now, (others) => enter(others, author, now, [number, number + 1]));
  if (!isWithin(heard, number)) return enter(authors, author, now, widened(heard, number));
  return since(now, rankOf(authors, author) as Instant) < REFRESH ? authors : enter(authors, author, now, heard);
}

/** With a place for one more, if whoever was silent for longest may be forgotten. */
function roomFor(authors: Authors, now: Instant, next: (others: Authors) => Authors): Authors | undefined {
  if (count(authors) < AUTHORS) return next(authors);
  return since(now, firstRank(authors, NEVER)) < SILENCE ? undefined : next(strikeFirst(authors));
}

function isWithin(heard: Heard, number: number): boolean {
  for (let at = heard.length - 2; at >= 0; at -= 2) if (heard[at]! <= number) return number < heard[at + 1]!;
  return false;
}

/** With one number more, which was not among them. */
function widened(heard: Heard, number: number): Heard {
  let at = heard.length;
  while (at > 0 && heard[at - 2]! > number) at -= 2;
  const isAfterOne = at > 0 && heard[at - 1] === number, isBeforeOne = heard[at] === number + 1;
  const wider = [...heard.slice(0, isAfterOne ? at - 1 : at), ...(isAfterOne ? [] : [number]), ...(isBeforeOne ? [] : [number + 1]), ...heard.slice(isBeforeOne ? at + 1 : at)];
  return wider.length <= 2 * RANGES ? wider : [wider[0]!, ...wider.slice(3)];
}
