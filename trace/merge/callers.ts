/**
 * Finds who opened each stream. The member that accepts a stream records only the ephemeral port that it came from; the caller's own recording has the call.
 * The two are matched by contents, target and time.
 */

import type { Address, ExchangeId } from "../../engine/index.ts";
import type { Postmark } from "./postmark.ts";

/** The greatest time between a call and its arrival, in microseconds: connecting is given up after that. */
const PATIENCE = 10_000_000;

/** The address of the caller for each stream that a member accepted, where it is known. */
export type Callers = ReadonlyMap<ExchangeId, Address>;

type Candidate = { readonly at: number; readonly from: Address; isTaken: boolean };

/** The callers for each recording. `ahead`: how far its clock is ahead, in microseconds, if known. Of several calls with the same contents, the nearest in time is chosen. */
export function callersIn(postmarks: readonly Postmark[], ahead: readonly (number | null)[]): readonly Callers[] {
  const calls = new Map<string, Candidate[]>();
  for (const [number, { address, calls: made }] of postmarks.entries()) {
    for (const { said, at, to } of made) {
      const key = `${to} ${said}`;
      const alike = calls.get(key) ?? [];
      calls.set(key, alike);
      alike.push({ at: at - (ahead[number] ?? 0), from: address, isTaken: false });
    }
  }
  for (const alike of calls.values()) alike.sort((one, other) => one.at - other.at);
  return postmarks.map(({ address, opened }, number) => {
    const callers = new Map<ExchangeId, Address>();
    for (const { said, at, exchange } of opened) {
      const call = nearest(calls.get(`${address} ${said}`) ?? [], at - (ahead[number] ?? 0));
      if (call === undefined) continue;
      call.isTaken = true;
      callers.set(exchange, call.from);
    }
    return callers;
  });
}

function nearest(calls: readonly Candidate[], at: number): Candidate | undefined {
  let found: Candidate | undefined;
  for (let place = firstFrom(calls, at - PATIENCE); place < calls.length; place++) {
    const call = calls[place]!;
    if (call.at > at + PATIENCE) break;
    if (!call.isTaken && (found === undefined || Math.abs(call.at - at) < Math.abs(found.at - at))) found = call;
  }
  return found;
}

/** The index of the first call that is not before this time. */
function firstFrom(calls: readonly Candidate[], at: number): number {
  let [low, high] = [0, calls.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (calls[middle]!.at < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
