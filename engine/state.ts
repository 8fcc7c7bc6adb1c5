/** The whole state of one member: its slices, its start, and its deadlines. */

import type { Agenda } from "./words/agenda.ts";
import { firstRank, nothing } from "./words/agenda.ts";
import { assert } from "./words/assert.ts";
import type { Config } from "./words/config.ts";
import type { Claim, Member, Versions } from "./words/member.ts";
import { below, nextBox, rngFrom, throwOf, type Rng } from "./words/rng.ts";
import type { Suspicion } from "./words/suspicion.ts";
import type { Address, Bytes, Instant, MemberId, SeqNo } from "./words/units.ts";
import { after, bytes, incarnation, micros, NEVER, seqNo } from "./words/units.ts";
import type { Effect } from "./messages/effect.ts";
import { emptyView, find, livingIn, put, sizeOf, startWalk, type View } from "./view/index.ts";
import type { Sync } from "./rules/anti-entropy.ts";
import { syncEveryAt } from "./rules/anti-entropy.ts";
import type { Flaps } from "./rules/damping.ts";
import type { Rumours } from "./rules/dissemination.ts";
import { fitsADatagram, noRumours, sizeInDatagram, spread } from "./rules/dissemination.ts";
import type { Errand } from "./rules/errand.ts";
import type { Mail } from "./rules/mail.ts";
import { markOf } from "./words/authors.ts";
import { noMail } from "./rules/mail.ts";
import { firstOf } from "./rules/membership.ts";
import { probeDueAt, type Probe } from "./rules/probe.ts";

/** Everything a member knows and waits for. A value: keeping an old one is free. */
export type State = {
  readonly config: Config;
  readonly phase: Phase;
  /** Our own record, as our view holds it. */
  readonly self: Member;
  readonly view: View;
  readonly probe: Probe;
  /** Local health: 0 is good, `config.healthMax` the worst (Lifeguard calls it LHM). */
  readonly health: number;
  readonly suspicions: Agenda<Suspicion>;
  /** Until then no confirmation ends a suspicion: we stalled, and the refutation may be waiting unread. In the past, normally. */
  readonly listensUntil: Instant;
  readonly rumours: Rumours;
  readonly gossip: GossipBeat;
  readonly mail: Mail;
  readonly errands: Agenda<Errand>;
  /** The gone members that we remember, ranked by when we forget them. */
  readonly tombstones: Agenda<MemberId>;
  readonly flaps: Flaps;
  readonly sync: Sync;
  /** The last seq used. */
  readonly seq: SeqNo;
  readonly rng: Rng;
  readonly oddities: Oddities;
};

/** When to gossip next between probes; NEVER while there is no news. `phase` is one of the beats (memberlist's ticker, rule 3). */
export type GossipBeat = { readonly at: Instant; readonly phase: Instant };

/** In the group, leaving it, or out of it for good: a departed member ignores all events. */
export type Phase = { readonly kind: "member" } | { readonly kind: "leaving"; readonly until: Instant } | { readonly kind: "departed" };

/** Counts of input that made no sense. Such input changes nothing else in the state. */
export type Oddities = {
  /** Pings meant for another member. */
  readonly misdirected: number;
  /** Acks and nacks for which we do not (or no longer) wait: late, duplicated, or invented. */
  readonly unexpectedAnswers: number;
  /** Requests to relay beyond `errandsLimit`. */
  readonly refusedErrands: number;
  /** Accusations under the greatest incarnation, which their subject could not refute; and updates of ours that were impossible because our own incarnation had reached it. */
  readonly unanswerable: number;
  /** Claims under our own name and incarnation, but from another address. */
  readonly namesakes: number;
  /** Alive claims without protocol versions, or with inconsistent ones (memberlist rule 27). */
  readonly unversioned: number;
  /** Views refused whole, because their members or ours speak versions that the other side does not understand (memberlist rule 52). */
  readonly incompatible: number;
  /** Data longer than allowed: meta above `metaLimit`, our own or another's; a broadcast or message of our application that no datagram can carry. */
  readonly oversized: number;
  /** Broadcasts that were ignored, because they bear no signature, or we have no room for one more author. */
  readonly unheard: number;
};

