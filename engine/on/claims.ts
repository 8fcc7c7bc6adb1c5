/** What a member does with news: weigh it, believe it, tell it on, and tell the application. All exchanges meet here, and only here. */

import { enter, lookUp, rankOf, strike } from "../words/agenda.ts";
import type { Config } from "../words/config.ts";
import type { Claim, Member } from "../words/member.ts";
import { claimed, isLiving, subject } from "../words/member.ts";
import type { Ending } from "../words/suspicion.ts";
import type { Address, Instant, MemberId } from "../words/units.ts";
import { after, since } from "../words/units.ts";
import type { Change, Effect } from "../messages/effect.ts";
import { find, membersOf, put, sizeOf, type View } from "../view/index.ts";
import { adjusted } from "../rules/awareness.ts";
import { isDamped } from "../rules/damping.ts";
import { entryOf, fitsADatagram, hush, isBeingTold, sizeInDatagram, spread, spreadFirst } from "../rules/dissemination.ts";
import { answerTo, isOldNews, isSpeaking, isUnanswerable, lastWordAgainst, ofAnotherAddress, ofMyself, recordOf, standing } from "../rules/membership.ts";
import { begun, confirmed, endsAt, endsConfirmedAt } from "../rules/suspicion.ts";
import type { State, Step } from "../state.ts";
import { both, noEffects } from "../state.ts";
import { withHealth, withNews, withOddity, withPhase, withRumours, withSelf, withSuspicions } from "../with.ts";
import { announce, announcement, causeOf, changesOf, groundsOf, tellApplication } from "./announcing.ts";
import { gossipAtOnce, gossipOf, sending } from "./speech.ts";
import { noteCleared } from "./stall.ts";

/**
 * Where news comes from, which decides who tells it on: what is `first-hand` everybody must hear from us; `hearsay` is told on by
 * all who hear it; what is `settled` all others know already (the group that a newcomer joins).
 */
export type Source = "first-hand" | "hearsay" | "settled";

/** How and when news reached us. */
export type Hearing = { readonly now: Instant; readonly source: Source; readonly cause: Ending };

/** Listens to the gossip on a message. If its sender has missed something that we know, it is told. */
export function hear(state: State, claims: readonly Claim[], hearing: Hearing): Step {
  const heard = hearAll(state, claims, hearing);
  return state.config.correction === "on" && hearing.cause.kind === "gossip" ? correct(state, heard, claims, hearing.cause.via) : heard;
}

/** In the order in which it was written, or in memberlist's (rule 64): first who lives, and the last first. */
function hearAll(state: State, claims: readonly Claim[], hearing: Hearing): Step {
  let step: Step = [state, noEffects];
  if (state.config.hearFirst === "news") {
    for (const claim of claims) step = hearOne(step, claim, hearing);
    return step;
  }
  for (let k = claims.length - 1; k >= 0; k--) if (claims[k]!.kind === "alive") step = hearOne(step, claims[k]!, hearing);
  for (let k = claims.length - 1; k >= 0; k--) if (claims[k]!.kind !== "alive") step = hearOne(step, claims[k]!, hearing);
  return step;
}

/** Most claims that come in have been heard before: nothing is made for those. */
function hearOne(before: Step, claim: Claim, hearing: Hearing): Step {
  const [state, effects] = before;
  // What we just heard may have been our end.
  if (state.phase.kind === "departed") return before;
  if (isBeingTold(state.rumours, claim)) return before;
  const about = subject(claim);
  const isAboutMe = about === state.self.id;
  const held = isAboutMe ? undefined : find(state.view, about);
  if (held !== undefined && isOldNews(claim, held, state.config)) return before;
  const [next, more] = isAboutMe ? answerFor(state, claim) : weigh(state, claim, held, hearing);
  return next === state && more.length === 0 ? before : [next, both(effects, more)];
}

/**
 * Whoever still says of a member what it has refuted, or that it failed when it had said goodbye, as we knew before, hears the member's own word from us,
 * as far as it fits: nobody else may think of telling it.
 */
function correct(before: State, heard: Step, claims: readonly Claim[], to: Address): Step {
  const [state, effects] = heard;
  let missed: Claim[] | null = null;
  for (const claim of claims) {
    if (claim.kind !== "suspect" && claim.kind !== "dead") continue;
    // What we tell ourselves nobody has refuted to us.
    if (isBeingTold(before.rumours, claim)) continue;
    const held = find(before.view, claim.about);
    const word = held === undefined ? undefined : lastWordAgainst(claim, held);
    if (word !== undefined) (missed ??= []).push(word);
  }
  return missed === null || state.phase.kind === "departed" ? heard : [state, [...effects, ...gossipAtOnce(state, to, missed)]];
}

/** Weighs one claim. */
export function learn(state: State, claim: Claim, hearing: Hearing): Step {
  return subject(claim) === state.self.id ? answerFor(state, claim) : weigh(state, claim, find(state.view, subject(claim)), hearing);
}

