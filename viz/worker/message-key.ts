/** What tells messages apart, so that a receipt finds the sending that caused it; and what is seen of them at a glance. */

import { type Claim, claimed, type Message, subject } from "../../engine/index.ts";
import { codeIn, messageKinds, type MessageWord } from "../model/words.ts";

/** Whom it says what about, at a glance: bit 0 alive, 1 suspect, 2 dead, 3 left. */
export function carriesOf(message: Message): number {
  if (!("gossip" in message)) return 0;
  let carried = 0;
  for (const claim of message.gossip) carried |= bits[claim.kind];
  return carried;
}

const bits: Readonly<Record<Claim["kind"], number>> = { alive: 1, suspect: 2, dead: 4, left: 8 };

/** What it is called: pings and acks over streams have names of their own. */
export function wordOfMessage(message: Message, isStreamed: boolean): MessageWord {
  if (isStreamed && (message.kind === "ping" || message.kind === "ack")) return `stream ${message.kind}`;
  return message.kind;
}

export const kindOfMessage = (message: Message, isStreamed: boolean): number => codeIn(messageKinds, wordOfMessage(message, isStreamed));

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
