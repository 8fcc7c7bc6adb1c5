/** What is always true of a member, and of each step. Every run of the tests checks it; docs/invariants.md says why. */

import type { Agenda } from "./words/agenda.ts";
import { count, firstName, inOrder, lookUp, rankOf, strikeFirst } from "./words/agenda.ts";
import type { Config } from "./words/config.ts";
import type { Claim, Member } from "./words/member.ts";
import { claimed, isLiving, subject } from "./words/member.ts";
import { GREATEST_SEQ, NEVER, seqNo, seqsBetween, type Instant, type MemberId, type SeqNo } from "./words/units.ts";
import type { Event } from "./messages/event.ts";
import { deadIn, differences, find, livingIn, membersOf, put, sizeOf } from "./view/index.ts";
import { claimsWaiting, rumourOf, rumoursWaiting, tellLimit } from "./rules/dissemination.ts";
import { errandName } from "./rules/errand.ts";
import { broadcastsWaiting } from "./rules/mail.ts";
import { overrules, type Standing } from "./rules/membership.ts";
import type { Probe } from "./rules/probe.ts";
import { deadlines, nextWake, type State } from "./state.ts";

/** A property of every state of a member, whatever its peers do. A violation is our own bug. */
export type Invariant = {
  readonly name: string;
  /** The slices that it depends on: while they are the very same objects, it need not be checked again. */
  readonly reads: readonly (keyof State)[];
  readonly holds: (state: State) => boolean;
};

/** A property of every step: of the state before, the event, and the state after. */
export type Transition = { readonly name: string; readonly holds: (before: State, event: Event, after: State) => boolean };

/** O(n log n) altogether: for tests and debugging. */
export const invariants: readonly Invariant[] = [
  { name: "a member's record in its own view equals its self", reads: ["view", "self"], holds: ({ view, self }) => put(view, self) === view },
  { name: "a member is alive in its own view until it leaves", reads: ["self", "phase"], holds: isTrueToItsPhase },
  { name: "the counts of a view equal those of its members", reads: ["view"], holds: isCounted },
  { name: "each suspect has a suspicion, and nobody else has one", reads: ["view", "suspicions"], holds: isEachSuspectSuspected },
  { name: "each other member that is dead or left has a tombstone, and nobody else has one", reads: ["view", "tombstones", "self"], holds: isEachGraveMarked },
  { name: "a member never probes itself, and only one member at a time", reads: ["probe", "self"], holds: ({ probe, self }) => probe.attempt?.target !== self.id },
  { name: "no two open questions have the same seq, and none has one not yet used", reads: ["probe", "errands", "seq"], holds: areQuestionsApart },
  { name: "health is between 0 and healthMax", reads: ["health", "config"], holds: ({ health, config }) => health >= 0 && health <= config.healthMax },
  { name: "no suspicion has more confirmations than it wants, none twice, and none from its author", reads: ["suspicions"], holds: areConfirmationsIndependent },
  { name: "gossip between probes is scheduled only while there is something to tell", reads: ["gossip", "config", "rumours", "mail"], holds: isGossipForNews },
  { name: "there are at most errandsLimit errands", reads: ["errands", "config"], holds: ({ errands, config }) => count(errands) <= config.errandsLimit },
  { name: "no rumour overrules the record that its teller holds", reads: ["view", "rumours", "config"], holds: isEachRumourBelieved },
  { name: "a retry of the join is scheduled if seeds are known, and only then", reads: ["sync"], holds: ({ sync }) => (sync.joinAgainAt === NEVER) === (sync.seeds.length === 0) },
  {
    name: "the alarm is the earliest deadline",
    reads: ["config", "phase", "probe", "suspicions", "gossip", "errands", "tombstones", "flaps", "sync"],
    holds: (state) => nextWake(state) === earliestDeadline(state),
  },
];