/** The next state, and what to do, in order. */
export type Step = readonly [state: State, effects: readonly Effect[]];

/** Nothing to do. */
export const noEffects: readonly Effect[] = [];

/** Does `next` after `first`, keeping the order of effects. */
export function andThen(first: Step, next: (state: State) => Step): Step {
  const [state, effects] = next(first[0]);
  return [state, both(first[1], effects)];
}

/** These effects, then those. */
export function both(these: readonly Effect[], those: readonly Effect[]): readonly Effect[] {
  if (those.length === 0) return these;
  return these.length === 0 ? those : [...these, ...those];
}

/** What a member starts from. */
export type Birth = {
  readonly config: Config;
  readonly id: MemberId;
  readonly address: Address;
  readonly now: Instant;
  /** All of this member's randomness comes from here. */
  readonly seed: number;
  /** Tells apart members with the same seed. */
  readonly stream?: number;
  readonly meta?: Bytes;
  readonly versions?: Versions;
  /** Higher than the last one of the former life, if that is known; by default the first of this life (memberlist: 1). */
  readonly incarnation?: number;
  /** The number of this life, from 1. It must rise with each life: take it from a file, or a clock. Ignored where lives are not told apart (`incarnationsPerLife`). */
  readonly generation?: number;
  /** The members known at the start, all of them alive: with this, a simulation may start with a settled group. */
  readonly view?: View;
};

/** memberlist's protocol versions: speaks 2, understands 1 to 5; no versions of the application's own. */
const ourVersions: Versions = [1, 5, 2, 0, 0, 0];

/** What all members have in common at the start, and most of them keep: one object of each, to save memory. */
const inTheGroup: Phase = { kind: "member" };
const noSeeds: readonly Address[] = [];
const noOddities: Oddities =
  { misdirected: 0, unexpectedAnswers: 0, refusedErrands: 0, unanswerable: 0, namesakes: 0, unversioned: 0, incompatible: 0, oversized: 0, unheard: 0 };

/** A new member. It knows itself, and the members in `birth.view`; its first period has begun. */
export function start(birth: Birth): State {
  const { config, id, address, now } = birth;
  const record: Member = {
    id,
    address,
    meta: birth.meta ?? bytes(""),
    versions: birth.versions ?? ourVersions,
    incarnation: birth.incarnation === undefined ? firstOf(birth.generation ?? 1, config) : incarnation(birth.incarnation),
    status: "alive",
  };
  const known = birth.view ?? emptyView;
  assert(livingIn(known) === sizeOf(known), "at birth only the living are known: the dead need tombstones");
  assert(record.meta.length <= config.metaLimit, `a meta of at most ${config.metaLimit} bytes`);
  let rng = rngFrom(birth.seed, birth.stream);
  const walk = startWalk(throwOf(rng));
  rng = nextBox(rng);
  const within = (limit: number): Instant => {
    let wait: number;
    [wait, rng] = below(limit, rng);
    return after(now, micros(wait));
  };
  const firstPeriod = within(config.periodEvery);
  const firstSync = within(config.syncEvery);
  const firstReconnect = within(config.reconnectEvery);
  const view = put(known, record);
  // If the view holds an equal record of us, use that object: one in memory instead of two.
  const self = find(view, id);
  assert(self !== undefined, "a member knows itself");
  const isStaggered = config.stagger === "random";
  return {
    config,
    phase: inTheGroup,
    self,
    view,
    probe: { periodEndsAt: isStaggered ? firstPeriod : after(now, config.periodEvery), walk, attempt: null },
    health: 0,
    suspicions: nothing,
    listensUntil: now,
    rumours: introduction(birth, self),
    gossip: { at: NEVER, phase: isStaggered ? firstPeriod : now },
    mail: noMail(markOf(self, birth.seed, birth.stream ?? 0, now)),
    errands: nothing,
    tombstones: nothing,
    flaps: nothing,
    sync: {
      syncAt: config.syncEvery === 0 ? NEVER : after(firstSync, syncEveryAt(config, sizeOf(view))),
      reconnectAt: config.reconnectEvery === 0 ? NEVER : firstReconnect,
      joinAgainAt: NEVER,
      seeds: noSeeds,
      joining: "not",
    },
    seq: seqNo(0),
    rng,
    oddities: noOddities,
  };
}

