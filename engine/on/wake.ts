/** What a member does when deadlines pass: one function for each kind. */

import { assert } from "../words/assert.ts";
import { first, firstName, firstRank, strikeFirst } from "../words/agenda.ts";
import { below } from "../words/rng.ts";
import type { Instant } from "../words/units.ts";
import { after, NEVER, seqNo } from "../words/units.ts";
import type { Effect } from "../messages/effect.ts";
import { noGossip } from "../messages/message.ts";
import { deadAt, deadIn, find, livingIn, remove } from "../view/index.ts";
import { nextOfSeries } from "../rules/anti-entropy.ts";
import { hush } from "../rules/dissemination.ts";
import { answered, nextPeriodEnd, nextTarget, pickAlive, relaysDueAt } from "../rules/probe.ts";
import type { State, Step } from "../state.ts";
import { andThen, nextWake, noEffects } from "../state.ts";
import { withErrands, withProbe, withQuestion, withRng, withRumours, withSync, withTombstones, withView } from "../with.ts";
import { announce, depart, learn } from "./claims.ts";
import { exchangeViews } from "./exchange.ts";
import { say } from "./speech.ts";

/** Meets every deadline that is due, in their order, so that one late alarm behaves like several punctual ones. Early, it does nothing. */
export function onWake(state: State, now: Instant): Step {
  let at = nextWake(state);
  if (at > now) return [state, noEffects];
  let step = meet(state, at, now);
  for (at = nextWake(step[0]); at <= now; at = nextWake(step[0])) {
    const [before] = step;
    const due = at;
    step = andThen(step, (current) => meet(current, due, now));
    assert(step[0] !== before, "a deadline that was met is gone");
  }
  return step;
}

/** The deadline at `at`, the earliest there is. Of equal ones, what we owe others comes first and the next period last: the order of `deadlines`. */
function meet(state: State, at: Instant, now: Instant): Step {
  if (firstRank(state.errands, NEVER) === at) return onErrandLapsed(state);
  if (relaysDueAt(state.probe) === at) return onRelaysDue(state);
  if (firstRank(state.suspicions, NEVER) === at) return onSuspicionEnded(state, now);
  if (firstRank(state.tombstones, NEVER) === at) return onTombstoneGone(state);
  if (state.sync.joinAgainAt === at) return onJoinAgain(state, now);
  if (state.sync.syncAt === at) return onSyncDue(state, now);
  if (state.sync.reconnectAt === at) return onReconnectDue(state, now);
  if (state.phase.kind === "leaving" && state.phase.until === at) return depart(state);
  assert(state.probe.periodEndsAt === at, "what is due is a deadline");
  return onPeriodEnded(state, now);
}

/** The target did not answer us, its relay, in time. Whoever wants to know that we tried hears so (Lifeguard §IV-A). */
function onErrandLapsed(state: State): Step {
  const errand = first(state.errands);
  assert(errand !== undefined, "an errand lapses");
  const rest = withErrands(state, strikeFirst(state.errands));
  return errand.wantsNack ? say(rest, errand.askedBy, { kind: "nack", seq: errand.theirSeq, gossip: noGossip }) : [rest, noEffects];
}

/** No direct ack in time: k others try (SWIM §3.1). */
function onRelaysDue(state: State): Step {
  const { probe, self, config } = state;
  assert(probe.attempt !== null, "relays are asked for a probe that waits");
  const { target, seq, incarnation } = probe.attempt;
  const asked = withProbe(state, { periodEndsAt: probe.periodEndsAt, walk: probe.walk, attempt: { seq, target, incarnation, askRelaysAt: NEVER } });
  const held = find(state.view, target);
  if (held === undefined) return [asked, noEffects];
  const [relays, rng] = pickAlive(state.view, config.relays, [self.id, target], state.rng);
  let step: Step = [withRng(asked, rng), noEffects];
  for (const relay of relays) {
    step = andThen(step, (current) =>
      say(current, relay.address, { kind: "ping-req", seq, target, targetAddress: held.address, source: self.id, sourceAddress: self.address, wantsNack: false, gossip: noGossip }));
  }
  return step;
}

/** The period is over: what has not been answered has failed, and the next probe begins. */
function onPeriodEnded(state: State, now: Instant): Step {
  const { attempt } = state.probe;
  return attempt === null ? startPeriod(state, now) : andThen(failProbe(state, now), (current) => startPeriod(current, now));
}

