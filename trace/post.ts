/** Matches received messages with sent ones. Messages under way are forgotten after a while. */

import { type Claim, claimed, type Message, subject } from "../engine/index.ts";

/** After this many messages, or this long (in microseconds), the older half is forgotten. */
const MANY = 100_000;
const LONG = 300_000_000;

/** A sent message: its number among all messages, and whether it has come in. */
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
   * The message that was received: the newest one with this key that has not come in yet, or else (this is then a duplicate) the newest of all. −1 if there is none. Of two
   * equal messages, a trace does not say which was lost: the later one is more likely to be the one that came in.
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

/** The key of a message from one member to another, each by its number. */
export const keyOf = (source: number, target: number, kind: number | string, contents: string): string => `${source}>${target} ${kind} ${contents}`;

/** The same text when a message is sent and when it comes in; seldom the same for two different messages. */
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
