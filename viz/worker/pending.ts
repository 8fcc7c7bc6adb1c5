/** Messages under way: sendings that wait for their receipts, forgotten when too much time has passed. */

import type { MemberNumber } from "../model/run.ts";

/** So many wait at least, and so long (in microseconds), before the older half is forgotten. */
const MANY = 100_000;
const LONG = 300_000_000;

/** A sending: its place among all messages, and whether it has come in already. */
type Sending = { readonly message: number; hasArrived: boolean };

export class Pending {
  private young = new Map<string, Sending[]>();
  private old = new Map<string, Sending[]>();
  private since = 0;
  private count = 0;

  sent(key: string, message: number, now: number): void {
    if (this.count > MANY || now - this.since > LONG) {
      this.old = this.young;
      this.young = new Map();
      this.since = now;
      this.count = 0;
    }
    this.count++;
    const waiting = this.young.get(key);
    if (waiting === undefined) this.young.set(key, [{ message, hasArrived: false }]);
    else waiting.push({ message, hasArrived: false });
  }

  /**
   * The sending that a receipt belongs to: the newest that has not come in yet, or else (then this is its twin) the newest of all. −1 if there is none. Of two
   * messages that say the same, one after the other, nothing in a trace tells which was lost: the later one is more likely to be what came in.
   */
  received(key: string): number {
    for (const sendings of [this.young.get(key), this.old.get(key)]) {
      const waiting = sendings?.findLast(({ hasArrived }) => !hasArrived);
      if (waiting === undefined) continue;
      waiting.hasArrived = true;
      return waiting.message;
    }
    return (this.young.get(key) ?? this.old.get(key))?.at(-1)?.message ?? -1;
  }
}

/** The key of what goes from one member to another. */
export const keyOf = (source: MemberNumber, target: MemberNumber, kind: number, contents: string): string => `${source}>${target} ${kind} ${contents}`;
