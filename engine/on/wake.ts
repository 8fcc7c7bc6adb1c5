/** What a member does when deadlines pass: one function for each kind. (Those of the probe are in `probe.ts`.) */

import { assert } from "../words/assert.ts";
import { enter, first, firstRank, strikeFirst } from "../words/agenda.ts";
import { below } from "../words/rng.ts";
import type { Instant } from "../words/units.ts";
import { after, NEVER } from "../words/units.ts";
import { isLiving, type Member } from "../words/member.ts";
import { deadAt, deadIn, find, livingIn, sizeOf } from "../view/index.ts";
import { nextOfSeries, syncEveryAt } from "../rules/anti-entropy.ts";
import { pick } from "../rules/choice.ts";
import { isBeyond } from "../rules/damping.ts";
import { nextBeat } from "../rules/dissemination.ts";
import type { State, Step } from "../state.ts";
import { both, nextMuteWake, nextWake, noEffects } from "../state.ts";
import { withFlaps, withRng, withSuspicions, withSync, withTold } from "../with.ts";
import { announce } from "./announcing.ts";
import { deadFor, depart, learn } from "./claims.ts";
import { onErrandDue } from "./errand.ts";
import { exchangeViews, pushPullWith } from "./exchange.ts";
import { onTombstoneGone } from "./forgetting.ts";
import { onPeriodEnded, onProbeFailed, onRelaysDue } from "./probe.ts";
import { gossipTo, hasNews } from "./speech.ts";
import { noteStall, sleptUntil } from "./stall.ts";

/** Meets every deadline that is due, in their order, so that one late alarm behaves like several punctual ones. An early alarm does nothing. */
export function onWake(state: State, now: Instant): Step {
  const roused = noteStall(state, nextWake(state), now);
  const slept = sleptUntil(roused);
  let done: Step = [roused, noEffects];
  for (let at = nextWake(state); at <= now; at = nextWake(done[0])) done = onTo(done, meet(done[0], at, now, at <= slept));
  return done;
}

/** The same for the deadlines that are met while nothing can be sent. */
export function onMuteWake(state: State, now: Instant): Step {
  let done: Step = [state, noEffects];
  for (let at = nextMuteWake(state); at <= now; at = nextMuteWake(done[0])) done = onTo(done, meetMutely(done[0], at, now));
  return done;
}

/** Appends the step of one more deadline. */
function onTo(before: Step, then: Step): Step {
  assert(then[0] !== before[0], "a deadline that was met is gone");
  return before[1].length === 0 ? then : [then[0], both(before[1], then[1])];
}

/** Meets the deadline at `at`, which is the earliest. Simultaneous ones go in the order of `deadlines`: what we owe others first, the next period last. */
function meet(state: State, at: Instant, now: Instant, isStalled: boolean): Step {
  const { attempt } = state.probe;
  if (firstRank(state.errands, NEVER) === at) return onErrandDue(state);
  if (attempt?.askRelaysAt === at) return onRelaysDue(state);
  const quiet = meetQuietly(state, at, now, isStalled);
  if (quiet !== undefined) return quiet;
  if (state.sync.joinAgainAt === at) return onJoinAgain(state, now);
  if (state.sync.syncAt === at) return onSyncDue(state, now);
  if (state.sync.reconnectAt === at) return onReconnectDue(state, now);
  if (state.phase.kind === "leaving" && state.phase.until === at) return depart(state);
  if (attempt?.failsAt === at) return onProbeFailed(state, now, isStalled);
  if (state.gossip.at === at) return onGossipDue(state, now);
  assert(attempt === null && state.probe.periodEndsAt === at, "what is due is a deadline");
  return onPeriodEnded(state, now);
}

/** The same for the deadlines that are met while nothing can be sent: others that are due at the same moment stay overdue. */
function meetMutely(state: State, at: Instant, now: Instant): Step {
  const quiet = meetQuietly(state, at, now, false);
  if (quiet !== undefined) return quiet;
  if (state.phase.kind === "leaving" && state.phase.until === at) return depart(state);
  assert(state.probe.attempt === null && state.probe.periodEndsAt === at, "what is due is a deadline that needs no answer");
  return onPeriodEnded(state, now);
}

/** Meets a deadline that needs no sending; undefined if another kind is due. */
function meetQuietly(state: State, at: Instant, now: Instant, isStalled: boolean): Step | undefined {
  if (firstRank(state.suspicions, NEVER) === at) return isStalled ? onSuspicionPostponed(state) : onSuspicionEnded(state, now);
  if (state.config.forgetWhen === "due" && firstRank(state.tombstones, NEVER) === at) return onTombstoneGone(state);
  return firstRank(state.flaps, NEVER) === at ? onFlapEnded(state) : undefined;
}

