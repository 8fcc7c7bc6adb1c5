/** User events and queries: each is processed once, and rebroadcast once. */

import { lookUp } from "../words/agenda.ts";
import { foldText, mix } from "../words/mix.ts";
import { utf8Length } from "../words/size.ts";
import { bytes as opaque } from "../words/units.ts";
import { rawOf, utf8Of } from "../wire/utf8.ts";
import { isFor } from "./addressed.ts";
import { ackOf, answerOf, whomWeKnow } from "./answer.ts";
import { USER_EVENT_LIMIT, type SerfConfig } from "./config.ts";
import type { Heard } from "./intents.ts";
import { keyTaskIn } from "./keys.ts";
import { witnessed } from "./lamport.ts";
import type { EventText, Query, UserEvent } from "./message.ts";
import type { SerfOutput } from "./output.ts";
import { remember, type RingRules } from "./ring.ts";
import type { SerfOddities, SerfState } from "./state.ts";
import { noOutputs } from "./state.ts";
import { tagsOf } from "./tags.ts";

/** Processes a user event. */
export function hearEvent(before: SerfState, event: UserEvent): Heard {
  if (isOversized(event)) return odd(before, "oversized");
  const state = { ...before, clocks: witnessed(before.clocks, "events", event.ltime) };
  const { name, payload, ltime } = event;
  const events = remember(state.events, state.clocks.events, ltime, { name, payload }, eventRules(state.config));
  if (typeof events === "string") return unheard(state, events);
  const told: SerfOutput = { kind: "announce", news: { kind: "told", event } };
  return [{ ...state, events }, [told], true];
}

/** Processes a query. */
export function hearQuery(before: SerfState, query: Query): Heard {
  if (isOversized(query)) return odd(before, "oversized");
  const state = { ...before, clocks: witnessed(before.clocks, "queries", query.ltime) };
  const queries = remember(state.queries, state.clocks.queries, query.ltime, query.id, queryRules(state.config));
  if (typeof queries === "string") return unheard(state, queries);
  return [{ ...state, queries }, askedOf(state, query), query.tellOn];
}

/** What we do about a query besides rebroadcasting it. Serf's internal queries are not for applications; of them, a ping wants only the ack. */
function askedOf(state: SerfState, query: Query): readonly SerfOutput[] {
  const { self, members } = state;
  if (!isFor(query.filters, self, tagsOf(lookUp(members, self)?.member.meta ?? NO_META) ?? [])) return noOutputs;
  const acks = query.wantsAck ? [ackOf(query, self)] : [];
  if (query.name === CONFLICT) return [...acks, ...whoIsIt(state, query)];
  if (query.name.startsWith(INTERNAL) && keyTaskIn(query) === undefined) return acks;
  return [...acks, { kind: "announce", news: { kind: "asked", query } }];
}

const NO_META = opaque("");

/** The prefix of the names of Serf's internal queries. */
const INTERNAL = "_serf_";
/** Asks which member we know under a name. */
const CONFLICT = `${INTERNAL}conflict`;

/** Not answered if the name is our own: others must judge. */
function whoIsIt({ self, members }: SerfState, query: Query): readonly SerfOutput[] {
  const name = utf8Of(rawOf(query.payload));
  return name === undefined || name === self ? noOutputs : [answerOf(query, self, whomWeKnow(lookUp(members, name)))];
}

const isOversized = (text: EventText): boolean => utf8Length(text.name) + text.payload.length > USER_EVENT_LIMIT;

/** A known message is no news; one for which there is no room is counted as an oddity. */
const unheard = (state: SerfState, why: "known" | "crowded"): Heard => (why === "known" ? [state, noOutputs, false] : odd(state, why));

const odd = (state: SerfState, kind: keyof SerfOddities): Heard =>
  [{ ...state, oddities: { ...state.oddities, [kind]: state.oddities[kind] + 1 } }, noOutputs, false];

/** Two user events of one Lamport time are the same if name and payload are. */
const eventRules = ({ ringSlots, ringBytes }: SerfConfig): RingRules<EventText> => ({
  slots: ringSlots, bytes: ringBytes, sizeOf: bytesOfEvent, hashOf: hashOfEvent, isSame: (one, other) => one.name === other.name && one.payload === other.payload,
});

/** Queries are distinguished by their ids alone. */
const queryRules = ({ ringSlots, ringBytes }: SerfConfig): RingRules<number> => ({
  slots: ringSlots, bytes: ringBytes, sizeOf: () => PLACE, hashOf: mix, isSame: (one, other) => one === other,
});

/** The bytes counted for each message in a ring besides its text. */
const PLACE = 16;

const hashOfEvent = ({ name, payload }: EventText): number => foldText(foldText(0, name), payload);
const bytesOfEvent = ({ name, payload }: EventText): number => PLACE + utf8Length(name) + payload.length;
