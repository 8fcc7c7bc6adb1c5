/** What a member does when a datagram comes in: one function for each kind. With `hearFirst: news`, gossip comes first, so that an answer already carries it. */

import { impossible } from "../words/assert.ts";
import type { Address, Instant } from "../words/units.ts";
import { NEVER, since } from "../words/units.ts";
import { noGossip, noUserMessages, type Ack, type Datagram, type Gossip, type Nack, type Ping } from "../messages/message.ts";
import { adjusted } from "../rules/awareness.ts";
import { answered, answers, attempting, isFor, isPast, probeDueAt } from "../rules/probe.ts";
import type { State, Step } from "../state.ts";
import { andThen, both, noEffects } from "../state.ts";
import { withProbe, withVerdict } from "../with.ts";
import { announce } from "./announcing.ts";
import { hear } from "./claims.ts";
import { onErrandAnswered, onPingReq } from "./errand.ts";
import { hearMail } from "./mail.ts";
import { odd } from "./oddity.ts";
import { onPeriodEnded } from "./probe.ts";
import { say, suspicionOf } from "./speech.ts";
import { noteStall } from "./stall.ts";

export function onMessage(state: State, message: Datagram, from: Address, now: Instant): Step {
  if (message.kind === "gossip") return listen(state, message, from, now);
  if (message.gossip.length === 0 && message.userMessages.length === 0) return answer(state, message, now);
  const isNewsFirst = state.config.hearFirst === "news";
  const first = isNewsFirst ? listen(state, message, from, now) : answer(state, message, now);
  // What we heard may have ended our membership.
  if (first[0].phase.kind === "departed") return first;
  const second = isNewsFirst ? answer(first[0], message, now) : listen(first[0], message, from, now);
  return [second[0], both(first[1], second[1])];
}

/** Processes the gossip and the user messages. */
function listen(state: State, message: Datagram, from: Address, now: Instant): Step {
  const heard: Step = message.gossip.length === 0 ? [state, noEffects] : hear(state, message.gossip, { now, source: "hearsay", cause: { kind: "gossip", via: from } });
  return message.userMessages.length === 0 || heard[0].phase.kind === "departed" ? heard : listenToMail(heard, message, from, now);
}

const listenToMail = (heard: Step, { userMessages }: Datagram, from: Address, now: Instant): Step => andThen(heard, (current) => hearMail(current, userMessages, from, now));

function answer(state: State, message: Exclude<Datagram, Gossip>, now: Instant): Step {
  switch (message.kind) {
    case "ping":     return onPing(state, message);
    case "ack":      return onAck(state, message, now);
    case "ping-req": return onPingReq(state, message, now);
    case "nack":     return onNack(state, message, now);
    default:         return impossible(message);
  }
}

function onPing(state: State, ping: Ping): Step {
  // Meant for another member at our address: we restarted under a new name, or the sender's view is old. It learns that by getting no answer.
  if (!isFor(ping.target, state.self.id)) return odd(state, "misdirected");
  const suspicion = state.config.buddy === "every-answer" ? suspicionOf(state, ping.source) : undefined;
  return say(state, ping.sourceAddress, { kind: "ack", seq: ping.seq, payload: state.mail.toAcks, gossip: noGossip, userMessages: noUserMessages }, suspicion);
}

function onAck(state: State, ack: Ack, now: Instant): Step {
  const { probe, config } = state;
  const { attempt } = probe;
  if (attempt === null || attempt.seq !== ack.seq) return onErrandAnswered(state, ack, now);
  if (isPast(attempt, now, config)) return odd(state, "unexpectedAnswers");
  const healthier = onward(withVerdict(noteStall(state, probeDueAt(probe), now), answered(probe), adjusted(state.health, -1, config)), now);
  // Once relays were asked, the ack may have come through one of them, and says nothing about the direct path (memberlist rule 17).
  if (config.roundTrips === "silent" || attempt.askRelaysAt === NEVER) return healthier;
  const answeredBy = announce({ kind: "answered", target: attempt.target, roundTrip: since(now, attempt.startedAt), payload: ack.payload });
  return [healthier[0], both(answeredBy, healthier[1])];
}

/** A probe that took longer than its period delays the next one, which then begins at once (memberlist rule 4). */
const onward = (state: State, now: Instant): Step => (state.probe.periodEndsAt > now ? [state, noEffects] : onPeriodEnded(state, now));

/** A relay got no answer from the target in time. The probe goes on waiting, because another relay may get one. But the nack shows that we can receive. */
function onNack(state: State, nack: Nack, now: Instant): Step {
  const { attempt } = state.probe;
  if (attempt === null || !answers(attempt, nack.seq) || isPast(attempt, now, state.config)) return odd(state, "unexpectedAnswers");
  return [withProbe(state, attempting(state.probe, { ...attempt, nacks: attempt.nacks + 1 })), noEffects];
}