/** The suspect did not refute in time. */
function onSuspicionEnded(state: State, now: Instant): Step {
  const suspicion = first(state.suspicions);
  assert(suspicion !== undefined, "a suspicion ends");
  const { about, incarnation } = suspicion;
  return learn(state, { kind: "dead", about, incarnation, from: state.self.id }, { now, source: "first-hand", cause: { kind: "unrefuted" } });
}

/** We stalled when the suspicion ended: the refutation may be waiting unread. */
function onSuspicionPostponed(state: State): Step {
  const suspicion = first(state.suspicions);
  assert(suspicion !== undefined, "a suspicion is postponed");
  return [withSuspicions(state, enter(strikeFirst(state.suspicions), suspicion.about, state.listensUntil, suspicion)), noEffects];
}

/** The member has been stable for long enough. If damping withheld that it is back, that is announced now. */
function onFlapEnded(state: State): Step {
  const flap = first(state.flaps);
  assert(flap !== undefined, "a flap ends");
  const member = find(state.view, flap.about);
  const rest = withFlaps(state, strikeFirst(state.flaps));
  const isBack = isBeyond(flap, state.config) && member !== undefined && isLiving(member.status);
  return [rest, isBack ? announce({ kind: "joined", member }) : noEffects];
}

/** Gossips to random members (memberlist rules 56 and 57). Scheduled only while there is news. */
function onGossipDue(state: State, now: Instant): Step {
  const { config, self, gossip } = state;
  const pool = config.gossipToDeadFor > 0 ? "living-or-dead" : "living";
  const [targets, rng] = pick(state.view, pool, config.gossipTo, (member) => member.id !== self.id && hears(state, member, now), state.rng);
  const told = gossipTo(state, targets);
  // With nobody to tell, the next try can wait for a period.
  const from = targets.length === 0 ? after(now, config.periodEvery) : now;
  const at = hasNews(told) ? nextBeat(gossip.phase, config.gossipEvery, from) : NEVER;
  return [withTold(state, told.rumours, told.mail, rng, at), told.effects];
}

/** Does this member get gossip? The living do, and the dead for a while. */
const hears = (state: State, { id, status }: Member, now: Instant): boolean =>
  isLiving(status) || (deadFor(state, id, now) ?? Infinity) <= state.config.gossipToDeadFor;

/** If no seed has answered yet, all are called again. If one has, some time ago, a random one is asked once more: it has met more newcomers since. */
function onJoinAgain(state: State, now: Instant): Step {
  const { sync, config } = state;
  if (sync.joining === "asking") {
    const effects = sync.seeds.map((seed) => pushPullWith(state, seed, true));
    return [withSync(state, { ...sync, joinAgainAt: after(now, config.joinAgainAfter) }), effects];
  }
  const joined = withSync(state, { ...sync, joining: "not", joinAgainAt: NEVER, seeds: [] });
  const [place, rng] = below(sync.seeds.length, state.rng);
  const seed = sync.seeds[place];
  assert(seed !== undefined, "who settles has seeds");
  return [withRng(joined, rng), [exchangeViews(state, seed)]];
}

/** Exchanges views with a random alive member (memberlist rules 5 and 55). */
function onSyncDue(state: State, now: Instant): Step {
  const later = withSync(state, { ...state.sync, syncAt: nextOfSeries(now, syncEveryAt(state.config, sizeOf(state.view))) });
  const [[partner], rng] = pick(state.view, "living", 1, ({ id, status }) => id !== state.self.id && status === "alive", state.rng);
  return [withRng(later, rng), partner === undefined ? noEffects : [exchangeViews(state, partner.address)]];
}

/** Calls a random dead member, which may be back, or was never gone. With probability dead/living, so that the group's calls do not grow with its size. */
function onReconnectDue(state: State, now: Instant): Step {
  const later = withSync(state, { ...state.sync, reconnectAt: nextOfSeries(now, state.config.reconnectEvery) });
  const dead = deadIn(state.view);
  if (dead === 0) return [later, noEffects];
  const [throwAmongLiving, box] = below(Math.max(1, livingIn(state.view)), state.rng);
  if (throwAmongLiving >= dead) return [withRng(later, box), noEffects];
  const [rank, rng] = below(dead, box);
  return [withRng(later, rng), [pushPullWith(state, deadAt(state.view, rank).address, false)]];
}