/** Nobody answered, not even through relays: the target is suspect, or dead where there is no suspicion (SWIM §3.1, §4.2). */
function failProbe(state: State, now: Instant): Step {
  const { attempt } = state.probe;
  assert(attempt !== null, "a probe that failed was one");
  const kind = state.config.suspicion === "on" ? "suspect" : "dead";
  const ended = withProbe(state, answered(state.probe));
  return learn(ended, { kind, about: attempt.target, incarnation: attempt.incarnation, from: state.self.id }, now, "first-hand");
}

function startPeriod(state: State, now: Instant): Step {
  const { config, self, probe } = state;
  assert(probe.attempt === null, "one probe at a time");
  const periodEndsAt = nextPeriodEnd(probe.periodEndsAt, now, config.periodEvery);
  const [target, walk, rng] = nextTarget(state.view, probe.walk, self.id, state.rng);
  if (target === undefined) return [withProbe(withRng(state, rng), { periodEndsAt, walk, attempt: null }), noEffects];
  const seq = seqNo(state.seq + 1);
  const attempt = { seq, target: target.id, incarnation: target.incarnation, askRelaysAt: after(now, config.askRelaysAfter) };
  return say(withQuestion(state, seq, { periodEndsAt, walk, attempt }, state.errands, rng), target.address, {
    kind: "ping", seq, target: target.id, source: self.id, sourceAddress: self.address, gossip: noGossip,
  });
}

/** Nobody refuted in time. */
function onSuspicionEnded(state: State, now: Instant): Step {
  const suspicion = first(state.suspicions);
  assert(suspicion !== undefined, "a suspicion ends");
  const { about, incarnation } = suspicion;
  return learn(state, { kind: "dead", about, incarnation, from: state.self.id }, now, "first-hand");
}

function onTombstoneGone(state: State): Step {
  const id = first(state.tombstones);
  assert(id !== undefined, "a tombstone goes");
  assert(firstName(state.tombstones) === id, "a tombstone stands under its member's name");
  const member = find(state.view, id);
  assert(member !== undefined, "a tombstone is of somebody remembered");
  const forgetful = withTombstones(withView(state, remove(state.view, id)), strikeFirst(state.tombstones));
  return [withRumours(forgetful, hush(state.rumours, id)), announce({ kind: "forgotten", member })];
}

/** No seed has answered yet: all are called again. Or one has, some time ago: it has met more newcomers since, and so has any other. */
function onJoinAgain(state: State, now: Instant): Step {
  const { sync, config } = state;
  if (sync.joining === "asking") {
    const effects: readonly Effect[] = sync.seeds.map((seed) => exchangeViews(state, seed, "join"));
    return [withSync(state, { ...sync, joinAgainAt: after(now, config.joinAgainAfter) }), effects];
  }
  const joined = withSync(state, { ...sync, joining: "not", joinAgainAt: NEVER, seeds: [] });
  const [place, rng] = below(sync.seeds.length, state.rng);
  const seed = sync.seeds[place];
  assert(seed !== undefined, "who settles has seeds");
  return [withRng(joined, rng), [exchangeViews(state, seed, "sync")]];
}

/** Time to compare everything with somebody (memberlist rule 55). */
function onSyncDue(state: State, now: Instant): Step {
  const later = withSync(state, { ...state.sync, syncAt: nextOfSeries(now, state.config.syncEvery) });
  const [[partner], rng] = pickAlive(state.view, 1, [state.self.id], state.rng);
  return [withRng(later, rng), partner === undefined ? noEffects : [exchangeViews(state, partner.address, "sync")]];
}

/** Is one of the dead back, or was it never gone? The more are dead, the likelier we ask, so that the group's calls do not grow with its size. */
function onReconnectDue(state: State, now: Instant): Step {
  const later = withSync(state, { ...state.sync, reconnectAt: nextOfSeries(now, state.config.reconnectEvery) });
  const dead = deadIn(state.view);
  if (dead === 0) return [later, noEffects];
  const [throwAmongLiving, box] = below(Math.max(1, livingIn(state.view)), state.rng);
  if (throwAmongLiving >= dead) return [withRng(later, box), noEffects];
  const [rank, rng] = below(dead, box);
  return [withRng(later, rng), [exchangeViews(state, deadAt(state.view, rank).address, "sync")]];
}
