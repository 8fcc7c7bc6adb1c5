/** What stands in the maps of memberlist's messages: one function for each, which reads what it knows and passes over the rest. */

import type { AliveClaim, Accusation, Member, Status, Versions } from "../words/member.ts";
import type { Ack, Nack, Ping, PingReq } from "../messages/message.ts";
import { noGossip, noUserMessages } from "../messages/message.ts";
import type { Address } from "../words/units.ts";
import { address, bytes as opaque, incarnation, memberId, seqNo } from "../words/units.ts";
import { formatAddress } from "./address.ts";
import type { Reader } from "./reader.ts";
import { giveUp, skip, takeBool, takeBytes, takeKey, takeMap, takeRaw, takeText, takeUint } from "./reader.ts";
import { STATUSES } from "./type-byte.ts";

const U16 = 65_535;
const U32 = 4_294_967_295;
const NONE: Uint8Array = new Uint8Array();
/** What rides along is read elsewhere. */
const ALONE = { gossip: noGossip, userMessages: noUserMessages } as const;

/** A ping. If it does not say whom to answer, that is `from`, whence it came (memberlist rule 22). */
export function readPing(reader: Reader, from: Address): Ping {
  let seq = 0;
  let target = "";
  let source = "";
  let host = NONE;
  let port = 0;
  for (let left = takeMap(reader); left > 0; left--) {
    switch (takeKey(reader)) {
      case "SeqNo": seq = takeUint(reader, U32); break;
      case "Node": target = takeText(reader); break;
      case "SourceNode": source = takeText(reader); break;
      case "SourceAddr": host = takeRaw(reader); break;
      case "SourcePort": port = takeUint(reader, U16); break;
      default: skip(reader);
    }
  }
  const sourceAddress = sourceOf(reader, host, port, from);
  return { kind: "ping", seq: seqNo(seq), target: memberId(target), source: memberId(source), sourceAddress, ...ALONE };
}

/** The same for memberlist's `indirectPing`. Its target must have an address. */
export function readPingReq(reader: Reader, from: Address): PingReq {
  let seq = 0;
  let target = "";
  let source = "";
  let wantsNack = false;
  let [targetHost, targetPort, host, port] = [NONE, 0, NONE, 0];
  for (let left = takeMap(reader); left > 0; left--) {
    switch (takeKey(reader)) {
      case "SeqNo": seq = takeUint(reader, U32); break;
      case "Target": targetHost = takeRaw(reader); break;
      case "Port": targetPort = takeUint(reader, U16); break;
      case "Node": target = takeText(reader); break;
      case "Nack": wantsNack = takeBool(reader); break;
      case "SourceNode": source = takeText(reader); break;
      case "SourceAddr": host = takeRaw(reader); break;
      case "SourcePort": port = takeUint(reader, U16); break;
      default: skip(reader);
    }
  }
  const targetAddress = addressOf(reader, targetHost, targetPort);
  const sourceAddress = sourceOf(reader, host, port, from);
  const asked = { seq: seqNo(seq), target: memberId(target), targetAddress, source: memberId(source), sourceAddress };
  return { kind: "ping-req", ...asked, wantsNack, ...ALONE };
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
  return { kind: "ack", seq: seqNo(seq), payload, ...ALONE };
}

export function readNack(reader: Reader): Nack {
  let seq = 0;
  for (let left = takeMap(reader); left > 0; left--) {
    if (takeKey(reader) === "SeqNo") seq = takeUint(reader, U32);
    else skip(reader);
  }
  return { kind: "nack", seq: seqNo(seq), ...ALONE };
}

/** memberlist's suspect and dead messages. Who is dead by its own word has left. */
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

/** Alive messages and records hold the same, but for the key of the name, and for a status that only records have. */
function readMember(reader: Reader, nameKey: "Node" | "Name"): Member {
  let name = "";
  let count = 0;
  let meta = opaque("");
  let status: Status = "alive";
  let [host, port, versions] = [NONE, 0, NONE];
  for (let left = takeMap(reader); left > 0; left--) {
    const key = takeKey(reader);
    if (key === nameKey) name = takeText(reader);
    else if (key === "Addr") host = takeRaw(reader);
    else if (key === "Port") port = takeUint(reader, U16);
    else if (key === "Meta") meta = takeBytes(reader);
    else if (key === "Incarnation") count = takeUint(reader, U32);
    else if (key === "Vsn") versions = takeRaw(reader);
    else if (key === "State" && nameKey === "Name") status = STATUSES[takeUint(reader, STATUSES.length - 1)] ?? status;
    else skip(reader);
  }
  const where = addressOf(reader, host, port);
  return { id: memberId(name), address: where, meta, versions: versionsOf(versions), incarnation: incarnation(count), status };
}

function addressOf(reader: Reader, host: Uint8Array, port: number): Address {
  if (host.length === 0) giveUp(reader, "no address");
  else if (host.length !== 4 && host.length !== 16) giveUp(reader, `an address of ${host.length} bytes`);
  // memberlist would put its own port here, for peers of the first protocol (rule 27). There are none left.
  if (port === 0) giveUp(reader, "an address without a port");
  return reader.why === null ? formatAddress(host, port) : address("");
}

function sourceOf(reader: Reader, host: Uint8Array, port: number, from: Address): Address {
  const isMissing = host.length === 0 || port === 0;
  if (!isMissing) return addressOf(reader, host, port);
  if (from === "") giveUp(reader, "no address to answer to");
  return from;
}

/** Six, whatever was sent: the rest is zero, and too many are cut off, as memberlist does. */
const versionsOf = ([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]: Uint8Array): Versions => [a, b, c, d, e, f];
