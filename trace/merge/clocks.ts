/**
 * Estimates how far members' clocks differ, from their messages: a datagram that one member recorded as sent and another as received has a latency measured by
 * two clocks. The quickest of each direction are assumed to take equally long (as in NTP), so half of the difference between their measured latencies
 * is the difference of the clocks. The assumption may be wrong: the error is at most half of the sum of the two.
 */

import type { Postmark } from "./postmark.ts";

/** For two recordings, by number: how far the clock of `other` is ahead of that of `one`, in microseconds, plus or minus `within`; estimated from this many messages. */
export type Estimate = { readonly one: number; readonly other: number; readonly ahead: number; readonly within: number; readonly messages: number };

/** With fewer messages in one direction there is no estimate. */
const FEWEST = 3;

/** The estimates of all pairs with enough messages. */
export function estimates(postmarks: readonly Postmark[]): readonly Estimate[] {
  return postmarks.flatMap((mine, one) => postmarks.slice(one + 1).flatMap((theirs, place): readonly Estimate[] => {
    const [there, back] = [quickest(mine, theirs), quickest(theirs, mine)];
    if (there.messages < FEWEST || back.messages < FEWEST) return [];
    const ahead = Math.round((there.took - back.took) / 2);
    return [{ one, other: one + 1 + place, ahead, within: Math.ceil((there.took + back.took) / 2), messages: there.messages + back.messages }];
  }));
}

function quickest({ sent }: Postmark, { received }: Postmark): { readonly took: number; readonly messages: number } {
  let [took, messages] = [Infinity, 0];
  for (const [name, at] of sent) {
    const arrived = received.get(name);
    if (arrived === undefined) continue;
    messages++;
    took = Math.min(took, arrived - at);
  }
  return { took, messages };
}

/** How far each clock is ahead of the first recording's, along the most precise estimates. Null if nothing is known. */
export function aheadOfFirst(count: number, found: readonly Estimate[]): readonly (number | null)[] {
  const ahead: (number | null)[] = Array.from({ length: count }, (_, number) => (number === 0 ? 0 : null));
  const surest = found.toSorted((one, other) => one.within - other.within);
  for (;;) {
    const next = surest.find(({ one, other }) => (ahead[one] === null) !== (ahead[other] === null));
    if (next === undefined) return ahead;
    const [known, unknown] = [ahead[next.one] ?? null, ahead[next.other] ?? null];
    if (known !== null) ahead[next.other] = known + next.ahead;
    else if (unknown !== null) ahead[next.one] = unknown - next.ahead;
  }
}
