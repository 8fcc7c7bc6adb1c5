/** What a member does with news: weigh it, believe it, tell it on, and tell the application. All exchanges meet here, and only here. */

import { enter, lookUp, strike } from "../words/agenda.ts";
import type { Claim, Member } from "../words/member.ts";
import { claimed, isLiving, subject } from "../words/member.ts";
import type { Instant, MemberId } from "../words/units.ts";
import { above, after } from "../words/units.ts";
import type { Change, Effect } from "../messages/effect.ts";
import { find, membersOf, put, sizeOf } from "../view/index.ts";
import { fitsADatagram, spread } from "../rules/dissemination.ts";
import { isUnanswerable, ofMyself, recordOf, standing } from "../rules/membership.ts";
import { suspectFor } from "../rules/suspicion.ts";
import type { State, Step } from "../state.ts";
import { both, noEffects } from "../state.ts";
import { withOddity, withPhase, withRumours, withSelf, withSuspicions, withTombstones, withView } from "../with.ts";

/**
 * Where news comes from, which decides who tells it on: what is `first-hand` everybody must hear from us; `hearsay` is told on by
 * all who hear it; what is `settled` the others know already (the group that a newcomer joins).
 */
export type Source = "first-hand" | "hearsay" | "settled";

/** Listens to the gossip on a message. */
export function hear(state: State, claims: readonly Claim[], now: Instant): Step {
  let current = state;
  let effects = noEffects;
  for (const claim of claims) {
    // What we just heard may have been our end.
    if (current.phase.kind === "departed") break;
    const [next, more] = learn(current, claim, now, "hearsay");
    current = next;
    effects = both(effects, more);
  }
  return [current, effects];
}

/** Weighs one claim. */
export function learn(state: State, claim: Claim, now: Instant, source: Source): Step {
  if (isUnanswerable(claim.kind, claimed(claim))) return [withOddity(state, "unanswerable"), noEffects];
  if (subject(claim) === state.self.id) return answerFor(state, claim);
  const held = find(state.view, subject(claim));
  const record = recordOf(claim, held, state.config.death);
  if (record === undefined) return [state, noEffects];
  return believe(state, record, held, claim, now, source);
}

/** Takes over a record of somebody we never heard of, as it stands in another's view. */
export function adopt(state: State, record: Member, now: Instant): Step {
  if (isUnanswerable(record.status, record.incarnation)) return [withOddity(state, "unanswerable"), noEffects];
  const by = state.self.id;
  const next = withDeadlines(withView(state, put(state.view, record)), record, by, now);
  // Nobody is told of the death of somebody it never knew.
  return [next, isLiving(record.status) ? changesOf(undefined, record, by).map(announcement) : noEffects];
}

/** The record is news: holds it from now on, starts or ends the deadlines that hang on it, tells it on. */
function believe(state: State, record: Member, held: Member | undefined, claim: Claim, now: Instant, source: Source): Step {
  const by = claim.kind === "alive" ? record.id : claim.from;
  const seen = withView(state, put(state.view, record));
  const [told, effects] = tellOn(withDeadlines(seen, record, by, now), claim, source);
  const changes = changesOf(held, record, by);
  return [told, changes.length === 0 ? effects : [...changes.map(announcement), ...effects]];
}

function withDeadlines(state: State, record: Member, by: MemberId, now: Instant): State {
  switch (record.status) {
    case "alive":   return withoutTombstone(withoutSuspicion(state, record.id), record.id);
    case "suspect": return withoutTombstone(withSuspicion(state, record, by, now), record.id);
    case "dead":
    case "left":    return withTombstone(withoutSuspicion(state, record.id), record.id, now);
  }
}

function withSuspicion(state: State, record: Member, by: MemberId, now: Instant): State {
  const suspicion = { about: record.id, incarnation: record.incarnation, since: now, by };
  const endsAt = after(now, suspectFor(state.config, sizeOf(state.view)));
  return withSuspicions(state, enter(state.suspicions, record.id, endsAt, suspicion));
}

