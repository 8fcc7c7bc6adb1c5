/** What a member does with streams: open one, answer one, and learn from what it brings. */

import { impossible } from "../words/assert.ts";
import type { Address, Bytes, ExchangeId, Instant } from "../words/units.ts";
import { after, bytes, NEVER } from "../words/units.ts";
import { isLiving, type Status } from "../words/member.ts";
import type { Effect } from "../messages/effect.ts";
import type { Answer, Compare, Patch, Ping, PushPull, Request } from "../messages/message.ts";
import { noGossip, noUserMessages } from "../messages/message.ts";
import { areCompatible, differences, differencesWithin, digestsOf, partsAt, partsOf, sameDigest, sizeOf, viewOf, type Digest, type View } from "../view/index.ts";
import { depthFor, lessonOf, type Sync } from "../rules/anti-entropy.ts";
import { overrules } from "../rules/membership.ts";
import { answers, attempting, isFor } from "../rules/probe.ts";
import type { State, Step } from "../state.ts";
import { andThen, noEffects } from "../state.ts";
import { withProbe, withSync } from "../with.ts";
import type { Hearing, Source } from "./claims.ts";
import { announce } from "./announcing.ts";
import { adopt, learn } from "./claims.ts";
import { areStrangers, meet } from "./strangers.ts";
import { hearUserMessage } from "./mail.ts";
import { odd } from "./oddity.ts";
import { noteStall } from "./stall.ts";

/** A push-pull of whole views: every join uses it, whatever later exchanges use. */
export const pushPullWith = (state: State, address: Address, join: boolean): Effect => ({ kind: "exchange", with: address, message: pushPullOf(state, join) });

const pushPullOf = (state: State, join: boolean): PushPull => ({ kind: "push-pull", join, view: state.view, userState: state.mail.toViews });

/** An exchange of views, as `syncWith` says. */
export function exchangeViews(state: State, address: Address): Effect {
  if (state.config.syncWith === "whole") return pushPullWith(state, address, false);
  const depth = depthFor(sizeOf(state.view));
  return { kind: "exchange", with: address, message: { kind: "compare", depth, digests: digestsOf(state.view, depth) } };
}

/** A peer opened a stream to us. */
export function onExchangeOpened(state: State, exchange: ExchangeId, from: Address, message: Request, now: Instant): Step {
  switch (message.kind) {
    case "push-pull": return onPushPull(state, exchange, from, message, now);
    case "compare":   return onCompare(state, exchange, message);
    case "patch":     return isRefused(state, message.view) ? odd(state, "incompatible") : study(state, message.view, hearingOf(from, now, "hearsay"));
    case "ping":      return onStreamPing(state, exchange, message);
    case "user":      return hearUserMessage(state, message.payload, from, now);
    default:          return impossible(message);
  }
}

/** A peer answered on a stream that we opened. */
export function onExchangeAnswered(state: State, from: Address, message: Answer, now: Instant): Step {
  switch (message.kind) {
    case "push-pull": return onPushPullAnswered(state, from, message, now);
    case "patch":     return onPatched(state, from, message, now);
    case "ack":       return onStreamAck(state, message.seq);
    default:          return impossible(message);
  }
}

const hearingOf = (via: Address, now: Instant, source: Source): Hearing => ({ now, source, cause: { kind: "view", via } });

/**
 * Answers with our view as it was before, then learns from theirs (memberlist rule 51). A newcomer's view is first-hand news to its
 * seed: where news is multicast, the others would not hear of it otherwise (SWIM §3.2: the member that takes a join announces it).
 */
function onPushPull(state: State, exchange: ExchangeId, from: Address, message: PushPull, now: Instant): Step {
  const answer: Effect = { kind: "answer", exchange, message: pushPullOf(state, message.join) };
  return andThen([state, [answer]], (current) => merge(current, from, message, hearingOf(from, now, message.join ? "first-hand" : "hearsay")));
}

/** Learns from the answer. If it is the first from a seed since we asked to join, we have joined; unless we refuse its view, and so its group. */
function onPushPullAnswered(state: State, from: Address, message: PushPull, now: Instant): Step {
  const { sync, config } = state;
  if (isRefused(state, message.view)) return odd(state, "incompatible");
  if (sync.joining !== "asking" || !isOfSeed(sync, from, message)) return merge(state, from, message, hearingOf(from, now, "hearsay"));
  const hasToAskAgain = config.joinAgainAfter > 0;
  const settling = withSync(noteStall(state, sync.joinAgainAt, now), { ...sync, joining: "settling", joinAgainAt: hasToAskAgain ? after(now, config.joinAgainAfter) : NEVER });
  const isNewsToOthers = config.newcomerTells === "on" || knowsOthersThan(state, message.view);
  const met = merge(settling, from, message, hearingOf(from, now, isNewsToOthers ? "hearsay" : "settled"));
  // If seeds are not asked again, one answer completes the join.
  return hasToAskAgain ? met : andThen(met, (joined) => [withSync(joined, { ...joined.sync, joining: "not" }), noEffects]);
}

/** Do we know a living member that they do not know? Then we are no newcomer: two groups meet through us, and ours has not heard of theirs. */
const knowsOthersThan = ({ self, view }: State, theirs: View): boolean =>
  differencesWithin(theirs, view).some(({ mine: held, theirs: ours }) => held === undefined && ours.id !== self.id && isLiving(ours.status));

