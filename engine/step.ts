/** The entry to the whole protocol. */

import { impossible } from "./words/assert.ts";
import type { Instant } from "./words/units.ts";
import { NEVER } from "./words/units.ts";
import type { Event } from "./messages/event.ts";
import { depart } from "./on/claims.ts";
import { onAskedToAttach, onAskedToJoin, onAskedToLeave, onAskedToPing, onAskedToUpdate } from "./on/command.ts";
import { onExchangeAnswered, onExchangeOpened } from "./on/exchange.ts";
import { onAskedToBroadcast, onAskedToSend } from "./on/mail.ts";
import { onMessage } from "./on/message.ts";
import { onUndeliverable } from "./on/probe.ts";
import { hasNews } from "./on/speech.ts";
import { onMuteWake, onWake } from "./on/wake.ts";
import { nextBeat, rumourOf } from "./rules/dissemination.ts";
import type { State, Step } from "./state.ts";
import { andThen, noEffects } from "./state.ts";
import { sizeOf } from "./view/index.ts";
import { withGossipAt } from "./with.ts";

/** Takes a state and an event; returns the next state and the effects. Never fails, reads no clock, does not mutate its arguments. */
export function step(state: State, event: Event): Step {
  if (state.phase.kind === "departed") return [state, noEffects];
  const done = handle(state, event);
  // Most events change nothing; then there is nothing to settle.
  return done[0] === state ? done : settled(done, event.now);
}

function handle(state: State, event: Event): Step {
  switch (event.kind) {
    case "received":           return onMessage(state, event.message, event.from, event.now);
    case "exchange-opened":    return onExchangeOpened(state, event.exchange, event.from, event.message, event.now);
    case "exchange-answered":  return onExchangeAnswered(state, event.from, event.message, event.now);
    case "woke":               return onWake(state, event.now);
    case "woke-mute":          return onMuteWake(state, event.now);
    case "undeliverable":      return onUndeliverable(state, event.to, event.now);
    case "asked-to-join":      return onAskedToJoin(state, event.seeds, event.now);
    case "asked-to-leave":     return onAskedToLeave(state, event.now);
    case "asked-to-update":    return onAskedToUpdate(state, event.meta);
    case "asked-to-send":      return onAskedToSend(state, event.to, event.payload, event.over);
    case "asked-to-broadcast": return onAskedToBroadcast(state, event.payload, event.key, event.priority);
    case "asked-to-ping":      return onAskedToPing(state, event.to, event.target, event.now);
    case "asked-to-attach":    return onAskedToAttach(state, event.toAcks, event.toViews);
    default:                   return impossible(event);
  }
}

/** Restores what must hold after every event: the gossip alarm is set if and only if there is news and somebody to tell it to, and a leaver whose farewell was told departs. */
function settled(done: Step, now: Instant): Step {
  const [state, effects] = done;
  const at = gossipAt(state, now);
  const next: Step = at === state.gossip.at ? done : [withGossipAt(state, at), effects];
  return state.phase.kind === "leaving" && isFarewellTold(state) ? andThen(next, depart) : next;
}

/** When to gossip next. NEVER if a ping or an ack has carried the last of the news. */
function gossipAt(state: State, now: Instant): Instant {
  const { gossip, config, view } = state;
  if (!hasNews(state)) return NEVER;
  if (gossip.at !== NEVER || config.gossipEvery === 0 || sizeOf(view) < 2) return gossip.at;
  return nextBeat(gossip.phase, config.gossipEvery, now);
}

/** Was our farewell told as often as any rumour (memberlist rule 49)? Where news is multicast it was sent at once, and we linger to answer peers: then false. */
const isFarewellTold = ({ config, rumours, self }: State): boolean => config.dissemination === "piggyback" && rumourOf(rumours, self.id) === undefined;
