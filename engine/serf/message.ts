/** What Serf's members say to one another, inside memberlist's user messages and exchanges of views. */

import type { Address, Bytes, LamportTime, MemberId, Micros } from "../words/units.ts";
import type { Clocks } from "./lamport.ts";

/** "It means to stay": said after joining, and to refute an intent to leave. */
export type JoinIntent = { readonly kind: "join"; readonly ltime: LamportTime; readonly about: MemberId };

/** "It means to leave": said before going, and by whoever removes a failed member. */
export type LeaveIntent = {
  readonly kind: "leave";
  readonly ltime: LamportTime;
  readonly about: MemberId;
  /** Is it to be forgotten at once, rather than remembered as `left`? */
  readonly prune: boolean;
};

/** An intent to stay or to leave. */
export type Intent = JoinIntent | LeaveIntent;

/** An application's word to all members. */
export type UserEvent = {
  readonly kind: "user-event";
  readonly ltime: LamportTime;
  readonly name: string;
  readonly payload: Bytes;
  /** Do its sender's applications allow that of several with one name only the last is heard? */
  readonly coalesce: boolean;
};

/** An application's question to all members, or to those that its filters name. */
export type Query = {
  readonly kind: "query";
  readonly ltime: LamportTime;
  /** Tells apart the queries of one moment. */
  readonly id: number;
  readonly name: string;
  readonly payload: Bytes;
  readonly source: MemberId;
  readonly sourceAddress: Address;
  readonly filters: readonly QueryFilter[];
  /** Is each member that it is for to say at once that it heard it? */
  readonly wantsAck: boolean;
  /** Is it told on by those who hear it? */
  readonly tellOn: boolean;
  /** Over how many others an answer is also sent. */
  readonly relays: number;
  /** How long its sender waits for answers. */
  readonly answerWithin: Micros;
};

/** Whom a query is for: those of all filters. A filter that we do not know lets nobody through. */
export type QueryFilter =
  | { readonly kind: "names"; readonly names: readonly MemberId[] }
  | { readonly kind: "tag"; readonly tag: string; readonly expression: string }
  | { readonly kind: "unknown" };

/** What comes back to whoever asked. */
export type QueryAnswer = {
  readonly kind: "answer";
  /** Of the query, as is its id. */
  readonly ltime: LamportTime;
  readonly id: number;
  readonly from: MemberId;
  /** Does it say no more than that the query was heard? */
  readonly isAck: boolean;
  readonly payload: Bytes;
};

/** Whatever members say to one another in Serf's layer. */
export type SerfMessage = Intent | UserEvent | Query | QueryAnswer;

/** What a user event is known by: two of one moment are the same if these are. */
export type EventText = { readonly name: string; readonly payload: Bytes };

/** What was said at one moment, in an order that means nothing: those who said it did not know of one another. */
export type Slot<T> = { readonly ltime: LamportTime; readonly said: readonly T[] };

/** What a member adds to each exchange of views: what it knows beyond the views (memberlist rule 68). */
export type UserState = {
  readonly clocks: Clocks;
  /** For each member it knows, the moment of the latest intent it believed; 0 for none. */
  readonly intents: readonly (readonly [about: MemberId, ltime: LamportTime])[];
  readonly left: readonly MemberId[];
  readonly events: readonly Slot<EventText>[];
};
