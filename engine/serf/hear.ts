/** Processes a user message from the engine: decodes it, and, if it is news, believes it and rebroadcasts its bytes. */

import type { Priority } from "../messages/event.ts";
import { impossible } from "../words/assert.ts";
import type { Bytes, Instant } from "../words/units.ts";
import { decodeSerf } from "./decode.ts";
import { hearAnswer } from "./asking.ts";
import { hearIntent, type Heard } from "./intents.ts";
import type { SerfMessage } from "./message.ts";
import type { SerfState, SerfStep } from "./state.ts";
import { noOutputs } from "./state.ts";
import { hearEvent, hearQuery } from "./telling.ts";
import { unreadable } from "./unreadable.ts";

/** Intents go before queries, and queries before user events, as in Serf's three queues. */
const PRIORITY: Readonly<Record<SerfMessage["kind"], Priority>> = { "join": "urgent", "leave": "urgent", "query": "normal", "answer": "normal", "user-event": "bulk" };

/** Processes a payload, which may come from any stranger. */
export function hear(state: SerfState, payload: Bytes, now: Instant): SerfStep {
  const read = decodeSerf(payload);
  if (!read.ok) return [unreadable(state), noOutputs];
  const [next, outputs, isNews] = heard(state, read.message, now);
  return [next, isNews ? [...outputs, { kind: "broadcast", payload, priority: PRIORITY[read.message.kind] }] : outputs];
}

function heard(state: SerfState, message: SerfMessage, now: Instant): Heard {
  switch (message.kind) {
    case "join":
    case "leave":
      return hearIntent(state, message, now);
    case "user-event":
      return hearEvent(state, message);
    case "query":
      return hearQuery(state, message);
    case "answer":
      return hearAnswer(state, message, now);
    default:
      return impossible(message);
  }
}