/** What is wrong with a claim about whom we hold, or have never heard of; undefined for nothing. */
function nonsenseIn(claim: Claim, held: Member | undefined, { metaLimit }: Config): "unanswerable" | "unversioned" | "oversized" | undefined {
  if (isUnanswerable(claim.kind, claimed(claim), held?.incarnation)) return "unanswerable";
  if (claim.kind !== "alive") return undefined;
  if (!isSpeaking(claim.member.versions)) return "unversioned";
  return claim.member.meta.length > metaLimit ? "oversized" : undefined;
}

function weigh(state: State, claim: Claim, held: Member | undefined, hearing: Hearing): Step {
  const nonsense = nonsenseIn(claim, held, state.config);
  if (nonsense !== undefined) return [withOddity(state, nonsense), noEffects];
  if (held !== undefined && claim.kind === "alive" && claim.member.address !== held.address) return weighMove(state, claim, claim.member, held, hearing);
  const record = recordOf(claim, held, state.config);
  if (record !== undefined) return believe(state, record, held, claim, hearing);
  if (claim.kind === "suspect" && held?.status === "suspect" && claim.incarnation >= held.incarnation) return confirm(state, claim, held, hearing.now);
  return [state, noEffects];
}

/** A name claimed from another address than ours is known at. */
function weighMove(state: State, claim: Claim, heard: Member, held: Member, hearing: Hearing): Step {
  const verdict = ofAnotherAddress(heard, held, deadFor(state, held.id, hearing.now) ?? 0, state.config);
  if (verdict === "take-over") return believe(state, heard, held, claim, hearing);
  // Old news of the member that we know, from before it moved, is no conflict.
  const isOld = verdict === "old-news" || recordOf(claim, held, state.config) === undefined;
  return [state, isOld ? noEffects : announce({ kind: "conflict", member: held, other: heard })];
}

/** Takes over a record of somebody we never heard of, as it stands in another's view. */
export function adopt(state: State, record: Member, hearing: Hearing): Step {
  if (isUnanswerable(record.status, record.incarnation, undefined)) return [withOddity(state, "unanswerable"), noEffects];
  if (record.meta.length > state.config.metaLimit) return [withOddity(state, "oversized"), noEffects];
  const by = state.self.id;
  const view = put(state.view, record);
  const next = withNews(state, view, suspicionsAfter(state, view, record, by, hearing), tombstonesAfter(state, record, hearing.now), state.rumours);
  // Nobody is told of the death of somebody it never knew.
  return isLiving(record.status) ? tellApplication(next, undefined, record, changesOf(undefined, record, by, hearing.cause, null), noEffects, hearing.now) : [next, noEffects];
}

/** The record is news: holds it from now on, starts or ends the deadlines that hang on it, tells it on. */
function believe(state: State, record: Member, held: Member | undefined, claim: Claim, hearing: Hearing): Step {
  const by = claim.kind === "alive" ? record.id : claim.from;
  const grounds = record.status === "dead" ? groundsOf(lookUp(state.suspicions, record.id)) : null;
  const view = put(state.view, record);
  const suspicions = suspicionsAfter(state, view, record, by, hearing);
  const rumours = held === undefined ? rumoursOfStranger(state, claim, hearing.source) : rumoursAfter(state, claim, hearing.source);
  const next = withNews(noteCleared(state, record, hearing.now), view, suspicions, tombstonesAfter(state, record, hearing.now), rumours);
  return tellApplication(next, held, record, changesOf(held, record, by, hearing.cause, grounds), toldAtOnce(next, claim, hearing.source), hearing.now);
}

/** Whom we suspect once this record is held. */
function suspicionsAfter({ config, suspicions }: State, view: View, { id: about, status, incarnation }: Member, by: MemberId, { now, cause }: Hearing): State["suspicions"] {
  if (status !== "suspect") return strike(suspicions, about);
  const suspicion = begun(config, sizeOf(view), { about, incarnation, by, since: now, cause: causeOf(cause) });
  return enter(suspicions, about, endsAt(suspicion), suspicion);
}

/** Whose end we remember then: from the first news of it on. Hearing it again does not prolong the memory. */
function tombstonesAfter({ config, tombstones }: State, { id: about, status }: Member, now: Instant): State["tombstones"] {
  if (isLiving(status)) return strike(tombstones, about);
  return lookUp(tombstones, about) === undefined ? enter(tombstones, about, after(now, config.forgetAfter), about) : tombstones;
}

