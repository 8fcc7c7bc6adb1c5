/** What goes back to the member that asked a query: an ack, and the answer of our application or of Serf's layer itself. */

import type { Bytes, MemberId } from "../words/units.ts";
import { bytes as opaque } from "../words/units.ts";
import { parseAddress } from "../wire/address.ts";
import { putByte, putBytes, putHost, putMap, putNil, putNumber, putPort, putText } from "../wire/writer.ts";
import type { Query } from "./message.ts";
import { putLongMap, written } from "./msgpack.ts";
import type { SerfOutput } from "./output.ts";
import type { SerfMember } from "./state.ts";
import type { SerfStatus } from "./status.ts";
import { tagsOf } from "./tags.ts";
import { QUERY_FLAG, SERF_TYPE } from "./type-byte.ts";

/** The ack of a query that wants one; it precedes any answer. */
export const ackOf = (query: Query, self: MemberId): SerfOutput => sent(query, self, QUERY_FLAG.ack, opaque(""));

/** An answer. The meaning of `payload` is up to the asker. */
export const answerOf = (query: Query, self: MemberId, payload: Bytes): SerfOutput => sent(query, self, 0, payload);

/** The encoded length of an answer, in bytes. */
export const answerLength = (query: Query, self: MemberId, payload: Bytes): number => responseOf(query, self, 0, payload).length;

const sent = (query: Query, self: MemberId, flags: number, payload: Bytes): SerfOutput =>
  ({ kind: "send", to: query.sourceAddress, payload: responseOf(query, self, flags, payload) });

const responseOf = ({ ltime, id }: Query, self: MemberId, flags: number, payload: Bytes): Bytes => written((writer) => {
  putByte(writer, SERF_TYPE.queryResponse);
  putMap(writer, 5);
  putNumber(writer, "Flags", flags);
  putText(writer, "From");
  putText(writer, self);
  putNumber(writer, "ID", id);
  putNumber(writer, "LTime", ltime);
  putText(writer, "Payload");
  if (payload === "") putNil(writer);
  else putBytes(writer, payload);
});

/** Serf's numbers for the statuses. */
const STATUS: Readonly<Record<SerfStatus, number>> = { none: 0, alive: 1, leaving: 2, left: 3, failed: 4 };

/** The member that we know under a name that two members claim: the majority of the group decides which of the two must stop. Nil if we know none. */
export const whomWeKnow = (held: SerfMember | undefined): Bytes => written((writer) => {
  putByte(writer, SERF_TYPE.conflictResponse);
  // Serf knows no members without a numeric address.
  if (held === undefined || parseAddress(held.member.address) === undefined) return putNil(writer);
  const { member, status } = held;
  const [protocolMin, protocolMax, protocol, delegateMin, delegateMax, delegate] = member.versions;
  const tags = tagsOf(member.meta) ?? [];
  putMap(writer, 11);
  putText(writer, "Addr");
  putHost(writer, member.address);
  putNumber(writer, "DelegateCur", delegate);
  putNumber(writer, "DelegateMax", delegateMax);
  putNumber(writer, "DelegateMin", delegateMin);
  putText(writer, "Name");
  putText(writer, member.id);
  putText(writer, "Port");
  putPort(writer, member.address);
  putNumber(writer, "ProtocolCur", protocol);
  putNumber(writer, "ProtocolMax", protocolMax);
  putNumber(writer, "ProtocolMin", protocolMin);
  putNumber(writer, "Status", STATUS[status]);
  putText(writer, "Tags");
  putLongMap(writer, tags.length);
  for (const [key, value] of tags) {
    putText(writer, key);
    putText(writer, value);
  }
});