/** Their cost is proportional to what a step changed, except for the limit on tellings. */
export const transitions: readonly Transition[] = [
  { name: "id, address and configuration do not change", holds: isTheSameMember },
  { name: "a member's own incarnation never falls", holds: (before, _, after) => after.self.incarnation >= before.self.incarnation },
  { name: "a member raises its own incarnation only after a message or on request", holds: speaksUpForAReason },
  {
    name: "records of other members change only by messages and deadlines",
    holds: eachChange(({ id }, { self }, event) => id === self.id || isWaking(event) || hears(event)),
  },
  {
    name: "only the member itself raises its incarnation",
    holds: eachChange((change, { self, probe }, event) => change.id === self.id || isSameIncarnation(change, probe) || hears(event)),
  },
  {
    name: "no dead or departed member is living again without a higher incarnation, nor at all where death is final",
    holds: eachChange((change, { config }) => !isReturn(change) || isAllowedToReturn(change, config)),
  },
  {
    name: "a record is replaced only by one that overrules it",
    holds: eachChange((change, { config }) => isNews(change, config)),
  },
  {
    name: "only dead and departed members are forgotten, and only once their tombstones expire",
    holds: eachChange((change, before, event) => change.is !== undefined || isOver(change, before, event)),
  },
  { name: "no rumour is told more often than its limit", holds: isEachRumourWithinLimit },
  { name: "seqs only rise, and start again after the greatest", holds: (before, _, after) => isUsed(before.seq, after.seq) },
  { name: "after an alarm no deadline is overdue", holds: (_, event, after) => event.kind !== "woke" || nextWake(after) > event.now },
  { name: "the state of a departed member does not change", holds: (before, _, after) => before.phase.kind !== "departed" || before === after },
];

/** The names of the invariants that this state violates: none, unless we have a bug. */
export const brokenIn = (state: State): readonly string[] => invariants.filter(({ holds }) => !holds(state)).map(({ name }) => name);

/** The same for the state after a step, if all held before: checks only the invariants whose slices the step changed. */
export const brokenAfter = (before: State, after: State): readonly string[] =>
  before === after ? [] : invariants.filter(({ reads, holds }) => reads.some((part) => before[part] !== after[part]) && !holds(after)).map(({ name }) => name);

/** The names of the transitions that this step violates. */
export const brokenBetween = (before: State, event: Event, after: State): readonly string[] =>
  transitions.filter(({ holds }) => !holds(before, event, after)).map(({ name }) => name);

function isTrueToItsPhase({ self, phase }: State): boolean {
  switch (phase.kind) {
    case "member":   return self.status === "alive";
    case "leaving":  return self.status === "left";
    case "departed": return self.status === "alive" || self.status === "left";
  }
}

function isCounted({ view }: State): boolean {
  const members = membersOf(view);
  const living = members.filter(({ status }) => isLiving(status)).length;
  const dead = members.filter(({ status }) => status === "dead").length;
  return sizeOf(view) === members.length && livingIn(view) === living && deadIn(view) === dead;
}

function isEachSuspectSuspected({ view, suspicions }: State): boolean {
  const suspects = membersOf(view).filter(({ status }) => status === "suspect");
  return suspects.length === count(suspicions) && suspects.every(({ id, incarnation }) => lookUp(suspicions, id)?.incarnation === incarnation);
}

function isEachGraveMarked({ view, tombstones, self }: State): boolean {
  const gone = membersOf(view).filter(({ id, status }) => id !== self.id && !isLiving(status));
  return gone.length === count(tombstones) && gone.every(({ id }) => lookUp(tombstones, id) === id);
}

function areConfirmationsIndependent({ suspicions }: State): boolean {
  return inOrder(suspicions).every(({ by, confirmedBy, wanted }) => confirmedBy.length <= wanted && !confirmedBy.includes(by) && new Set(confirmedBy).size === confirmedBy.length);
}

function areQuestionsApart({ probe: { attempt }, errands, seq }: State): boolean {
  if (attempt !== null && (!isUsed(attempt.seq, seq) || lookUp(errands, errandName(attempt.seq)) !== undefined)) return false;
  return namesOn(errands).every((name) => isUsed(seqNo(Number(name)), seq));
}

const isUsed = (seq: SeqNo, last: SeqNo): boolean => seqsBetween(seq, last) < GREATEST_SEQ / 2;

