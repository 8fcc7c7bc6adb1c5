/** Compares two runs: the first line at which they differ. */

import type { Place } from "./place.ts";
import type { FirstDifference } from "./protocol.ts";
import { rowAt } from "./rows.ts";

/** How many lines are compared in detail around the place where columns differ. */
const CLOSE = 64;

/**
 * Compares columns first (time, member, kind, number of messages), which is quick, and then steps, to find a difference that columns do not show. Different
 * contents show in columns soon after: they include sizes.
 */
export function firstDifference(one: Place, other: Place): FirstDifference {
  const [mine, theirs] = [one.chronicle, other.chronicle];
  const count = Math.min(mine.lines.count, theirs.lines.count);
  let line = 0;
  while (line < count && isSame(one, other, line)) line++;
  if (line === count && mine.lines.count === theirs.lines.count) return null;
  for (let back = Math.max(0, line - CLOSE); back < line; back++) {
    const [here, there] = [rowAt(one, back), rowAt(other, back)];
    if (here?.what !== there?.what || here?.asks !== there?.asks) {
      line = back;
      break;
    }
  }
  const [here, there] = [rowAt(one, line), rowAt(other, line)];
  const at = here === null ? there?.at : there === null ? here.at : here.at < there.at ? here.at : there.at;
  return at === undefined ? null : { at, one: here, other: there };
}

function isSame(one: Place, other: Place, line: number): boolean {
  const [mine, theirs] = [one.chronicle, other.chronicle];
  if (mine.lines.at.at(line) !== theirs.lines.at.at(line) || mine.lines.kind.at(line) !== theirs.lines.kind.at(line)) return false;
  if (mine.lines.who.at(line) !== theirs.lines.who.at(line) || mine.lines.sends.at(line) !== theirs.lines.sends.at(line)) return false;
  const sends = mine.lines.sends.at(line);
  return mine.messages.size.at(sends) === theirs.messages.size.at(sends) || sends >= mine.messages.count || sends >= theirs.messages.count;
}

