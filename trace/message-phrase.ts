/** Messages in words: their names, and what they carry. */

import {
  type Address, type Answer, type Bytes, type Claim, claimed, type Datagram, impossible, type Request, sizeOf, subject, type View,
} from "../engine/index.ts";

/** The name of the member that listens at an address. */
export type Names = (address: Address) => string;

/** `ping#12`, `ping-req#3 for m07`. */
export function nameOf(message: Datagram): string {
  switch (message.kind) {
    case "ping":
    case "ack":
    case "nack":     return `${message.kind}#${message.seq}`;
    case "ping-req": return `ping-req#${message.seq} for ${message.target}`;
    case "gossip":   return "gossip";
    default:         return impossible(message);
  }
}

/** `joining push-pull`, `stream ping#12`. */
export function streamName(message: Request | Answer): string {
  switch (message.kind) {
    case "push-pull": return message.join ? "joining push-pull" : "push-pull";
    case "ping":
    case "ack":       return `stream ${nameOf(message)}`;
    case "compare":
    case "patch":     return message.kind;
    case "user":      return "word";
    default:          return impossible(message);
  }
}

/** ` [suspect m07@1, 5 bytes]`: what is piggybacked on a datagram, claims first; before it, the payload of an ack. */
export function ridesText(message: Datagram): string {
  const { gossip, userMessages } = message;
  const payload = message.kind === "ack" && message.payload !== "" ? ` (${wordsOf(message.payload)})` : "";
  return gossip.length + userMessages.length === 0 ? payload : `${payload} [${listed([...gossip.map(claimText), ...userMessages.map(wordsOf)])}]`;
}

/** ` (3 members)`: the content of a stream's message. */
export function bringsText(message: Request | Answer): string {
  switch (message.kind) {
    case "push-pull": return ` (${viewText(message.view)}${message.userState === "" ? "" : `, ${wordsOf(message.userState)}`})`;
    case "compare":   return ` (${message.digests.length} digests)`;
    case "patch":     return ` (${message.parts.length === 1 ? "1 part" : `${message.parts.length} parts`}, ${viewText(message.view)})`;
    case "user":      return ` (${wordsOf(message.payload)})`;
    case "ping":
    case "ack":       return ridesText(message);
    default:          return impossible(message);
  }
}

/** A payload is opaque: only its length is given. */
export const wordsOf = (payload: Bytes): string => (payload.length === 1 ? "1 byte" : `${payload.length} bytes`);

const viewText = (view: View): string => (sizeOf(view) === 1 ? "1 member" : `${sizeOf(view)} members`);

const claimText = (claim: Claim): string => `${claim.kind} ${subject(claim)}@${claimed(claim)}`;

/** How many items of a list are named. */
const NAMED = 6;

/** `a, b, c`, or the first few and how many more. */
export function listed(items: readonly string[]): string {
  if (items.length <= NAMED + 1) return items.join(", ");
  return `${items.slice(0, NAMED).join(", ")} and ${items.length - NAMED} more`;
}
