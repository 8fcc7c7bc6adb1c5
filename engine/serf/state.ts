/** Serf's layer of one member, whole: what it knows beyond the engine, how it begins, and what it waits for. */

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
  /** The moment of the latest intent that we believed; 0 for none. */
  readonly ltime: LamportTime;
  /** Is it to be forgotten as soon as it left? */
  readonly prune: boolean;
};

/** A query of our own, as long as answers are waited for: who said that it heard it, and who answered. */
export type Question = { readonly acks: Crowd<MemberId>; readonly answers: Crowd<MemberId> };

/** A value: keeping an old one is free. */
export type SerfState = {
  readonly config: SerfConfig;
  readonly self: MemberId;
  readonly phase: SerfPhase;
  readonly clocks: Clocks;
  /** By name; all of one rank. */
  readonly members: Agenda<SerfMember>;
  /** The latest intent about each of those whom we do not know, ranked by when it is forgotten. */
  readonly strangers: Agenda<Intent>;
  readonly events: Ring<EventText>;
  /** Their ids. */
  readonly queries: Ring<number>;
  /** Our own, by moment and id, ranked by until when answers are heard. */
  readonly questions: Agenda<Question>;
  readonly attachment: Attachment;
  readonly locating: Locating;
  readonly oddities: SerfOddities;
};

/**
 * - `here`: in the group, or alone.
 * - `joining`: until the first state of another member comes in, after which we say that we joined.
 * - `leaving`: we said so, and go at `leaveAt`.
 * - `gone`: the engine was told to leave.
 */
export type SerfPhase =
  | { readonly kind: "here" }
  | { readonly kind: "joining"; readonly oldEvents: "heard" | "ignored" }
  | { readonly kind: "leaving"; readonly leaveAt: Instant }
  | { readonly kind: "gone" };

/** Do we mean to stay? */
export const isStaying = ({ phase }: SerfState): boolean => phase.kind === "here" || phase.kind === "joining";

/** Does the engine have our latest user state? If not, it gets it as soon as this moment has come. */
export type Attachment = { readonly isStale: boolean; readonly notBefore: Instant };

/** What peers sent that made no sense, counted. */
export type SerfOddities = {
  /** Payloads and states that are not Serf's, or not for us. */
  readonly unreadable: number;
  /** User events and queries longer than anybody may say. */
  readonly oversized: number;
  /** User events and queries of one moment that there was no room for: they were chosen so that they are hard to tell from others (`crowd.ts`). */
  readonly crowded: number;
};

/** The next state, and what to do, in order. */
export type SerfStep = readonly [state: SerfState, outputs: readonly SerfOutput[]];

/** Nothing to do. */
export const noOutputs: readonly SerfOutput[] = [];

/** What Serf's layer starts from: the record of our own member, as the engine starts with it. */
export type SerfBirth = { readonly self: Member; readonly now: Instant; readonly config?: SerfConfig };

/** Serf's layer at the moment of its member's birth: it knows itself, and has a user state to attach at once. */
export function startSerf({ self, now, config = serfDefaults }: SerfBirth): SerfState {
  assert(config.userEventLimit <= USER_EVENT_LIMIT, `user events of at most ${USER_EVENT_LIMIT} bytes`);
  const members = withMember(nothing, { member: self, status: "alive", ltime: BEFORE_ALL, prune: false });
  return {
    config, self: self.id, phase: { kind: "here" }, clocks: startClocks, members, strangers: nothing, events: emptyRing, queries: emptyRing, questions: nothing,
    attachment: { isStale: true, notBefore: now }, locating: startLocating(self.id), oddities: { unreadable: 0, oversized: 0, crowded: 0 },
  };
}

/** Holds this of a member, in place of what was held. */
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