/** memberlist's newcomer gossips about itself as about any other (rule 1); of ours the seed tells, and a settled group knows its members. */
function introduction({ config, view }: Birth, self: Member): Rumours {
  const claim: Claim = { kind: "alive", member: self };
  const isTold = config.newcomerTells === "on" && view === undefined && fitsADatagram(sizeInDatagram(claim), config.datagramBudget);
  return isTold ? spread(noRumours, claim, config.tellOrder) : noRumours;
}

/** The kinds of deadlines, in the order in which simultaneous ones are met: what we owe others first, the next period last. */
export type DeadlineKind =
  | "errand-lapses" | "relays-due" | "suspicion-ends" | "tombstone-goes" | "flap-ends" | "join-again" | "sync-due" | "reconnect-due"
  | "farewell-ends" | "probe-fails" | "gossip-due" | "period-ends";

/** A point in time at which something is due. */
export type Deadline = { readonly kind: DeadlineKind; readonly at: Instant };

/** The earliest deadline of each kind, for display and for checks. */
export function deadlines(state: State): readonly Deadline[] {
  const { probe, sync } = state;
  return [
    { kind: "errand-lapses", at: firstRank(state.errands, NEVER) },
    { kind: "relays-due", at: probe.attempt?.askRelaysAt ?? NEVER },
    { kind: "suspicion-ends", at: firstRank(state.suspicions, NEVER) },
    { kind: "tombstone-goes", at: tombstoneGoesAt(state) },
    { kind: "flap-ends", at: firstRank(state.flaps, NEVER) },
    { kind: "join-again", at: sync.joinAgainAt },
    { kind: "sync-due", at: sync.syncAt },
    { kind: "reconnect-due", at: sync.reconnectAt },
    { kind: "farewell-ends", at: farewellEndsAt(state.phase) },
    { kind: "probe-fails", at: probe.attempt?.failsAt ?? NEVER },
    { kind: "gossip-due", at: state.gossip.at },
    { kind: "period-ends", at: probe.attempt === null ? probe.periodEndsAt : NEVER },
  ];
}

/** When this member next wants to be woken: the earliest of its deadlines, in O(1). A driver keeps one alarm, set to this after every step. */
export function nextWake(state: State): Instant {
  if (state.phase.kind === "departed") return NEVER;
  const { probe, sync, gossip } = state;
  let at = probeDueAt(probe);
  if (gossip.at < at) at = gossip.at;
  if (sync.syncAt < at) at = sync.syncAt;
  if (sync.reconnectAt < at) at = sync.reconnectAt;
  if (sync.joinAgainAt < at) at = sync.joinAgainAt;
  at = sooner(at, state.errands);
  return muteSooner(state, at);
}

/**
 * The earliest of the deadlines that are met even while nothing can be sent. A driver that cannot send sets its alarm to this. A probe still begins, and
 * its ping waits in the driver; the probe goes no further, because its other deadlines make no sense before the ping is sent.
 */
export function nextMuteWake(state: State): Instant {
  if (state.phase.kind === "departed") return NEVER;
  return muteSooner(state, state.probe.attempt === null ? state.probe.periodEndsAt : NEVER);
}

function muteSooner(state: State, limit: Instant): Instant {
  let at = sooner(limit, state.suspicions);
  at = sooner(at, state.flaps);
  if (state.config.forgetWhen === "due") at = sooner(at, state.tombstones);
  return state.phase.kind === "leaving" && state.phase.until < at ? state.phase.until : at;
}

function sooner<T>(at: Instant, agenda: Agenda<T>): Instant {
  const rank = firstRank(agenda, at);
  return rank < at ? rank : at;
}

/** Where tombstones expire only at the end of a pass, they need no alarm. */
const tombstoneGoesAt = ({ tombstones, config }: State): Instant => (config.forgetWhen === "due" ? firstRank(tombstones, NEVER) : NEVER);

const farewellEndsAt = (phase: Phase): Instant => (phase.kind === "leaving" ? phase.until : NEVER);