/** Is this a seed's answer to our join? Its `join` flag says so. If the flag is missing, we go by the address that we called, because we call others too, the dead for instance. */
const isOfSeed = ({ seeds }: Sync, from: Address, { join }: PushPull): boolean => join || seeds.includes(from);

/** Learns from a whole view, and announces the user state that came with it; neither if the view is refused. */
function merge(state: State, from: Address, { view, userState, join }: PushPull, hearing: Hearing): Step {
  if (isRefused(state, view)) return odd(state, "incompatible");
  const studied = study(state, view, hearing);
  return userState === "" || studied[0].phase.kind === "departed" ? studied : andThen(studied, (current) => [current, announce({ kind: "state", userState, from, join })]);
}

/** Answers with the parts of our view that differ from theirs: mostly none. */
function onCompare(state: State, exchange: ExchangeId, { depth, digests }: Compare): Step {
  const ours = digestsOf(state.view, depth);
  const parts: number[] = [];
  for (let part = 0; part < ours.length; part++) if (!sameDigest(ours[part]!, digests[part] ?? emptyPart)) parts.push(part);
  return [state, [{ kind: "answer", exchange, message: { kind: "patch", depth, parts, view: partsOf(state.view, depth, parts) } }]];
}

/** The digest of an empty part, assumed for parts that are missing from their list. */
const emptyPart: Digest = { high: 0, low: 0 };

/** Learns from the parts that differ, and sends back our records there that they lack or hold staler. */
function onPatched(state: State, from: Address, { depth, parts, view: theirs }: Patch, now: Instant): Step {
  if (parts.length === 0) return [state, noEffects];
  if (isRefused(state, theirs)) return odd(state, "incompatible");
  const known = parts.filter((part) => part >= 0 && part < partsAt(depth));
  const ours = differences(partsOf(state.view, depth, known), theirs)
    .flatMap(({ mine, theirs: record }) => (mine === undefined || (record !== undefined && overrules(record, mine, state.config)) ? [] : [mine]));
  const studied = study(state, theirs, hearingOf(from, now, "hearsay"));
  // What we learnt may have ended our membership.
  if (ours.length === 0 || studied[0].phase.kind === "departed") return studied;
  return andThen(studied, (current) => [current, [{ kind: "exchange", with: from, message: { kind: "patch", depth, parts: known, view: viewOf(ours) } }]]);
}

/** A member pings over a stream because its datagrams were not answered. A ping meant for another member gets no answer (memberlist rule 25). */
function onStreamPing(state: State, exchange: ExchangeId, ping: Ping): Step {
  if (!isFor(ping.target, state.self.id)) return odd(state, "misdirected");
  return [state, [{ kind: "answer", exchange, message: { kind: "ack", seq: ping.seq, payload: NO_PAYLOAD, gossip: noGossip, userMessages: noUserMessages } }]];
}

const NO_PAYLOAD: Bytes = bytes("");

/** The target of our probe is alive, even if its datagrams are lost. We go on waiting for an ack by datagram: without one, datagrams are being lost (memberlist rules 17, 18). */
function onStreamAck(state: State, seq: Ping["seq"]): Step {
  const { attempt } = state.probe;
  if (attempt === null || !answers(attempt, seq)) return odd(state, "unexpectedAnswers");
  return [withProbe(state, attempting(state.probe, { ...attempt, isStreamAnswered: true })), noEffects];
}

/**
 * Do their members, or ours, speak versions that the other side does not understand? Then nothing is learnt from the view (memberlist rule 52). Gone members count only where they are
 * forgotten as soon as in memberlist: where they are remembered for a day, one stranger could block a group's exchanges for that day.
 */
const isRefused = ({ config, view }: State, theirs: View): boolean =>
  config.versionCheck === "on" && !areCompatible(view, theirs, config.forgetAfter > config.gossipToDeadFor ? "living" : "all");

/**
 * Compares views, and weighs each difference. The cost is proportional to the difference, not to the group, nor to what only we hold. Tombstones
 * of unknown members are adopted only while joining: members forget at slightly different moments, and would remind each other of the dead for ever.
 */
function study(before: State, theirs: View, hearing: Hearing): Step {
  const { config } = before;
  const found = differencesWithin(before.view, theirs);
  if (areStrangers(found, before, hearing)) return meet(before, theirs, found, hearing);
  let state = before;
  // One growing list: a newcomer hears of thousands at once, and concatenating lists for each would be quadratic.
  const effects: Effect[] = [];
  for (const { mine, theirs: record } of found) {
    if (mine === undefined && isIgnored(before, record.status)) continue;
    // The record before this one may have ended our membership.
    if (state.phase.kind === "departed") break;
    const lesson = lessonOf(mine, record, state.self.id, config);
    const [next, more] = lesson.kind === "claim" ? learn(state, lesson.claim, hearing) : adopt(state, lesson.record, hearing);
    state = next;
    effects.push(...more);
  }
  return [state, effects.length === 0 ? noEffects : effects];
}

/** Is the record of an unknown member with this status ignored? */
function isIgnored({ config, sync }: State, status: Status): boolean {
  if (status === "alive") return false;
  if (config.strangers === "ignore") return true;
  return !isLiving(status) && sync.joining !== "settling";
}
