/** Serf's payloads as bytes, exactly as Go's Serf writes them: a type byte, then a map whose keys are sorted. */

import { assert } from "../words/assert.ts";
import type { Bytes } from "../words/units.ts";
import type { Writer } from "../wire/writer.ts";
import { putBool, putByte, putBytes, putHost, putMap, putNil, putPort, putText, putUint } from "../wire/writer.ts";
import type { EventText, Intent, Query, QueryFilter, Slot, UserEvent, UserState } from "./message.ts";
import { putList, putLongMap, written } from "./msgpack.ts";
import { FILTER_TYPE, QUERY_FLAG, SERF_TYPE } from "./type-byte.ts";

/** A message of our own member to all members. */
export const encodeSerf = (message: Intent | UserEvent | Query): Bytes => written((writer) => {
  switch (message.kind) {
    case "user-event": return putUserEvent(writer, message);
    case "query": return putQuery(writer, message);
    default: return putIntent(writer, message);
  }
});

function putIntent(writer: Writer, intent: Intent): void {
  const isLeave = intent.kind === "leave";
  putByte(writer, isLeave ? SERF_TYPE.leave : SERF_TYPE.join);
  putMap(writer, isLeave ? 3 : 2);
  putNumber(writer, "LTime", intent.ltime);
  putText(writer, "Node");
  putText(writer, intent.about);
  if (!isLeave) return;
  putText(writer, "Prune");
  putBool(writer, intent.prune);
}

function putUserEvent(writer: Writer, event: UserEvent): void {
  putByte(writer, SERF_TYPE.userEvent);
  putMap(writer, 4);
  putText(writer, "CC");
  putBool(writer, event.coalesce);
  putNumber(writer, "LTime", event.ltime);
  putEventText(writer, event);
}

function putQuery(writer: Writer, query: Query): void {
  putByte(writer, SERF_TYPE.query);
  putMap(writer, 11);
  putText(writer, "Addr");
  putHost(writer, query.sourceAddress);
  putText(writer, "Filters");
  if (query.filters.length === 0) putNil(writer);
  else putList(writer, query.filters.length);
  for (const filter of query.filters) putBytes(writer, filterBytes(filter));
  putNumber(writer, "Flags", (query.wantsAck ? QUERY_FLAG.ack : 0) | (query.tellOn ? 0 : QUERY_FLAG.noBroadcast));
  putNumber(writer, "ID", query.id);
  putNumber(writer, "LTime", query.ltime);
  putEventText(writer, query);
  putText(writer, "Port");
  putPort(writer, query.sourceAddress);
  putNumber(writer, "RelayFactor", query.relays);
  putText(writer, "SourceNode");
  putText(writer, query.source);
  putNumber(writer, "Timeout", query.answerWithin * NANOSECONDS);
}

/** In a microsecond; Go counts nanoseconds. */
const NANOSECONDS = 1_000;

/** A filter of unknown kind cannot be encoded; our own application never has one. */
const filterBytes = (filter: QueryFilter): Bytes => written((writer) => {
  assert(filter.kind !== "unknown", "a filter of our own is one that we know");
  if (filter.kind === "names") {
    putByte(writer, FILTER_TYPE.names);
    putList(writer, filter.names.length);
    for (const name of filter.names) putText(writer, name);
    return;
  }
  putByte(writer, FILTER_TYPE.tag);
  putMap(writer, 2);
  putText(writer, "Expr");
  putText(writer, filter.expression);
  putText(writer, "Tag");
  putText(writer, filter.tag);
});

/**
 * The user state for exchanges of views, with members in the order given (Go's is random). Events are in a ring of `ringSlots` slots, each at
 * its Lamport time modulo that; an empty slot costs a byte.
 */
export const encodeUserState = (state: UserState, ringSlots: number): Bytes =>
  written((writer) => {
    putByte(writer, SERF_TYPE.pushPull);
    putMap(writer, 6);
    putNumber(writer, "EventLTime", state.clocks.events);
    putText(writer, "Events");
    putRing(writer, state.events, ringSlots);
    putNumber(writer, "LTime", state.clocks.intents);
    putText(writer, "LeftMembers");
    putList(writer, state.left.length);
    for (const name of state.left) putText(writer, name);
    putNumber(writer, "QueryLTime", state.clocks.queries);
    putText(writer, "StatusLTimes");
    putLongMap(writer, state.intents.length);
    for (const [about, ltime] of state.intents) putNumber(writer, about, ltime);
  });

function putRing(writer: Writer, events: readonly Slot<EventText>[], ringSlots: number): void {
  const ring: (Slot<EventText> | undefined)[] = Array.from({ length: ringSlots });
  for (const slot of events) ring[slot.ltime % ringSlots] = slot;
  putList(writer, ringSlots);
  for (const slot of ring) {
    if (slot === undefined) putNil(writer);
    else putSlot(writer, slot);
  }
}

function putSlot(writer: Writer, { ltime, said }: Slot<EventText>): void {
  putMap(writer, 2);
  putText(writer, "Events");
  putList(writer, said.length);
  for (const event of said) {
    putMap(writer, 2);
    putEventText(writer, event);
  }
  putNumber(writer, "LTime", ltime);
}

function putEventText(writer: Writer, { name, payload }: EventText): void {
  putText(writer, "Name");
  putText(writer, name);
  putText(writer, "Payload");
  if (payload === "") putNil(writer);
  else putBytes(writer, payload);
}

function putNumber(writer: Writer, key: string, value: number): void {
  putText(writer, key);
  putUint(writer, value);
}