const withoutSuspicion = (state: State, about: MemberId): State => withSuspicions(state, strike(state.suspicions, about));

/** Remembered from the first news of the end on: hearing it again does not prolong the memory. */
function withTombstone(state: State, about: MemberId, now: Instant): State {
  if (lookUp(state.tombstones, about) !== undefined) return state;
  return withTombstones(state, enter(state.tombstones, about, after(now, state.config.forgetAfter), about));
}

const withoutTombstone = (state: State, about: MemberId): State => withTombstones(state, strike(state.tombstones, about));

/** What the application hears when a record takes the place of another. */
function changesOf(held: Member | undefined, record: Member, by: MemberId): readonly Change[] {
  const wasLiving = held !== undefined && isLiving(held.status);
  switch (record.status) {
    case "alive":
      if (!wasLiving) return [{ kind: "joined", member: record }];
      if (held.status === "suspect") return isUpdate(held, record) ? [{ kind: "cleared", member: record }, { kind: "updated", member: record }] : [{ kind: "cleared", member: record }];
      return isUpdate(held, record) ? [{ kind: "updated", member: record }] : [];
    case "suspect":
      if (!wasLiving) return [{ kind: "joined", member: record }, { kind: "suspected", member: record, by }];
      return held.status === "suspect" ? [] : [{ kind: "suspected", member: record, by }];
    case "dead":
      return held?.status === "dead" ? [] : [{ kind: "failed", member: record, by }];
    case "left":
      return held?.status === "left" ? [] : [{ kind: "left", member: record }];
  }
}

const isUpdate = (held: Member, record: Member): boolean => held.meta !== record.meta || held.address !== record.address;

const announcement = (change: Change): Effect => ({ kind: "announce", change });
/** One announcement, as a list of effects. */
export const announce = (change: Change): readonly Effect[] => [announcement(change)];

/** Passes news on: as a rumour, or, in SWIM's basic variant, at once to everyone, by whoever has it first hand. */
export function tellOn(state: State, claim: Claim, source: Source): Step {
  if (source === "settled" || !fitsADatagram(claim, state.config.datagramBudget)) return [state, noEffects];
  if (state.config.dissemination === "piggyback") return [withRumours(state, spread(state.rumours, claim)), noEffects];
  return [state, source === "first-hand" ? tellEveryone(state, claim) : noEffects];
}

/** Whom we declare dead hears it too, as it would if the network multicast: so it can refute, or go. */
function tellEveryone(state: State, claim: Claim): readonly Effect[] {
  const effects: Effect[] = [];
  for (const member of membersOf(state.view)) {
    if (member.id === state.self.id || (!isLiving(member.status) && member.id !== subject(claim))) continue;
    effects.push({ kind: "send", to: member.address, message: { kind: "gossip", gossip: [claim] } });
  }
  return effects;
}

/** Somebody speaks of us. */
function answerFor(state: State, claim: Claim): Step {
  if (state.phase.kind !== "member") return [state, noEffects];
  if (claim.kind === "alive" && claim.member.address !== state.self.address && claimed(claim) === state.self.incarnation) {
    return [withOddity(state, "namesakes"), noEffects];
  }
  switch (ofMyself(claim, state.self, state.config.death)) {
    case "ignore": return [state, noEffects];
    case "refute": return refute(state, claim);
    case "depart": return depart(state);
  }
}

/** Speaks up: with an incarnation above the one accused, so that this word overrules that one everywhere (SWIM §4.2). */
function refute(state: State, claim: Claim): Step {
  const self = standing(state.self, "alive", above(state.self.incarnation, claimed(claim)));
  const by = claim.kind === "alive" ? claim.member.id : claim.from;
  const changed: Change = { kind: "refuted", member: self, accused: claimed(claim), by };
  const [told, effects] = speakForMyself(state, self);
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
