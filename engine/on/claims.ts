/** What a member does with a claim: weigh it, believe it, gossip it, and announce it. Every claim passes through here, however it came. */

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
 * Where news comes from, which decides who gossips it. `first-hand`: the others can hear it only from us. `hearsay`: all members that hear it
 * gossip it. `settled`: the others know it already (the group that a newcomer joins).
 */
export type Source = "first-hand" | "hearsay" | "settled";

/** How and when news reached us. */
export type Hearing = { readonly now: Instant; readonly source: Source; readonly cause: Ending };

/** Processes the gossip of a message. If the sender has missed something that we know, we tell it. */
export function hear(state: State, claims: readonly Claim[], hearing: Hearing): Step {
  const heard = hearAll(state, claims, hearing);
  return state.config.correction === "on" && hearing.cause.kind === "gossip" ? correct(state, heard, claims, hearing.cause.via) : heard;
}

/** In the order of the message, or in memberlist's (rule 64): alive claims first, and the last first. */
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

/** Processes one claim. Most have been heard before: for those nothing is allocated. */
function hearOne(before: Step, claim: Claim, hearing: Hearing): Step {
  const [state, effects] = before;
  // The claim before this one may have ended our membership.
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
 * If the sender repeats an accusation that we already knew to be refuted, or calls failed a member that has left, we send it the member's own last claim,
 * as far as it fits: perhaps nobody else would.
 */
function correct(before: State, heard: Step, claims: readonly Claim[], to: Address): Step {
  const [state, effects] = heard;
  let missed: Claim[] | null = null;
  for (const claim of claims) {
    if (claim.kind !== "suspect" && claim.kind !== "dead") continue;
    // An accusation that we gossip ourselves has not been refuted, as far as we know.
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

/** What is wrong with a claim about a member, known (`held`) or unknown; undefined if nothing is. */
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

/** A name is claimed from another address than the one we know. */
function weighMove(state: State, claim: Claim, heard: Member, held: Member, hearing: Hearing): Step {
  const verdict = ofAnotherAddress(heard, held, deadFor(state, held.id, hearing.now) ?? 0, state.config);
  if (verdict === "take-over") return believe(state, heard, held, claim, hearing);
  // Old news about the member that we know, from before it moved, is no conflict.
  const isOld = verdict === "old-news" || recordOf(claim, held, state.config) === undefined;
  return [state, isOld ? noEffects : announce({ kind: "conflict", member: held, other: heard })];
}

/** Adopts the record of an unknown member as it is in another's view. */
export function adopt(state: State, record: Member, hearing: Hearing): Step {
  if (isUnanswerable(record.status, record.incarnation, undefined)) return [withOddity(state, "unanswerable"), noEffects];
  if (record.meta.length > state.config.metaLimit) return [withOddity(state, "oversized"), noEffects];
  const by = state.self.id;
  const view = put(state.view, record);
  const next = withNews(state, view, suspicionsAfter(state, view, record, by, hearing), tombstonesAfter(state, record, hearing.now), state.rumours);
  // The death of a member that was never announced is not announced either.
  return isLiving(record.status) ? tellApplication(next, undefined, record, changesOf(undefined, record, by, hearing.cause, null), noEffects, hearing.now) : [next, noEffects];
}

/** The record is news: puts it into the view, starts or ends its deadlines, gossips and announces it. */
function believe(state: State, record: Member, held: Member | undefined, claim: Claim, hearing: Hearing): Step {
  const by = claim.kind === "alive" ? record.id : claim.from;
  const grounds = record.status === "dead" ? groundsOf(lookUp(state.suspicions, record.id)) : null;
  const view = put(state.view, record);
  const suspicions = suspicionsAfter(state, view, record, by, hearing);
  const rumours = held === undefined ? rumoursOfStranger(state, claim, hearing.source) : rumoursAfter(state, claim, hearing.source);
  const next = withNews(noteCleared(state, record, hearing.now), view, suspicions, tombstonesAfter(state, record, hearing.now), rumours);
  return tellApplication(next, held, record, changesOf(held, record, by, hearing.cause, grounds), toldAtOnce(next, claim, hearing.source), hearing.now);
}

/** The suspicions once this record is held. */
function suspicionsAfter({ config, suspicions }: State, view: View, { id: about, status, incarnation }: Member, by: MemberId, { now, cause }: Hearing): State["suspicions"] {
  if (status !== "suspect") return strike(suspicions, about);
  const suspicion = begun(config, sizeOf(view), { about, incarnation, by, since: now, cause: causeOf(cause) });
  return enter(suspicions, about, endsAt(suspicion), suspicion);
}

/** The tombstones once this record is held. One counts from the first news of the end; hearing it again does not prolong it. */
function tombstonesAfter({ config, tombstones }: State, { id: about, status }: Member, now: Instant): State["tombstones"] {
  if (isLiving(status)) return strike(tombstones, about);
  return lookUp(tombstones, about) === undefined ? enter(tombstones, about, after(now, config.forgetAfter), about) : tombstones;
}

/** Another member suspects the same. If that is new to us, the wait gets shorter, and we gossip the confirmation (memberlist rule 37). */
function confirm(state: State, claim: Exclude<Claim, { kind: "alive" }>, held: Member, now: Instant): Step {
  if (state.config.confirmations === 0) return [state, noEffects];
  const suspicion = lookUp(state.suspicions, held.id);
  const surer = suspicion === undefined ? undefined : confirmed(suspicion, claim.from);
  if (surer === undefined) return [state, noEffects];
  const due = rankOf(state.suspicions, held.id) as Instant;
  const suspicions = enter(state.suspicions, held.id, endsConfirmedAt(surer, due, now, state.listensUntil, state.config), surer);
  const [told, effects] = tellOn(withSuspicions(state, suspicions), claim, "hearsay");
  // If the suspicion was not announced (damping), its confirmations are not either.
  return [told, isDamped(state.flaps, held.id, state.config) ? effects : [announcement({ kind: "confirmed", member: held, by: claim.from }), ...effects]];
}

/** Disseminates a claim: as a rumour, or, in SWIM's basic variant, at once to everyone if we have it first hand. */
export const tellOn = (state: State, claim: Claim, source: Source): Step =>
  [withRumours(state, rumoursAfter(state, claim, source)), toldAtOnce(state, claim, source)];

type Telling = Pick<State, "config" | "rumours">;

/** The rumours once a claim was heard. */
function rumoursAfter({ config, rumours }: Telling, claim: Claim, source: Source): State["rumours"] {
  // The rumour about this member is out of date, whether or not the new claim can be told.
  if (source === "settled" || !isTellable(claim, config)) return hush(rumours, subject(claim));
  return config.dissemination === "piggyback" ? spread(rumours, claim, config.tellOrder) : rumours;
}

/** The same for a member that is new to us: no rumour about it can wait (an invariant: rumours are about members in the view). */
export const rumoursOfStranger = ({ config, rumours }: Telling, claim: Claim, source: Source): State["rumours"] =>
  source !== "settled" && config.dissemination === "piggyback" && isTellable(claim, config) ? spreadFirst(rumours, claim, config.tellOrder) : rumours;

const isTellable = (claim: Claim, { datagramBudget }: Config): boolean => fitsADatagram(entryOf(claim).size, datagramBudget);

function toldAtOnce(state: State, claim: Claim, source: Source): readonly Effect[] {
  if (state.config.dissemination === "piggyback" || source !== "first-hand") return noEffects;
  return fitsADatagram(sizeInDatagram(claim), state.config.datagramBudget) ? tellEveryone(state, claim) : noEffects;
}

/** The member that we declare dead is told as well, as it would be by a network multicast: so it can refute, or depart. */
function tellEveryone(state: State, claim: Claim): readonly Effect[] {
  const effects: Effect[] = [];
  for (const member of membersOf(state.view)) {
    if (member.id === state.self.id || (!isLiving(member.status) && member.id !== subject(claim))) continue;
    effects.push(sending(member.address, gossipOf(claim)));
  }
  return effects;
}

/** Processes a claim about ourselves. */
function answerFor(state: State, claim: Claim): Step {
  const nonsense = nonsenseIn(claim, state.self, state.config);
  if (nonsense !== undefined) return [withOddity(state, nonsense), noEffects];
  const { self, phase, config } = state;
  if (phase.kind !== "member") return [state, noEffects];
  if (claim.kind === "alive" && claim.member.address !== self.address) {
    // Old news about ourselves, from before we moved, is no conflict.
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

/** Refutes: with an incarnation above the accused one, so that our claim overrules the accusation everywhere (SWIM §4.2). Being accused worsens our health (memberlist rule 44). */
function refute(state: State, claim: Claim, verdict: "refute" | "renew"): Step {
  const self = standing(state.self, "alive", answerTo(claimed(claim), state.self.incarnation, verdict, state.config));
  const by = claim.kind === "alive" ? claim.member.id : claim.from;
  const changed: Change = { kind: "refuted", member: self, accused: claimed(claim), by };
  const [told, effects] = speakForMyself(withHealth(state, adjusted(state.health, 1, state.config)), self);
  return [told, [announcement(changed), ...effects]];
}

/** Sets our own record, and gossips it. */
export function speakForMyself(state: State, self: Member): Step {
  return tellOn(withSelf(state, self, put(state.view, self)), { kind: "alive", member: self }, "first-hand");
}

/** Ends our membership: from now on we send nothing and process nothing. */
export function depart(state: State): Step {
  return [withPhase(state, { kind: "departed" }), announce({ kind: "departed", member: state.self })];
}

/** How long ago we first heard of a gone member's end; undefined if it has no tombstone. */
export function deadFor(state: State, id: MemberId, now: Instant): number | undefined {
  const forgottenAt = rankOf(state.tombstones, id);
  return forgottenAt === undefined ? undefined : since(now, (forgottenAt - state.config.forgetAfter) as Instant);
}
