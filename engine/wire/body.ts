/** The maps in memberlist's messages: one function for each, which reads the keys that it knows and skips the rest. */

import type { AliveClaim, Accusation, Member, Status, Versions } from "../words/member.ts";
import type { Ack, Nack, Ping, PingReq } from "../messages/message.ts";
import { noGossip, noUserMessages } from "../messages/message.ts";
import type { Address } from "../words/units.ts";
import { address, bytes as opaque, incarnation, memberId, seqNo } from "../words/units.ts";
import { formatAddress, formatV4 } from "./address.ts";
import type { Reader } from "./reader.ts";
import { giveUp, passRaw, skip, takeBool, takeBytes, takeKey, takeMap, takeText, takeUint } from "./reader.ts";
import { STATUSES } from "./type-byte.ts";

const U16 = 65_535;
const U32 = 4_294_967_295;
/** For records without versions. */
const NO_VERSIONS: Versions = [0, 0, 0, 0, 0, 0];

// Gossip is read elsewhere. Every message is a literal with all its fields, because a spread would cost as much as the reading. For raw bytes, only their
// length and their end are kept while the map is read.

/** A ping. If it has no source address, `from`, where it came from, is used (memberlist rule 22). */
export function readPing(reader: Reader, from: Address): Ping {
  let seq = 0;
  let target = "";
  let source = "";
  let hostLength = 0;
  let hostEnd = 0;
  let port = 0;
  for (let left = takeMap(reader); left > 0; left--) {
    switch (takeKey(reader)) {
      case "SeqNo": seq = takeUint(reader, U32); break;
      case "Node": target = takeText(reader); break;
      case "SourceNode": source = takeText(reader); break;
      case "SourceAddr": hostLength = passRaw(reader); hostEnd = reader.at; break;
      case "SourcePort": port = takeUint(reader, U16); break;
      default: skip(reader);
    }
  }
  const sourceAddress = sourceOf(reader, hostEnd - hostLength, hostEnd, port, from);
  return {
    kind: "ping", seq: seqNo(seq), target: memberId(target), source: memberId(source), sourceAddress, gossip: noGossip, userMessages: noUserMessages,
  };
}

/** The same for memberlist's `indirectPing`. Its target must have an address. */
export function readPingReq(reader: Reader, from: Address): PingReq {
  let seq = 0;
  let target = "";
  let source = "";
  let wantsNack = false;
  let targetLength = 0;
  let targetEnd = 0;
  let targetPort = 0;
  let hostLength = 0;
  let hostEnd = 0;
  let port = 0;
  for (let left = takeMap(reader); left > 0; left--) {
    switch (takeKey(reader)) {
      case "SeqNo": seq = takeUint(reader, U32); break;
      case "Target": targetLength = passRaw(reader); targetEnd = reader.at; break;
      case "Port": targetPort = takeUint(reader, U16); break;
      case "Node": target = takeText(reader); break;
      case "Nack": wantsNack = takeBool(reader); break;
      case "SourceNode": source = takeText(reader); break;
      case "SourceAddr": hostLength = passRaw(reader); hostEnd = reader.at; break;
      case "SourcePort": port = takeUint(reader, U16); break;
      default: skip(reader);
    }
  }
  const targetAddress = addressOf(reader, targetEnd - targetLength, targetEnd, targetPort);
  const sourceAddress = sourceOf(reader, hostEnd - hostLength, hostEnd, port, from);
  return {
    kind: "ping-req", seq: seqNo(seq), target: memberId(target), targetAddress, source: memberId(source), sourceAddress, wantsNack,
    gossip: noGossip, userMessages: noUserMessages,
  };
}

export function readAck(reader: Reader): Ack {
  let seq = 0;
  let payload = opaque("");
  for (let left = takeMap(reader); left > 0; left--) {
    switch (takeKey(reader)) {
      case "SeqNo": seq = takeUint(reader, U32); break;
      case "Payload": payload = takeBytes(reader); break;
      default: skip(reader);
    }
  }
  return { kind: "ack", seq: seqNo(seq), payload, gossip: noGossip, userMessages: noUserMessages };
}