/** Somebody else suspects the same. If that is new to us, the wait gets shorter, and the others hear of it too (memberlist rule 37). */
function confirm(state: State, claim: Exclude<Claim, { kind: "alive" }>, held: Member, now: Instant): Step {
  if (state.config.confirmations === 0) return [state, noEffects];
  const suspicion = lookUp(state.suspicions, held.id);
  const surer = suspicion === undefined ? undefined : confirmed(suspicion, claim.from);
  if (surer === undefined) return [state, noEffects];
  const due = rankOf(state.suspicions, held.id) as Instant;
  const suspicions = enter(state.suspicions, held.id, endsConfirmedAt(surer, due, now, state.listensUntil, state.config), surer);
  const [told, effects] = tellOn(withSuspicions(state, suspicions), claim, "hearsay");
  // Who was not told that it is suspected need not hear who else suspects it.
  return [told, isDamped(state.flaps, held.id, state.config) ? effects : [announcement({ kind: "confirmed", member: held, by: claim.from }), ...effects]];
}

/** Passes news on: as a rumour, or, in SWIM's basic variant, at once to everyone, by whoever has it first hand. */
export const tellOn = (state: State, claim: Claim, source: Source): Step =>
  [withRumours(state, rumoursAfter(state, claim, source)), toldAtOnce(state, claim, source)];

type Telling = Pick<State, "config" | "rumours">;

/** What is told once a claim was heard. */
function rumoursAfter({ config, rumours }: Telling, claim: Claim, source: Source): State["rumours"] {
  // What was being told of it is out of date, whether or not this can be told.
  if (source === "settled" || !isTellable(claim, config)) return hush(rumours, subject(claim));
  return config.dissemination === "piggyback" ? spread(rumours, claim, config.tellOrder) : rumours;
}

/** The same if it is about somebody whom we have just met: we told nothing of it (an invariant: what is told is of somebody held). */
export const rumoursOfStranger = ({ config, rumours }: Telling, claim: Claim, source: Source): State["rumours"] =>
  source !== "settled" && config.dissemination === "piggyback" && isTellable(claim, config) ? spreadFirst(rumours, claim, config.tellOrder) : rumours;

const isTellable = (claim: Claim, { datagramBudget }: Config): boolean => fitsADatagram(entryOf(claim).size, datagramBudget);

function toldAtOnce(state: State, claim: Claim, source: Source): readonly Effect[] {
  if (state.config.dissemination === "piggyback" || source !== "first-hand") return noEffects;
  return fitsADatagram(sizeInDatagram(claim), state.config.datagramBudget) ? tellEveryone(state, claim) : noEffects;
}

/** Whom we declare dead hears it too, as it would if the network multicast: so it can refute, or go. */
function tellEveryone(state: State, claim: Claim): readonly Effect[] {
  const effects: Effect[] = [];
  for (const member of membersOf(state.view)) {
    if (member.id === state.self.id || (!isLiving(member.status) && member.id !== subject(claim))) continue;
    effects.push(sending(member.address, gossipOf(claim)));
  }
  return effects;
}

/** Somebody speaks of us. */
function answerFor(state: State, claim: Claim): Step {
  const nonsense = nonsenseIn(claim, state.self, state.config);
  if (nonsense !== undefined) return [withOddity(state, nonsense), noEffects];
  const { self, phase, config } = state;
  if (phase.kind !== "member") return [state, noEffects];
  if (claim.kind === "alive" && claim.member.address !== self.address) {
    // Old news of ourselves, from before we moved, is no conflict.
    if (claimed(claim) < self.incarnation) return [state, noEffects];
    return [withOddity(state, "namesakes"), announce({ kind: "conflict", member: self, other: claim.member })];
  }
  const verdict = ofMyself(claim, self, config);
  switch (verdict) {
    case "ignore": return [state, noEffects];
    case "refute":
    case "renew":  return refute(state, claim, verdict);
    case "depart": return depart(state);
  }
}

/** Speaks up: with an incarnation above the one accused, so that this word overrules that one everywhere (SWIM §4.2). To be accused is a bad sign (rule 44). */
function refute(state: State, claim: Claim, verdict: "refute" | "renew"): Step {
  const self = standing(state.self, "alive", answerTo(claimed(claim), state.self.incarnation, verdict, state.config));
  const by = claim.kind === "alive" ? claim.member.id : claim.from;
  const changed: Change = { kind: "refuted", member: self, accused: claimed(claim), by };
  const [told, effects] = speakForMyself(withHealth(state, adjusted(state.health, 1, state.config)), self);
  return [told, [announcement(changed), ...effects]];
}

/** Holds a new record of ourselves, and lets the group know. */
export function speakForMyself(state: State, self: Member): Step {
  return tellOn(withSelf(state, self, put(state.view, self)), { kind: "alive", member: self }, "first-hand");
}

/** Ends our membership: from here on we neither speak nor listen. */
export function depart(state: State): Step {
  return [withPhase(state, { kind: "departed" }), announce({ kind: "departed", member: state.self })];
}

/** How long ago a member that is held dead died, as far as we know; undefined if nothing is remembered of its end. */
export function deadFor(state: State, id: MemberId, now: Instant): number | undefined {
  const forgottenAt = rankOf(state.tombstones, id);
  return forgottenAt === undefined ? undefined : since(now, (forgottenAt - state.config.forgetAfter) as Instant);
}
