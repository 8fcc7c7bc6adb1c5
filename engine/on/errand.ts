/** Errands: pings that a member sends for a client, which waits for the answer: a peer that asked it to relay, or its application. */

import { assert } from "../words/assert.ts";
import { count, enter, first, firstName, firstRank, lookUp, rankOf, strike, strikeFirst } from "../words/agenda.ts";
import type { Config } from "../words/config.ts";
import type { Address, Instant, MemberId } from "../words/units.ts";
import { after, bytes, NEVER, nextSeq, since } from "../words/units.ts";
import type { Effect } from "../messages/effect.ts";
import { noGossip, noUserMessages, type Ack, type PingReq } from "../messages/message.ts";
import { errandName, type Errand } from "../rules/errand.ts";
import { goodbyeOf } from "../rules/membership.ts";
import { find } from "../view/index.ts";
import type { State, Step } from "../state.ts";
import { both, noEffects } from "../state.ts";
import { withErrands, withOddity, withQuestion } from "../with.ts";
import { announce } from "./announcing.ts";
import { odd } from "./oddity.ts";
import { gossipAtOnce, say, suspicionOf } from "./speech.ts";
import { noteStall } from "./stall.ts";

/** We are asked to relay: ping the target in our own name, and remember the client. */
export function onPingReq(state: State, request: PingReq, now: Instant): Step {
  const { target, targetAddress, sourceAddress: address, seq: theirSeq, wantsNack } = request;
  if (target === state.self.id) return say(state, address, { kind: "ack", seq: theirSeq, payload: bytes(""), gossip: noGossip, userMessages: noUserMessages });
  const until = after(now, state.config.relayFor);
  const [asked, effects] = runErrand(state, targetAddress, { target, sentAt: now, until, client: { kind: "peer", address, theirSeq, wantsNack } });
  return [asked, both(effects, reminding(state, target, address))];
}

/** A member that probes one that has left has missed the farewell: with `correction` we send it the farewell before its probe fails. We relay all the same, because the target may be back. */
function reminding(state: State, target: MemberId, asker: Address): readonly Effect[] {
  const held = state.config.correction === "on" ? find(state.view, target) : undefined;
  return held?.status === "left" ? gossipAtOnce(state, asker, [goodbyeOf(held)]) : noEffects;
}

/** Pings the target of an errand, and remembers the errand. */
export function runErrand(state: State, to: Address, errand: Errand): Step {
  if (count(state.errands) >= state.config.errandsLimit) return refuse(state, errand);
  const seq = nextSeq(state.seq);
  assert(lookUp(state.errands, errandName(seq)) === undefined, "no seq is used by two at a time");
  const errands = enter(state.errands, errandName(seq), errandDueAt(state, errand), errand);
  const { target } = errand;
  const { id: source, address: sourceAddress } = state.self;
  const asked = withQuestion(state, seq, state.probe, errands, state.rng);
  const buddy = warnsForOthers(state.config) ? suspicionOf(state, target) : undefined;
  return say(asked, to, { kind: "ping", seq, target, source, sourceAddress, gossip: noGossip, userMessages: noUserMessages }, buddy);
}

const warnsForOthers = ({ buddy }: Config): boolean => buddy === "every-ping" || buddy === "every-answer";

/** One errand too many. Our application always gets an announcement; a peer gets nothing. */
const refuse = (state: State, { client, target }: Errand): Step =>
  [withOddity(state, "refusedErrands"), client.kind === "application" ? announce({ kind: "unanswered", target }) : noEffects];

/** When to send the nack, if the client wants one; else when to give up. (With `nackAfter` 0 we ask our own relays for no nacks, but still owe others theirs: we send it when we give up.) */
function errandDueAt({ config }: State, { sentAt, until, client }: Errand): Instant {
  if (client.kind === "application" || !client.wantsNack || config.nackAfter === 0) return until;
  const nackAt = after(sentAt, config.nackAfter);
  return nackAt < until ? nackAt : until;
}

/** An ack that is not for our probe: is it for an errand? */
export function onErrandAnswered(state: State, ack: Ack, now: Instant): Step {
  const errand = lookUp(state.errands, errandName(ack.seq));
  // A late ack says nothing new: what it answers is over.
  if (errand === undefined) return odd(state, "unexpectedAnswers");
  const due = rankOf(state.errands, errandName(ack.seq)) as Instant;
  const done = withErrands(noteStall(state, due, now), strike(state.errands, errandName(ack.seq)));
  const { client, target, sentAt } = errand;
  if (client.kind === "application") return [done, announce({ kind: "answered", target, roundTrip: since(now, sentAt), payload: ack.payload })];
  return say(done, client.address, { kind: "ack", seq: client.theirSeq, payload: bytes(""), gossip: noGossip, userMessages: noUserMessages });
}

/** The target did not answer in time. A client that wants a nack gets one (Lifeguard §IV-A); we may go on waiting after that. */
export function onErrandDue(state: State): Step {
  const errand = first(state.errands);
  const name = firstName(state.errands);
  assert(errand !== undefined && name !== undefined, "an errand is due");
  const { client, target, until } = errand;
  const due = firstRank(state.errands, NEVER);
  const rest = withErrands(state, strikeFirst(state.errands));
  if (client.kind === "application") return [rest, announce({ kind: "unanswered", target })];
  if (!client.wantsNack) return [rest, noEffects];
  const patient = until > due ? withErrands(rest, enter(rest.errands, name, until, { ...errand, client: { ...client, wantsNack: false } })) : rest;
  return say(patient, client.address, { kind: "nack", seq: client.theirSeq, gossip: noGossip, userMessages: noUserMessages });
}
