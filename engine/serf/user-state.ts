/** Decodes the user state that another member added to an exchange of views. */

import type { Bytes, LamportTime, MemberId } from "../words/units.ts";
import { bytes as opaque, memberId } from "../words/units.ts";
import type { Reader } from "../wire/reader.ts";
import { giveUp, isSpent, skip, takeByte, takeBytes, takeKey, takeMap, takeText } from "../wire/reader.ts";
import { BEFORE_ALL } from "./lamport.ts";
import type { EventText, Slot, UserState } from "./message.ts";
import { readerOfBytes, takeLamportTime, takeList, takeNil } from "./msgpack.ts";
import { SERF_TYPE } from "./type-byte.ts";

/** The result: the user state, or the reason why there is none. */
export type DecodedUserState = { readonly ok: true; readonly state: UserState } | { readonly ok: false; readonly why: string };

/** The user state in these bytes. Never throws; takes time and space proportional to the input. */
export function decodeUserState(userState: Bytes): DecodedUserState {
  const reader = readerOfBytes(userState);
  if (isSpent(reader)) return { ok: false, why: "no bytes at all" };
  const type = takeByte(reader);
  if (type !== SERF_TYPE.pushPull) giveUp(reader, `a payload of type ${type}, where a state belongs`);
  const state = readUserState(reader);
  return reader.why === null ? { ok: true, state } : { ok: false, why: reader.why };
}

function readUserState(reader: Reader): UserState {
  let [intentsAt, eventsAt, queriesAt] = [BEFORE_ALL, BEFORE_ALL, BEFORE_ALL];
  let intents: UserState["intents"] = [];
  let left: UserState["left"] = [];
  let events: UserState["events"] = [];
  for (let entries = takeMap(reader); entries > 0; entries--) {
    switch (takeKey(reader)) {
      case "LTime": intentsAt = takeLamportTime(reader); break;
      case "EventLTime": eventsAt = takeLamportTime(reader); break;
      case "QueryLTime": queriesAt = takeLamportTime(reader); break;
      case "StatusLTimes": intents = readIntents(reader); break;
      case "LeftMembers": left = readNames(reader); break;
      case "Events": events = readRing(reader); break;
      default: skip(reader);
    }
  }
  return { clocks: { intents: intentsAt, events: eventsAt, queries: queriesAt }, intents, left, events };
}

function readIntents(reader: Reader): UserState["intents"] {
  const intents: (readonly [MemberId, LamportTime])[] = [];
  for (let left = takeMap(reader); left > 0 && reader.why === null; left--) {
    const about = memberId(takeText(reader));
    intents.push([about, takeLamportTime(reader)]);
  }
  return intents;
}

function readNames(reader: Reader): readonly MemberId[] {
  const names: MemberId[] = [];
  for (let left = takeList(reader); left > 0 && reader.why === null; left--) names.push(memberId(takeText(reader)));
  return names;
}

/** The filled slots, in their order. Empty ones are not kept, so that a byte of input does not cost many bytes of memory. */
function readRing(reader: Reader): readonly Slot<EventText>[] {
  const slots: Slot<EventText>[] = [];
  for (let left = takeList(reader); left > 0 && reader.why === null; left--) {
    if (takeNil(reader)) continue;
    const slot = readSlot(reader);
    if (slot.said.length > 0) slots.push(slot);
  }
  return slots;
}

function readSlot(reader: Reader): Slot<EventText> {
  let ltime = BEFORE_ALL;
  let said: readonly EventText[] = [];
  for (let left = takeMap(reader); left > 0; left--) {
    switch (takeKey(reader)) {
      case "LTime": ltime = takeLamportTime(reader); break;
      case "Events": said = readTexts(reader); break;
      default: skip(reader);
    }
  }
  return { ltime, said };
}

function readTexts(reader: Reader): readonly EventText[] {
  const texts: EventText[] = [];
  for (let left = takeList(reader); left > 0 && reader.why === null; left--) {
    const text = readText(reader);
    if (text.name !== "" || text.payload !== "") texts.push(text);
  }
  return texts;
}

function readText(reader: Reader): EventText {
  let name = "";
  let payload = opaque("");
  for (let left = takeMap(reader); left > 0; left--) {
    switch (takeKey(reader)) {
      case "Name": name = takeText(reader); break;
      case "Payload": payload = takeBytes(reader); break;
      default: skip(reader);
    }
  }
  return { name, payload };
}
