/** Messages under way: sendings that wait for their receipts, forgotten when too much time has passed; and what tells them apart. */

import { type Claim, claimed, type Message, subject } from "../engine/index.ts";

/** So many wait at least, and so long (in microseconds), before the older half is forgotten. */
const MANY = 100_000;
const LONG = 300_000_000;

/** A sending: its place among all messages, and whether it has come in already. */
type Sending = { readonly message: number; hasArrived: boolean };

/** Messages under way, to find the sending of each receipt. */
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

/** The key of what goes from one member to another, each by its number. */
export const keyOf = (source: number, target: number, kind: number | string, contents: string): string => `${source}>${target} ${kind} ${contents}`;

/** Equal for a message as it is sent and as it comes in; seldom equal for two messages that are not the same. */
export function contentsOf(message: Message): string {
  switch (message.kind) {
    case "ping":
    case "ack":
    case "ping-req":
    case "nack":      return `${message.seq}`;
    case "gossip":    return `${message.gossip.length} ${message.userMessages.length} ${message.gossip.slice(0, 4).map(claimKey).join(" ")}`;
    case "push-pull": return message.join ? "join" : "";
    case "compare":
    case "patch":     return `${message.depth}`;
    case "user":      return message.payload;
  }
}

const claimKey = (claim: Claim): string => `${claim.kind[0] ?? ""}${subject(claim)}@${claimed(claim)}`;
