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
  const quickest = quickestOf(postmarks);
  return postmarks.flatMap((_, one) => postmarks.slice(one + 1).flatMap((__, place): readonly Estimate[] => {
    const other = one + 1 + place;
    const [there, back] = [quickest.get(`${one} ${other}`), quickest.get(`${other} ${one}`)];
    if (there === undefined || back === undefined || there.messages < FEWEST || back.messages < FEWEST) return [];
    const [ahead, within] = [Math.round((there.took - back.took) / 2), Math.ceil((there.took + back.took) / 2)];
    // A round trip can't take negative time: these were not the same messages.
    return within < 0 ? [] : [{ one, other, ahead, within, messages: there.messages + back.messages }];
  }));
}

type Quickest = { took: number; messages: number };
type Seen = { readonly by: number; readonly at: number };

/** The quickest message of each pair, by `sender receiver`. */
function quickestOf(postmarks: readonly Postmark[]): ReadonlyMap<string, Quickest> {
  const named = new Map<string, { readonly sent: Seen[]; readonly received: Seen[] }>();
  for (const [by, postmark] of postmarks.entries()) {
    for (const end of ["sent", "received"] as const) {
      for (const { name, at } of postmark[end]) {
        const seen = named.get(name) ?? { sent: [], received: [] };
        named.set(name, seen);
        seen[end].push({ by, at });
      }
    }
  }
  const quickest = new Map<string, Quickest>();
  for (const { sent, received } of named.values()) {
    // A restarted member counts from one again, so several messages may have one name. They arrived in the order in which they were sent, if as many arrived as were sent.
    if (sent.length !== received.length) continue;
    const arrivals = received.toSorted(byTime);
    for (const [number, sending] of sent.toSorted(byTime).entries()) {
      const arrival = arrivals[number]!;
      const key = `${sending.by} ${arrival.by}`;
      const known = quickest.get(key) ?? { took: Infinity, messages: 0 };
      quickest.set(key, known);
      known.took = Math.min(known.took, arrival.at - sending.at);
      known.messages++;
    }
  }
  return quickest;
}

const byTime = (one: Seen, other: Seen): number => one.at - other.at;

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
