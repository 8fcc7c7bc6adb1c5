/** The whole protocol, seen from its front door. */

import { impossible } from "./words/assert.ts";
import type { Event } from "./messages/event.ts";
import { onAskedToJoin, onAskedToLeave, onAskedToUpdate } from "./on/command.ts";
import { onExchangeAnswered, onExchangeOpened } from "./on/exchange.ts";
import { onMessage } from "./on/message.ts";
import { onWake } from "./on/wake.ts";
import type { State, Step } from "./state.ts";
import { noEffects } from "./state.ts";

/** One event in; the next state and what to do, out. Never fails, never looks at a clock, never touches what it was given. */
export function step(state: State, event: Event): Step {
  if (state.phase.kind === "departed") return [state, noEffects];
  switch (event.kind) {
    case "received":          return onMessage(state, event.message, event.now);
    case "exchange-opened":   return onExchangeOpened(state, event.exchange, event.message, event.now);
    case "exchange-answered": return onExchangeAnswered(state, event.message, event.now);
    case "woke":              return onWake(state, event.now);
    case "asked-to-join":     return onAskedToJoin(state, event.seeds, event.now);
    case "asked-to-leave":    return onAskedToLeave(state, event.now);
    case "asked-to-update":   return onAskedToUpdate(state, event.meta);
    default:                  return impossible(event);
  }
}
