/** Serf's payloads as bytes, exactly as Go's Serf writes them: a type byte, then a map whose keys are sorted. */

import type { Bytes, LamportTime } from "../words/units.ts";
import type { Writer } from "../wire/writer.ts";
import { putBool, putByte, putBytes, putMap, putNil, putText, putUint } from "../wire/writer.ts";
import type { EventText, Intent, Slot, UserEvent, UserState } from "./message.ts";
import { putList, putLongMap, written } from "./msgpack.ts";
import { SERF_TYPE } from "./type-byte.ts";

/** What our own member says. It asks no queries. */
export const encodeSerf = (message: Intent | UserEvent): Bytes =>
  written((writer) => (message.kind === "user-event" ? putUserEvent(writer, message) : putIntent(writer, message)));

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

/**
 * What goes into exchanges of views, with members in the order given (Go's is random). Events stand in a ring of so many slots, each at
 * its moment modulo that; an empty one costs a byte.
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

function putNumber(writer: Writer, key: string, value: LamportTime): void {
  putText(writer, key);
  putUint(writer, value);
}
