/** What a member has sent, received and lost up to the cursor, counted from columns; the count is kept, and continued while the cursor moves on. */

import type { Counters } from "../model/detail.ts";
import type { MemberNumber } from "../model/run.ts";
import { codeIn, lineKinds, messageKinds } from "../model/words.ts";
import type { Chronicle } from "./chronicle.ts";
import { NONE } from "./lines.ts";
import { sendsOf } from "./fact.ts";

const WOKE = codeIn(lineKinds, "woke");

/** One member's count, and the line up to which it goes. */
export type Count = { readonly who: MemberNumber; readonly known: number; upTo: number; readonly sent: number[]; readonly received: number[]; lost: number; bytes: number; woken: number };

/** The part of a place that counting needs; it keeps the last count. */
type Counting = { readonly chronicle: Chronicle; readonly cursor: { readonly lines: number }; count: Count | null };

export function countersOf(place: Counting, who: MemberNumber): Counters {
  const { chronicle: { lines }, cursor } = place;
  const end = Math.min(cursor.lines, lines.count);
  const known = place.count;
  const count = known !== null && known.who === who && known.known === lines.count && known.upTo <= end ? known : { who, known: lines.count, upTo: 0, sent: zeros(), received: zeros(), lost: 0, bytes: 0, woken: 0 };
  place.count = count;
  for (; count.upTo < end; count.upTo++) if (lines.who.at(count.upTo) === who) add(place, count, count.upTo);
  return { sent: byKind(count.sent), received: byKind(count.received), lost: count.lost, bytes: count.bytes, woken: count.woken };
}

const zeros = (): number[] => messageKinds.map(() => 0);

function add({ chronicle }: Counting, count: Count, line: number): void {
  const { lines, messages } = chronicle;
  if (lines.kind.at(line) === WOKE) count.woken++;
  const received = lines.received.at(line);
  if (received >= 0) count.received[messages.kind.at(received)]! += 1;
  for (const sent of sendsOf(chronicle, line)) {
    count.sent[messages.kind.at(sent)]! += 1;
    count.bytes += messages.size.at(sent);
    if (messages.arrivesIn.at(sent) === NONE) count.lost++;
  }
}

const byKind = (counts: readonly number[]): Readonly<Record<string, number>> => Object.fromEntries(counts.flatMap((count, code) => (count === 0 ? [] : [[messageKinds[code] ?? "", count]])));
