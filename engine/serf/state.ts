/** The whole state of a member's Serf layer: what it knows beyond the engine, its start, and its deadlines. */

import type { Agenda } from "../words/agenda.ts";
import { enter, inOrder, nothing } from "../words/agenda.ts";
import { assert } from "../words/assert.ts";
import type { Member } from "../words/member.ts";
import type { Instant, LamportTime, MemberId } from "../words/units.ts";
import { NEVER } from "../words/units.ts";
import type { SerfConfig } from "./config.ts";
import { serfDefaults, USER_EVENT_LIMIT } from "./config.ts";
import type { Crowd } from "./crowd.ts";
import { BEFORE_ALL, startClocks, type Clocks } from "./lamport.ts";
import { startLocating, type Locating } from "./locating.ts";
import type { EventText, Intent, UserState } from "./message.ts";
import type { SerfOutput } from "./output.ts";
import { emptyRing, slotsOf, type Ring } from "./ring.ts";
import type { SerfStatus } from "./status.ts";

/** What Serf knows of a member that the engine announced, ourselves included. */
export type SerfMember = {
  /** Its record, as the engine announced it last. */
  readonly member: Member;
  readonly status: SerfStatus;
  /** The Lamport time of the latest intent that we believed; 0 for none. */
  readonly ltime: LamportTime;
  /** Is it to be forgotten as soon as it has left? */
  readonly prune: boolean;
};

/** A query of our own that waits for answers: which members acknowledged it, and which answered. */
export type Question = { readonly acks: Crowd<MemberId>; readonly answers: Crowd<MemberId> };

/** A value: keeping an old one is free. */
export type SerfState = {
  readonly config: SerfConfig;
  readonly self: MemberId;
  readonly phase: SerfPhase;
  readonly clocks: Clocks;
  /** By name; all have the same rank. */
  readonly members: Agenda<SerfMember>;
  /** The latest intent about each unknown member, ranked by when it is forgotten. */
  readonly strangers: Agenda<Intent>;
  readonly events: Ring<EventText>;
  /** The ids of queries. */
  readonly queries: Ring<number>;
  /** Our own queries, by Lamport time and id, ranked by when they end. */
  readonly questions: Agenda<Question>;
  readonly attachment: Attachment;
  readonly locating: Locating;
  readonly oddities: SerfOddities;
};

/**
 * - `here`: in the group, or alone.
 * - `joining`: until the first user state of another member comes in; then we send a join intent.
 * - `leaving`: we sent our intent to leave, and leave at `leaveAt`.
 * - `gone`: the engine was told to leave.
 */
export type SerfPhase =
  | { readonly kind: "here" }
  | { readonly kind: "joining"; readonly oldEvents: "heard" | "ignored" }
  | { readonly kind: "leaving"; readonly leaveAt: Instant }
  | { readonly kind: "gone" };

/** Do we mean to stay? */
export const isStaying = ({ phase }: SerfState): boolean => phase.kind === "here" || phase.kind === "joining";

/** Does the engine have our latest user state? If not, it gets it at `notBefore`. */
export type Attachment = { readonly isStale: boolean; readonly notBefore: Instant };

/** Counts of input that made no sense. */
export type SerfOddities = {
  /** Payloads and states that are not Serf's, or not for us. */
  readonly unreadable: number;
  /** User events and queries that are longer than allowed. */
  readonly oversized: number;
  /** User events and queries for which there was no room, because too many of one Lamport time were made to have the same hash (`crowd.ts`). */
  readonly crowded: number;
};

/** The next state, and what to do, in order. */
export type SerfStep = readonly [state: SerfState, outputs: readonly SerfOutput[]];

/** Nothing to do. */
export const noOutputs: readonly SerfOutput[] = [];

/** What Serf's layer starts from. `self` is our own record, as the engine starts with it. */
export type SerfBirth = { readonly self: Member; readonly now: Instant; readonly config?: SerfConfig };

/** A new Serf layer: it knows its own member, and has a user state to attach at once. */
export function startSerf({ self, now, config = serfDefaults }: SerfBirth): SerfState {
  assert(config.userEventLimit <= USER_EVENT_LIMIT, `user events of at most ${USER_EVENT_LIMIT} bytes`);
  const members = withMember(nothing, { member: self, status: "alive", ltime: BEFORE_ALL, prune: false });
  return {
    config, self: self.id, phase: { kind: "here" }, clocks: startClocks, members, strangers: nothing, events: emptyRing, queries: emptyRing, questions: nothing,
    attachment: { isStale: true, notBefore: now }, locating: startLocating(self.id), oddities: { unreadable: 0, oversized: 0, crowded: 0 },
  };
}

/** Adds a member's record, or replaces it. */
export const withMember = (members: Agenda<SerfMember>, held: SerfMember): Agenda<SerfMember> => enter(members, held.member.id, 0, held);

/** When this layer next wants to be woken. A driver sets its alarm to the earlier of this and the engine's. */
export function nextSerfWake({ phase, attachment }: SerfState): Instant {
  const leaveAt = phase.kind === "leaving" ? phase.leaveAt : NEVER;
  return attachment.isStale && attachment.notBefore < leaveAt ? attachment.notBefore : leaveAt;
}

/** All members that Serf knows, in order of their names. O(n log n). */
export const serfMembers = (state: SerfState): readonly SerfMember[] => inOrder(state.members).toSorted(byName);

const byName = (one: SerfMember, other: SerfMember): number => (one.member.id < other.member.id ? -1 : 1);

/** What we add to exchanges of views, in order of names, so that equal knowledge is equal bytes. */
export function userStateOf(state: SerfState): UserState {
  const members = serfMembers(state);
  return {
    clocks: state.clocks,
    intents: members.map(({ member, ltime }) => [member.id, ltime]),
    left: members.filter(({ status }) => status === "left").map(({ member }) => member.id),
    events: slotsOf(state.events),
  };
}
