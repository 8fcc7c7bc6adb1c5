/** One member, whole: the slices put together, how it is born, and every deadline it is waiting for. */

import type { Agenda } from "./words/agenda.ts";
import { firstRank, nothing } from "./words/agenda.ts";
import { assert } from "./words/assert.ts";
import type { Config } from "./words/config.ts";
import type { Member, Versions } from "./words/member.ts";
import { below, nextBox, rngFrom, throwOf, type Rng } from "./words/rng.ts";
import type { Address, Bytes, Instant, MemberId, SeqNo } from "./words/units.ts";
import { after, bytes, incarnation, micros, NEVER, seqNo } from "./words/units.ts";
import type { Effect } from "./messages/effect.ts";
import { emptyView, livingIn, put, sizeOf, startWalk, type View } from "./view/index.ts";
import type { Rumours } from "./rules/dissemination.ts";
import { noRumours } from "./rules/dissemination.ts";
import type { Errand } from "./rules/errand.ts";
import type { Probe } from "./rules/probe.ts";
import { relaysDueAt } from "./rules/probe.ts";
import type { Suspicion } from "./rules/suspicion.ts";
import type { Sync } from "./rules/anti-entropy.ts";

/** Everything a member knows and waits for. A value: keeping an old one is free. */
export type State = {
  readonly config: Config;
  readonly phase: Phase;
  /** Our own record, as our view holds it. */
  readonly self: Member;
  readonly view: View;
  readonly probe: Probe;
  readonly suspicions: Agenda<Suspicion>;
  readonly rumours: Rumours;
  readonly errands: Agenda<Errand>;
  /** The dead and departed whom we remember, ranked by when we forget them. */
  readonly tombstones: Agenda<MemberId>;
  readonly sync: Sync;
  /** The last seq used. */
  readonly seq: SeqNo;
  readonly rng: Rng;
  readonly oddities: Oddities;
};

/** In the group, saying goodbye, or out of it for good: who departed hears nothing more. */
export type Phase = { readonly kind: "member" } | { readonly kind: "leaving"; readonly until: Instant } | { readonly kind: "departed" };

/** What peers sent that made no sense, counted. The rest of the state is left as it was. */
export type Oddities = {
  /** Pings meant for another member. */
  readonly misdirected: number;
  /** Acks and nacks that answer nothing we still wait for: late, doubled, or invented. */
  readonly unexpectedAnswers: number;
  /** Requests to relay beyond `errandsLimit`. */
  readonly refusedErrands: number;
  /** Accusations under an incarnation so high that nobody could speak up above it. */
  readonly unanswerable: number;
  /** Claims under our own name and incarnation, but from another address. */
  readonly namesakes: number;
  /** New meta from our own application, longer than `metaLimit`. */
  readonly oversizedMeta: number;
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
  /** All chance in this member's life comes from here. */
  readonly seed: number;
  /** Tells apart members born of one seed. */
  readonly stream?: number;
  readonly meta?: Bytes;
  readonly versions?: Versions;
  /** Above the last one of a former life if that is known; 1, as memberlist's, if not. */
  readonly incarnation?: number;
  /** Who is known already, all of them living and none under suspicion: the simulation may start with a settled group. */
  readonly view?: View;
};

/** memberlist's protocol versions: speaks 2, understands 1 to 5; no versions of the application's own. */
const ourVersions: Versions = [1, 5, 2, 0, 0, 0];

/** What all members have in common at birth, and most of them for life: one of each in memory. */
const inTheGroup: Phase = { kind: "member" };
const noSeeds: readonly Address[] = [];
const noOddities: Oddities = { misdirected: 0, unexpectedAnswers: 0, refusedErrands: 0, unanswerable: 0, namesakes: 0, oversizedMeta: 0 };

/** A member at the moment of its birth. It knows itself, and whom it was told of; its first period has begun. */
export function start(birth: Birth): State {
  const { config, id, address, now } = birth;
  const self: Member = {
    id,
    address,
    meta: birth.meta ?? bytes(""),
    versions: birth.versions ?? ourVersions,
    incarnation: incarnation(birth.incarnation ?? 1),
    status: "alive",
  };
  const known = birth.view ?? emptyView;
  assert(livingIn(known) === sizeOf(known), "at birth only the living are known: the dead need tombstones");
  assert(self.meta.length <= config.metaLimit, `a meta of at most ${config.metaLimit} bytes`);
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
  return {
    config,
    phase: inTheGroup,
    self,
    view: put(known, self),
    probe: { periodEndsAt: config.stagger === "random" ? firstPeriod : after(now, config.periodEvery), walk, attempt: null },
    suspicions: nothing,
    rumours: noRumours,
    errands: nothing,
    tombstones: nothing,
    sync: {
      syncAt: config.syncEvery === 0 ? NEVER : after(firstSync, config.syncEvery),
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

/** What a deadline is for, in the order in which equal ones are met: what we owe others first, the next period last. */
export type DeadlineKind = "errand-lapses" | "relays-due" | "suspicion-ends" | "tombstone-goes" | "join-again" | "sync-due" | "reconnect-due" | "farewell-ends" | "period-ends";

export type Deadline = { readonly kind: DeadlineKind; readonly at: Instant };

/** The earliest deadline of each kind: what the documents and the viewer draw. */
export const deadlines = (state: State): readonly Deadline[] => [
  { kind: "errand-lapses", at: firstRank(state.errands, NEVER) },
  { kind: "relays-due", at: relaysDueAt(state.probe) },
  { kind: "suspicion-ends", at: firstRank(state.suspicions, NEVER) },
  { kind: "tombstone-goes", at: firstRank(state.tombstones, NEVER) },
  { kind: "join-again", at: state.sync.joinAgainAt },
  { kind: "sync-due", at: state.sync.syncAt },
  { kind: "reconnect-due", at: state.sync.reconnectAt },
  { kind: "farewell-ends", at: farewellEndsAt(state.phase) },
  { kind: "period-ends", at: state.probe.periodEndsAt },
];

/** When this member next wants to be woken: the earliest of its deadlines, in O(1). A driver keeps one alarm, set to this after every step. */
export function nextWake(state: State): Instant {
  if (state.phase.kind === "departed") return NEVER;
  const { probe, sync } = state;
  let at = probe.periodEndsAt;
  if (probe.attempt !== null && probe.attempt.askRelaysAt < at) at = probe.attempt.askRelaysAt;
  if (sync.syncAt < at) at = sync.syncAt;
  if (sync.reconnectAt < at) at = sync.reconnectAt;
  if (sync.joinAgainAt < at) at = sync.joinAgainAt;
  at = sooner(at, state.suspicions);
  at = sooner(at, state.errands);
  at = sooner(at, state.tombstones);
  return state.phase.kind === "leaving" && state.phase.until < at ? state.phase.until : at;
}

const sooner = <T>(at: Instant, agenda: Agenda<T>): Instant => (agenda !== null && agenda.rank < at ? firstRank(agenda, at) : at);

const farewellEndsAt = (phase: Phase): Instant => (phase.kind === "leaving" ? phase.until : NEVER);