function namesOn<T>(agenda: Agenda<T>): readonly string[] {
  const names: string[] = [];
  for (let rest = agenda; rest !== null; rest = strikeFirst(rest)) names.push(firstName(rest) ?? "");
  return names;
}

function isGossipForNews({ gossip, config, rumours, mail }: State): boolean {
  return gossip.at === NEVER || (config.gossipEvery > 0 && rumoursWaiting(rumours) + broadcastsWaiting(mail) > 0);
}

function isEachRumourBelieved({ view, rumours, config }: State): boolean {
  return claimsWaiting(rumours).every((claim) => {
    const held = find(view, subject(claim));
    return held !== undefined && !overrules(standingOf(claim), held, config);
  });
}

/** A rumour that was told more often than before and still waits must be below its limit. */
function isEachRumourWithinLimit(before: State, _: Event, after: State): boolean {
  if (after.rumours === before.rumours || rumoursWaiting(after.rumours) === 0) return true;
  const limit = Math.max(tellLimit(before.config, sizeOf(before.view)), tellLimit(after.config, sizeOf(after.view)));
  return claimsWaiting(after.rumours).every((claim) => {
    const told = rumourOf(after.rumours, subject(claim))?.told ?? 0;
    return told < limit || told === rumourOf(before.rumours, subject(claim))?.told;
  });
}

function earliestDeadline(state: State): Instant {
  if (state.phase.kind === "departed") return NEVER;
  return deadlines(state).reduce((earliest, { at }) => (at < earliest ? at : earliest), NEVER);
}

const standingOf = (claim: Claim): Standing => ({ status: claim.kind, incarnation: claimed(claim) });

const isWaking = (event: Event): boolean => event.kind === "woke" || event.kind === "woke-mute";

const hears = (event: Event): boolean => event.kind === "received" || event.kind === "exchange-opened" || event.kind === "exchange-answered";

function isTheSameMember(before: State, _: Event, after: State): boolean {
  return before.self.id === after.self.id && before.self.address === after.self.address && before.config === after.config;
}

function speaksUpForAReason(before: State, event: Event, after: State): boolean {
  return hears(event) || event.kind === "asked-to-update" || after.self.incarnation === before.self.incarnation;
}

/** A member whose record differs before and after a step. */
type Change = { readonly id: MemberId; readonly was: Member | undefined; readonly is: Member | undefined };

/** Holds if each change of the view is allowed. */
function eachChange(isAllowed: (change: Change, before: State, event: Event) => boolean): Transition["holds"] {
  return (before, event, after) => differences(before.view, after.view).every(({ mine: was, theirs: is }) => {
    const id = (was ?? is)?.id;
    return id === undefined || isAllowed({ id, was, is }, before, event);
  });
}

/** Is it the incarnation that we held, or that we probed? (The probed one may have been forgotten since, or overruled by a final claim about an earlier one.) */
const isSameIncarnation = ({ id, was, is }: Change, { attempt }: Probe): boolean =>
  is === undefined || was?.incarnation === is.incarnation || (attempt?.target === id && attempt.incarnation === is.incarnation);

const isReturn = ({ was, is }: Change): boolean => was !== undefined && is !== undefined && !isLiving(was.status) && isLiving(is.status);

const isAllowedToReturn = ({ was, is }: Change, config: Config): boolean =>
  was !== undefined && is !== undefined && (hasMoved(was, is) || (overrules(is, was, config) && is.incarnation > was.incarnation));

/** A member that takes over a name is a different one: its incarnations start anew (memberlist rule 30). */
const hasMoved = (was: Member, is: Member): boolean => was.address !== is.address;

/** One step may process several claims. Without a total order the last record need not overrule the first, but its incarnation must be higher. */
const isNews = ({ was, is }: Change, config: Config): boolean =>
  was === undefined || is === undefined || hasMoved(was, is) || overrules(is, was, config) || (config.precedence === "memberlist" && is.incarnation > was.incarnation);

/** Was this member gone, and was its tombstone due? */
function isOver({ id, was }: Change, { tombstones }: State, event: Event): boolean {
  if (was === undefined || isLiving(was.status)) return false;
  const due = rankOf(tombstones, id);
  return due !== undefined && due <= event.now;
}
