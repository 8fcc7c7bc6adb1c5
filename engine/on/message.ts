/** What a member does when a datagram comes in: one function for each kind. News is heard first, so that an answer already carries it. */

import { assert, impossible } from "../words/assert.ts";
import { count, enter, lookUp, strike } from "../words/agenda.ts";
import type { Instant } from "../words/units.ts";
import { after, seqNo } from "../words/units.ts";
import { noGossip, type Ack, type Datagram, type Nack, type Ping, type PingReq } from "../messages/message.ts";
import { errandName } from "../rules/errand.ts";
import { answered, answers } from "../rules/probe.ts";
import type { Oddities, State, Step } from "../state.ts";
import { andThen, noEffects } from "../state.ts";
import { withErrands, withOddity, withProbe, withQuestion } from "../with.ts";
import { hear } from "./claims.ts";
import { say } from "./speech.ts";

export function onMessage(state: State, message: Datagram, now: Instant): Step {
  if (message.gossip.length === 0) return answer(state, message, now);
  const heard = hear(state, message.gossip, now);
  return heard[0].phase.kind === "departed" ? heard : andThen(heard, (current) => answer(current, message, now));
}

function answer(state: State, message: Datagram, now: Instant): Step {
  switch (message.kind) {
    case "ping":     return onPing(state, message);
    case "ack":      return onAck(state, message);
    case "ping-req": return onPingReq(state, message, now);
    case "nack":     return onNack(state, message);
    case "gossip":   return [state, noEffects];
    default:         return impossible(message);
  }
}

function onPing(state: State, ping: Ping): Step {
  // Somebody else's name at our address: it restarted under another, or the asker's view is old. Silence tells it so.
  if (ping.target !== state.self.id) return odd(state, "misdirected");
  return say(state, ping.sourceAddress, { kind: "ack", seq: ping.seq, gossip: noGossip });
}

function onAck(state: State, ack: Ack): Step {
  const { probe } = state;
  if (answers(probe.attempt, ack.seq)) return [withProbe(state, answered(probe)), noEffects];
  const errand = lookUp(state.errands, errandName(ack.seq));
  // A late ack says nothing new: the probe that it answers is over.
  if (errand === undefined) return odd(state, "unexpectedAnswers");
  const done = withErrands(state, strike(state.errands, errandName(ack.seq)));
  return say(done, errand.askedBy, { kind: "ack", seq: errand.theirSeq, gossip: noGossip });
}

/** We are asked to relay: ping the target in our own name, and remember for whom. */
function onPingReq(state: State, request: PingReq, now: Instant): Step {
  if (request.target === state.self.id) return say(state, request.sourceAddress, { kind: "ack", seq: request.seq, gossip: noGossip });
  if (count(state.errands) >= state.config.errandsLimit) return odd(state, "refusedErrands");
  const seq = seqNo(state.seq + 1);
  const { target, sourceAddress: askedBy, seq: theirSeq, wantsNack } = request;
  assert(lookUp(state.errands, errandName(seq)) === undefined, "a seq is used once");
  const errands = enter(state.errands, errandName(seq), after(now, state.config.relayFor), { target, askedBy, theirSeq, wantsNack });
  const { id: source, address: sourceAddress } = state.self;
  return say(withQuestion(state, seq, state.probe, errands, state.rng), request.targetAddress, { kind: "ping", seq, target, source, sourceAddress, gossip: noGossip });
}

/** The relay lives and the target did not answer it: the probe goes on waiting, because other relays may fare better. */
function onNack(state: State, nack: Nack): Step {
  return answers(state.probe.attempt, nack.seq) ? [state, noEffects] : odd(state, "unexpectedAnswers");
}

/** Nothing changes but a counter: what a peer sends may be nonsense, and is never our bug. */
function odd(state: State, kind: keyof Oddities): Step {
  return [withOddity(state, kind), noEffects];
}
