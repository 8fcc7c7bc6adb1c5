/** What a member does when a deadline of its probe passes: begin one, ask relays, give up (SWIM §3.1, memberlist rules 11 to 19). */

import { assert } from "../words/assert.ts";
import type { Address, Instant, MemberId } from "../words/units.ts";
import { after, NEVER, nextSeq } from "../words/units.ts";
import type { Member } from "../words/member.ts";
import type { Rng } from "../words/rng.ts";
import type { Effect } from "../messages/effect.ts";
import { noGossip, noUserMessages, type Ping } from "../messages/message.ts";
import { find, type Walk } from "../view/index.ts";
import { adjusted, askRelaysAfterAt, penaltyOf, periodAt, probeForAt } from "../rules/awareness.ts";
import { pick } from "../rules/choice.ts";
import { answered, attempting, nextPeriodEnd, nextTarget, type Attempt } from "../rules/probe.ts";
import type { State, Step } from "../state.ts";
import { andThen, noEffects } from "../state.ts";
import { withProbe, withQuestion, withRng, withVerdict } from "../with.ts";
import { announce } from "./announcing.ts";
import { learn } from "./claims.ts";
import { forgetOverdue } from "./forgetting.ts";
import { say, sayOnly, suspicionOf } from "./speech.ts";

/** The first protocol versions that understand a ping over a stream, and a request for a nack (memberlist rules 15 and 16). */
const STREAM_PING = 3;
const NACK = 4;

/** No relay was asked yet: one list for all attempts. */
const noRelays: readonly MemberId[] = [];

/** The period is over: the next probe begins, and with it perhaps a new pass. */
export function onPeriodEnded(state: State, now: Instant): Step {
  const { config, self, probe, health } = state;
  assert(probe.attempt === null, "one probe at a time");
  const periodEndsAt = nextPeriodEnd(probe.periodEndsAt, now, periodAt(config, health));
  const { target, walk, rng, isNewPass } = nextTarget(state.view, probe.walk, self.id, state.rng);
  const begun = begin(state, now, periodEndsAt, target, walk, rng);
  return isNewPass && config.forgetWhen === "pass-ends" ? forgetting(begun, now) : begun;
}

const forgetting = (begun: Step, now: Instant): Step => andThen(begun, (current) => forgetOverdue(current, now));

function begin(state: State, now: Instant, periodEndsAt: Instant, target: Member | undefined, walk: Walk, rng: Rng): Step {
  const { config, health } = state;
  if (target === undefined) return [withProbe(withRng(state, rng), { periodEndsAt, walk, attempt: null }), noEffects];
  const seq = nextSeq(state.seq);
  const attempt: Attempt = {
    seq,
    target: target.id,
    incarnation: target.incarnation,
    startedAt: now,
    askRelaysAt: after(now, askRelaysAfterAt(config, health)),
    failsAt: after(now, probeForAt(config, health)),
    relays: noRelays,
    nacksWanted: 0,
    nacks: 0,
    isStreamAnswered: false,
  };
  return ping(withQuestion(state, seq, { periodEndsAt, walk, attempt }, state.errands, rng), target, pingOf(state, seq, target));
}

const pingOf = ({ self }: State, seq: Ping["seq"], target: Member): Ping =>
  ({ kind: "ping", seq, target: target.id, source: self.id, sourceAddress: self.address, gossip: noGossip, userMessages: noUserMessages });

/** Pings the target, and tells a suspect that it is one. */
function ping(state: State, { address, id }: Member, message: Ping): Step {
  const { buddy } = state.config;
  const suspicion = buddy === "off" ? undefined : suspicionOf(state, id);
  return suspicion !== undefined && buddy === "own-pings" ? sayOnly(state, address, message, suspicion) : say(state, address, message, suspicion);
}

/** No direct ack came in time: asks k relays (SWIM §3.1), and pings over a stream. */
export function onRelaysDue(state: State): Step {
  const { probe, self, config } = state;
  const { attempt } = probe;
  assert(attempt !== null, "relays are asked for a probe that waits");
  const target = find(state.view, attempt.target);
  if (target === undefined) return [withProbe(state, attempting(probe, { ...attempt, askRelaysAt: NEVER })), noEffects];
  const [relays, rng] = pick(state.view, "living", config.relays, ({ id, status }) => status === "alive" && id !== self.id && id !== target.id, state.rng);
  const nacksWanted = relays.filter(wantsNack(config.nackAfter > 0)).length;
  const asked = attempting(probe, { ...attempt, askRelaysAt: NEVER, relays: relays.map(({ id }) => id), nacksWanted });
  let step: Step = [withRng(withProbe(state, asked), rng), noEffects];
  for (const relay of relays) step = andThen(step, (current) => ask(current, relay, attempt, target));
  if (config.streamPing === "off" || target.versions[1] < STREAM_PING) return step;
  const byStream: Effect = { kind: "exchange", with: target.address, message: pingOf(state, attempt.seq, target) };
  return andThen(step, (current) => [current, [byStream]]);
}

const wantsNack = (areWanted: boolean) => (relay: Member): boolean => areWanted && relay.versions[1] >= NACK;

function ask(state: State, relay: Member, { seq, target }: Attempt, { address: targetAddress }: Member): Step {
  const { id: source, address: sourceAddress } = state.self;
  return say(state, relay.address, {
    kind: "ping-req", seq, target, targetAddress, source, sourceAddress, wantsNack: wantsNack(state.config.nackAfter > 0)(relay), gossip: noGossip, userMessages: noUserMessages,
  });
}

/** The driver could not send our ping: relays are asked at once (memberlist rule 13). */
export function onUndeliverable(state: State, to: Address, now: Instant): Step {
  const { probe } = state;
  const { attempt } = probe;
  if (attempt === null || attempt.askRelaysAt <= now || attempt.askRelaysAt === NEVER || find(state.view, attempt.target)?.address !== to) return [state, noEffects];
  return [withProbe(state, attempting(probe, { ...attempt, askRelaysAt: now })), noEffects];
}

/**
 * No ack came, neither directly nor through relays: the target is suspect, or dead where there is no suspicion (SWIM §3.1, §4.2). Unless it answered over a
 * stream; or we stalled, and its answers may be waiting unread.
 */
export function onProbeFailed(state: State, now: Instant, isStalled: boolean): Step {
  const { probe, health, config } = state;
  const { attempt } = probe;
  assert(attempt !== null, "a probe that failed was one");
  if (isStalled) return [withVerdict(state, attempting(probe, { ...attempt, failsAt: after(now, config.periodEvery) }), adjusted(health, 1, config)), noEffects];
  if (attempt.isStreamAnswered) return onDatagramsLost(withVerdict(state, answered(probe), adjusted(health, -1, config)), attempt);
  const { target: about, incarnation, seq, startedAt: at, relays, nacks, nacksWanted } = attempt;
  const ended = withVerdict(state, answered(probe), adjusted(health, penaltyOf(config, nacksWanted, nacks), config));
  const kind = config.suspicion === "on" ? "suspect" : "dead";
  // The network may duplicate a nack, and a nack does not name its relay: so count no more than were asked for.
  const cause = { kind: "probe", seq, at, relays, nacks: nacksWanted === 0 ? null : Math.min(nacks, nacksWanted) } as const;
  return learn(ended, { kind, about, incarnation, from: state.self.id }, { now, source: "first-hand", cause });
}

function onDatagramsLost(state: State, attempt: Attempt): Step {
  const member = find(state.view, attempt.target);
  return [state, member === undefined ? noEffects : announce({ kind: "datagrams-lost", member })];
}
