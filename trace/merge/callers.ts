/**
 * Who called whom over a stream. Whoever is called sees the port of the moment that the call came from, at which nobody listens; the call itself stands in the
 * caller's recording. Both are brought together by what was said, to whom, and when.
 */

import type { Address, ExchangeId } from "../../engine/index.ts";
import type { Postmark } from "./postmark.ts";

/** Beyond so long, in microseconds, nobody waits for a call to come through: what arrives later is another, however alike they are. */
const PATIENCE = 10_000_000;

/** Of the streams that were opened to a member, the addresses of those who did, as far as they are known. */
export type Callers = ReadonlyMap<ExchangeId, Address>;

type Candidate = { readonly at: number; readonly from: Address; isTaken: boolean };

/** For each recording. `ahead`: by how much its clock is ahead, as far as that is known. Of several calls that say the same, the nearest in time is the one. */
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

/** The place of the first that is not before this moment. */
function firstFrom(calls: readonly Candidate[], at: number): number {
  let [low, high] = [0, calls.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (calls[middle]!.at < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
