/** Writes the messages that belong in streams: a type byte, a map, and the items that the map counts. */

import type { Member } from "../words/member.ts";
import type { Compare, Patch, PushPull, UserMessage } from "../messages/message.ts";
import type { View } from "../view/index.ts";
import { assert } from "../words/assert.ts";
import { membersOf, sizeOf } from "../view/index.ts";
import { PARTS_AT } from "./stream-body.ts";
import { STATUSES, TYPE } from "./type-byte.ts";
import type { Writer } from "./writer.ts";
import {
  putBool, putByte, putBytes, putCharacters, putHost, putMap, putNumber, putNumbers, putPort, putRaw, putShort, putStretch, putText, putUint, putWord, stretchOf,
} from "./writer.ts";

/** A header, a record for each member, and the user state. */
export function putPushPull(writer: Writer, { join, view, userState }: PushPull): void {
  putByte(writer, TYPE.pushPull);
  putMap(writer, 3);
  putText(writer, "Join");
  putBool(writer, join);
  putNumber(writer, "Nodes", sizeOf(view));
  putNumber(writer, "UserStateLen", userState.length);
  putRecords(writer, view);
  putCharacters(writer, userState);
}

/** Ours. The digests are one raw string, eight bytes each: the high half, then the low one, big-endian. */
export function putCompare(writer: Writer, { depth, digests }: Compare): void {
  assert(digests.length === PARTS_AT[depth], "a compare of all parts, one or two levels down");
  putByte(writer, TYPE.compare);
  putMap(writer, 2);
  putNumber(writer, "Depth", depth);
  putText(writer, "Digests");
  putRaw(writer, 8 * digests.length);
  for (const { high, low } of digests) {
    putWord(writer, high);
    putWord(writer, low);
  }
}

/** Ours. The parts are one raw string, two bytes each, big-endian; then the records, as in a push-pull. */
export function putPatch(writer: Writer, { depth, parts, view }: Patch): void {
  const most = PARTS_AT[depth] ?? 0;
  assert(parts.length <= most && parts.every((part) => part >= 0 && part < most), "a patch of parts that there are, one or two levels down");
  putByte(writer, TYPE.patch);
  putMap(writer, 3);
  putNumber(writer, "Depth", depth);
  putNumber(writer, "Nodes", sizeOf(view));
  putText(writer, "Parts");
  putRaw(writer, 2 * parts.length);
  for (const part of parts) putShort(writer, part);
  putRecords(writer, view);
}

/** A user message. Unlike in a datagram, its length precedes it. */
export function putUserMessage(writer: Writer, { payload }: UserMessage): void {
  putByte(writer, TYPE.user);
  putMap(writer, 1);
  putNumber(writer, "UserMsgLen", payload.length);
  putCharacters(writer, payload);
}

/** memberlist's `pushNodeState` for each member, in which the key of the name is `Name`, not `Node` as elsewhere. Their length is `bytesOf(view)`. */
function putRecords(writer: Writer, view: View): void {
  for (const member of membersOf(view)) putRecord(writer, member);
}

const RECORD = stretchOf([0x87], "Addr");
const INCARNATION = stretchOf([], "Incarnation");
const META = stretchOf([], "Meta");
const NAME = stretchOf([], "Name");
const PORT = stretchOf([], "Port");
const STATE = stretchOf([], "State");
const VERSIONS = stretchOf([], "Vsn");

function putRecord(writer: Writer, member: Member): void {
  putStretch(writer, RECORD);
  putHost(writer, member.address);
  putStretch(writer, INCARNATION);
  putUint(writer, member.incarnation);
  putStretch(writer, META);
  putBytes(writer, member.meta);
  putStretch(writer, NAME);
  putText(writer, member.id);
  putStretch(writer, PORT);
  putPort(writer, member.address);
  putStretch(writer, STATE);
  putByte(writer, STATUSES.indexOf(member.status));
  putStretch(writer, VERSIONS);
  putNumbers(writer, member.versions);
}