export function readNack(reader: Reader): Nack {
  let seq = 0;
  for (let left = takeMap(reader); left > 0; left--) {
    if (takeKey(reader) === "SeqNo") seq = takeUint(reader, U32);
    else skip(reader);
  }
  return { kind: "nack", seq: seqNo(seq), gossip: noGossip, userMessages: noUserMessages };
}

/** memberlist's suspect and dead messages. A member that declares itself dead has left. */
export function readAccusation(reader: Reader, kind: "suspect" | "dead"): Accusation {
  let about = "";
  let from = "";
  let count = 0;
  for (let left = takeMap(reader); left > 0; left--) {
    switch (takeKey(reader)) {
      case "Node": about = takeText(reader); break;
      case "From": from = takeText(reader); break;
      case "Incarnation": count = takeUint(reader, U32); break;
      default: skip(reader);
    }
  }
  const isFarewell = kind === "dead" && about === from;
  return { kind: isFarewell ? "left" : kind, about: memberId(about), incarnation: incarnation(count), from: memberId(from) };
}

/** memberlist's alive message. */
export const readAlive = (reader: Reader): AliveClaim => ({ kind: "alive", member: readMember(reader, "Node") });

/** One record of a push-pull. */
export const readRecord = (reader: Reader): Member => readMember(reader, "Name");

/** Alive messages and records have the same fields, except for the key of the name, and the status, which only records have. */
function readMember(reader: Reader, nameKey: "Node" | "Name"): Member {
  let name = "";
  let count = 0;
  let meta = opaque("");
  let status: Status = "alive";
  let versions = NO_VERSIONS;
  let hostLength = 0;
  let hostEnd = 0;
  let port = 0;
  for (let left = takeMap(reader); left > 0; left--) {
    const key = takeKey(reader);
    if (key === nameKey) name = takeText(reader);
    else if (key === "Addr") {
      hostLength = passRaw(reader);
      hostEnd = reader.at;
    }
    else if (key === "Port") port = takeUint(reader, U16);
    else if (key === "Meta") meta = takeBytes(reader);
    else if (key === "Incarnation") count = takeUint(reader, U32);
    else if (key === "Vsn") versions = takeVersions(reader);
    else if (key === "State" && nameKey === "Name") status = STATUSES[takeUint(reader, STATUSES.length - 1)] ?? status;
    else skip(reader);
  }
  const where = addressOf(reader, hostEnd - hostLength, hostEnd, port);
  return { id: memberId(name), address: where, meta, versions, incarnation: incarnation(count), status };
}

/** The address whose host is the bytes from `start` up to `end`. */
function addressOf(reader: Reader, start: number, end: number, port: number): Address {
  const length = end - start;
  if (length === 0) giveUp(reader, "no address");
  else if (length !== 4 && length !== 16) giveUp(reader, `an address of ${length} bytes`);
  // memberlist would assume its own port here, for peers of the first protocol version (rule 27). There are none left.
  if (port === 0) giveUp(reader, "an address without a port");
  if (reader.why !== null) return address("");
  return length === 4 ? formatV4(reader.bytes, start, port) : formatAddress(reader.bytes.subarray(start, end), port);
}

function sourceOf(reader: Reader, start: number, end: number, port: number, from: Address): Address {
  const isMissing = end === start || port === 0;
  if (!isMissing) return addressOf(reader, start, end, port);
  if (from === "") giveUp(reader, "no address to answer to");
  return from;
}

/** Always six versions: missing ones are zero, and further ones are ignored, as in memberlist. */
function takeVersions(reader: Reader): Versions {
  const length = passRaw(reader);
  const { bytes, at, versions } = reader;
  const start = at - length;
  if (versions?.every((version, k) => version === versionAt(bytes, start + k, at)) === true) return versions;
  return reader.versions = [
    versionAt(bytes, start, at), versionAt(bytes, start + 1, at), versionAt(bytes, start + 2, at), versionAt(bytes, start + 3, at), versionAt(bytes, start + 4, at),
    versionAt(bytes, start + 5, at),
  ];
}

const versionAt = (bytes: Uint8Array, at: number, end: number): number => (at < end ? (bytes[at] ?? 0) : 0);
