/**
 * A member as the packets tell of it: a state of the engine's kind, fed with what the member heard and what it said itself. It never wakes: nothing that only
 * a clock would make it do or believe is ascribed to anybody.
 */

import {
  bytes, emptyView, find, incarnation, membersOf, noUserMessages, presets, put, start, step, subject,
  type Address, type Claim, type Config, type Event, type Instant, type Member, type MemberId, type State,
} from "../../engine/index.ts";
import { claimsIn, recordsIn } from "./naming.ts";
import type { Spoken } from "./speaker.ts";

/**
 * memberlist's rules decide who overrules whom. But whoever is spoken of is taken over, known before or not: an observer begins in the middle, knowing
 * nobody. And what versions make of a view is the real member's business, which has decided already.
 */
const config: Config = { ...presets["memberlist-lan"], strangers: "adopt", versionCheck: "off", newcomerTells: "off" };

/** What others know only from a name and an address. Incarnation 0: any word of its own is newer. */
export const unknownRecord = (id: MemberId, address: Address): Member =>
  ({ id, address, meta: bytes(""), versions: [1, 5, 2, 0, 0, 0], incarnation: incarnation(0), status: "alive" });

/** Born with its own record, and knowing nobody. */
export const observerOf = ({ incarnation: life, ...self }: Member, now: Instant, seed: number): State =>
  start({ config, ...self, incarnation: life, now, seed, view: emptyView });

/** What a member's own words tell of it. */
export type OwnWords = {
  /** It says something of itself that its observer did not know: this is the observer that does. Null if there is nothing of the kind. */
  readonly corrected: State | null;
  /** Things that happened to it, as its words show. */
  readonly events: readonly Event[];
};

/** What is known of a member that an observer never heard of. Without an address, undefined if nobody ever said more of it than its name. */
export type RecordOf = (name: MemberId, address?: Address) => Member | undefined;

export function ownWords(state: State, saying: Spoken, recordOf: RecordOf): OwnWords {
  const { self } = state;
  const { message, at: now } = saying;
  const claimedSelf = recordsIn(saying).filter(({ id, status }) => id === self.id && status === "alive").reduce((best, other) => (isNewer(other, best) ? other : best), self);
  const update = updateTo(claimedSelf, state, now);
  const corrected = claimedSelf === self || update !== null ? null : withOwnRecord(state, claimedSelf);
  const known = corrected ?? state;
  const gossip = claimsIn(message).filter((claim) => subject(claim) !== self.id);
  const claims = [...addressed(known, saying, recordOf), ...introductions(known, gossip, recordOf), ...gossip, ...beliefs(known, saying)];
  const events: Event[] = update === null ? [] : [update];
  if (claims.length > 0) events.push(toItself(known, claims, now));
  const isLeaving = claimsIn(message).some((claim) => claim.kind === "left" && claim.about === self.id && claim.incarnation >= known.self.incarnation);
  if (isLeaving && known.phase.kind === "member") events.push({ kind: "asked-to-leave", now });
  return { corrected, events: events.filter((event) => event.kind !== "received" || isNews(known, event)) };
}

const isNewer = (one: Member, other: Member): boolean =>
  one.incarnation > other.incarnation || (one.incarnation === other.incarnation && (one.meta !== other.meta || one.address !== other.address || one.versions.join() !== other.versions.join()));

/** New tags, as its application asked for, if nothing else is new. */
function updateTo(newest: Member, state: State, now: Instant): Event | null {
  if (newest.meta === state.self.meta || newest.meta.length > state.config.metaLimit) return null;
  const event: Event = { kind: "asked-to-update", now, meta: newest.meta };
  const [{ self }] = step(state, event);
  return self.incarnation === newest.incarnation && self.address === newest.address && self.versions.join() === newest.versions.join() ? event : null;
}

const withOwnRecord = (state: State, record: Member): State => ({ ...state, self: record, view: put(state.view, record) });

/** Whoever is pinged is held to be living, by a member that knows it. */
function addressed({ view, self }: State, { message, to }: Spoken, recordOf: RecordOf): readonly Claim[] {
  if (message.kind !== "ping" && message.kind !== "ping-req") return [];
  const { target } = message;
  if (target === "" || target === self.id || find(view, target) !== undefined) return [];
  const member = recordOf(target, message.kind === "ping" ? to : message.targetAddress);
  return member === undefined ? [] : [{ kind: "alive", member }];
}

/**
 * Whoever is accused is somebody: it was known before the capture began, or the accusation would mean nothing to anybody. So an observer that never heard of it
 * is told first that it was there.
 */
export function introductions({ view, self }: State, claims: readonly Claim[], recordOf: RecordOf): readonly Claim[] {
  const strangers = new Set(claims.flatMap((claim) => (claim.kind === "alive" || claim.about === self.id || find(view, claim.about) !== undefined ? [] : [claim.about])));
  return Array.from(strangers).flatMap((name): readonly Claim[] => {
    const member = recordOf(name);
    return member === undefined ? [] : [{ kind: "alive", member }];
  });
}

/** Its observer says this to itself. */
export const toItself = ({ self }: State, gossip: readonly Claim[], now: Instant): Event =>
  ({ kind: "received", now, from: self.address, message: { kind: "gossip", gossip, userMessages: noUserMessages } });

/** A view that it hands out is what it believes: as claims, in its own name, as far as its observer does not hold the same. */
function beliefs({ view, self }: State, { message }: Spoken): readonly Claim[] {
  if (message.kind !== "push-pull" && message.kind !== "patch") return [];
  return membersOf(message.view).flatMap((record): readonly Claim[] => {
    const held = find(view, record.id);
    if (record.id === self.id || (held?.status === record.status && held.incarnation === record.incarnation && held.meta === record.meta)) return [];
    const { status, id: about, incarnation } = record;
    const introduced: readonly Claim[] = held === undefined || held.incarnation < incarnation ? [{ kind: "alive", member: { ...record, status: "alive" } }] : [];
    if (status === "alive") return [{ kind: "alive", member: record }];
    return [...introduced, { kind: status, about, incarnation, from: status === "left" ? about : self.id }];
  });
}

/** Would its observer believe anything else afterwards? What it says is most often what it is known to believe. */
function isNews(state: State, event: Event): boolean {
  const [next] = step(state, event);
  return next.view !== state.view || next.suspicions !== state.suspicions;
}

