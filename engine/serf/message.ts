/** Serf's messages, which travel inside memberlist's user messages and exchanges of views. */

import type { Address, Bytes, LamportTime, MemberId, Micros } from "../words/units.ts";
import type { Clocks } from "./lamport.ts";

/** "It means to stay": sent after joining, and to refute an intent to leave. */
export type JoinIntent = { readonly kind: "join"; readonly ltime: LamportTime; readonly about: MemberId };

/** "It means to leave": sent before leaving, and by a member that removes a failed one. */
export type LeaveIntent = {
  readonly kind: "leave";
  readonly ltime: LamportTime;
  readonly about: MemberId;
  /** Is it to be forgotten at once, rather than remembered as `left`? */
  readonly prune: boolean;
};

/** An intent to stay or to leave. */
export type Intent = JoinIntent | LeaveIntent;

/** A message of an application to all members. */
export type UserEvent = {
  readonly kind: "user-event";
  readonly ltime: LamportTime;
  readonly name: string;
  readonly payload: Bytes;
  /** May a receiver announce only the last of several events of one name? */
  readonly coalesce: boolean;
};

/** A question of an application to all members, or to those that its filters match. */
export type Query = {
  readonly kind: "query";
  readonly ltime: LamportTime;
  /** Tells apart queries with the same Lamport time. */
  readonly id: number;
  readonly name: string;
  readonly payload: Bytes;
  readonly source: MemberId;
  readonly sourceAddress: Address;
  readonly filters: readonly QueryFilter[];
  /** Should each member that it is for send an ack at once? */
  readonly wantsAck: boolean;
  /** Do members that receive it rebroadcast it? */
  readonly tellOn: boolean;
  /** Through how many other members an answer is sent as well. */
  readonly relays: number;
  /** How long its sender waits for answers. */
  readonly answerWithin: Micros;
};

/** A query is for the members that all its filters match. A filter of unknown kind matches none. */
export type QueryFilter =
  | { readonly kind: "names"; readonly names: readonly MemberId[] }
  | { readonly kind: "tag"; readonly tag: string; readonly expression: string }
  | { readonly kind: "unknown" };

/** An answer to a query, or its ack. */
export type QueryAnswer = {
  readonly kind: "answer";
  /** The query's; so is the id. */
  readonly ltime: LamportTime;
  readonly id: number;
  readonly from: MemberId;
  /** Is it only an ack? */
  readonly isAck: boolean;
  readonly payload: Bytes;
};

/** Whatever members say to one another in Serf's layer. */
export type SerfMessage = Intent | UserEvent | Query | QueryAnswer;

/** The identity of a user event: two with one Lamport time are the same if these are equal. */
export type EventText = { readonly name: string; readonly payload: Bytes };

/** The messages of one Lamport time. They are concurrent, so their order means nothing. */
export type Slot<T> = { readonly ltime: LamportTime; readonly said: readonly T[] };

/** What a Serf member adds to each exchange of views (memberlist rule 68). */
export type UserState = {
  readonly clocks: Clocks;
  /** For each member it knows, the Lamport time of the latest intent that it believed; 0 for none. */
  readonly intents: readonly (readonly [about: MemberId, ltime: LamportTime])[];
  readonly left: readonly MemberId[];
  readonly events: readonly Slot<EventText>[];
};
