/** The names of messages, and a summary of their claims. */

import type { Claim, Message } from "../../engine/index.ts";
import { codeIn, messageKinds, type MessageWord } from "../model/words.ts";

/** The statuses that its claims tell: bit 0 alive, 1 suspect, 2 dead, 3 left. */
export function carriesOf(message: Message): number {
  if (!("gossip" in message)) return 0;
  let carried = 0;
  for (const claim of message.gossip) carried |= bits[claim.kind];
  return carried;
}

const bits: Readonly<Record<Claim["kind"], number>> = { alive: 1, suspect: 2, dead: 4, left: 8 };

/** Its name: pings and acks over streams have names of their own. */
export function wordOfMessage(message: Message, isStreamed: boolean): MessageWord {
  if (isStreamed && (message.kind === "ping" || message.kind === "ack")) return `stream ${message.kind}`;
  return message.kind;
}

export const kindOfMessage = (message: Message, isStreamed: boolean): number => codeIn(messageKinds, wordOfMessage(message, isStreamed));
