/** Messages to bytes, exactly as Go's memberlist writes them: a type byte, then a map whose keys are sorted. */

import type { AliveClaim, Accusation, Claim } from "../words/member.ts";
import type { Ack, Datagram, Message, Ping, PingReq } from "../messages/message.ts";
import type { Bytes } from "../words/units.ts";
import { assert, impossible } from "../words/assert.ts";
import { putCompare, putPatch, putPushPull, putUserMessage } from "./encode-stream.ts";
import { accuser, bareSize, sizeOfClaim, sizeOfMessage, sizeOfUserMessage } from "./size.ts";
import { COMPOUND_LIMIT, TYPE } from "./type-byte.ts";
import type { Writer } from "./writer.ts";
import { putBool, putByte, putBytes, putCharacters, putField, putHost, putMap, putNil, putNumber, putNumbers, putPort, putShort, putText } from "./writer.ts";

/**
 * The bytes of a message: a datagram's payload, or what goes into a stream; without envelope (`wrap`), encryption and label.
 * Total for what the engine says. What can't be written is our own bug, and stops us: an address that is no number, more
 * than 255 parts in a datagram, a part above 65,535 bytes, digests that are not those of a whole level.
 */
export function encode(message: Message): Uint8Array {
  const writer: Writer = { bytes: new Uint8Array(sizeOfMessage(message)), at: 0 };
  put(writer, message);
  assert(writer.at === writer.bytes.length, "size(message) === encode(message).length");
  return writer.bytes;
}

function put(writer: Writer, message: Message): void {
  switch (message.kind) {
    case "push-pull":
      return putPushPull(writer, message);
    case "compare":
      return putCompare(writer, message);
    case "patch":
      return putPatch(writer, message);
    case "user":
      return putUserMessage(writer, message);
    default:
      return putDatagram(writer, message);
  }
}

/** A compound, of which the question or the answer is the first part, then claims, then user messages; or the only part by itself. */
function putDatagram(writer: Writer, message: Datagram): void {
  const { gossip, userMessages } = message;
  const parts = gossip.length + userMessages.length + (message.kind === "gossip" ? 0 : 1);
  if (parts !== 1) {
    assert(parts <= COMPOUND_LIMIT, "at most 255 parts in a datagram");
    putByte(writer, TYPE.compound);
    putByte(writer, parts);
    if (message.kind !== "gossip") putLength(writer, bareSize(message));
    for (const claim of gossip) putLength(writer, sizeOfClaim(claim));
    for (const payload of userMessages) putLength(writer, sizeOfUserMessage(payload));
  }
  putBare(writer, message);
  for (const claim of gossip) putClaim(writer, claim);
  for (const payload of userMessages) putUserPart(writer, payload);
}

function putLength(writer: Writer, length: number): void {
  assert(length < 65_536, "a part of a datagram below 65,536 bytes");
  putShort(writer, length);
}

function putBare(writer: Writer, message: Datagram): void {
  switch (message.kind) {
    case "ping":
      return putPing(writer, message);
    case "ack":
      return putAck(writer, message);
    case "ping-req":
      return putPingReq(writer, message);
    case "nack":
      putByte(writer, TYPE.nack);
      putMap(writer, 1);
      return putNumber(writer, "SeqNo", message.seq);
    case "gossip":
      return;
    default:
      return impossible(message);
  }
}

function putPing(writer: Writer, ping: Ping): void {
  putByte(writer, TYPE.ping);
  putMap(writer, 5);
  putField(writer, "Node", ping.target);
  putNumber(writer, "SeqNo", ping.seq);
  putSource(writer, ping);
}

function putAck(writer: Writer, ack: Ack): void {
  putByte(writer, TYPE.ack);
  putMap(writer, 2);
  putText(writer, "Payload");
  if (ack.payload === "") putNil(writer);
  else putBytes(writer, ack.payload);
  putNumber(writer, "SeqNo", ack.seq);
}

function putPingReq(writer: Writer, pingReq: PingReq): void {
  putByte(writer, TYPE.indirectPing);
  putMap(writer, 8);
  putText(writer, "Nack");
  putBool(writer, pingReq.wantsNack);
  putField(writer, "Node", pingReq.target);
  putPort(writer, "Port", pingReq.targetAddress);
  putNumber(writer, "SeqNo", pingReq.seq);
  putSource(writer, pingReq);
  putHost(writer, "Target", pingReq.targetAddress);
}

function putSource(writer: Writer, asked: Ping | PingReq): void {
  putHost(writer, "SourceAddr", asked.sourceAddress);
  putField(writer, "SourceNode", asked.source);
  putPort(writer, "SourcePort", asked.sourceAddress);
}

function putClaim(writer: Writer, claim: Claim): void {
  switch (claim.kind) {
    case "alive":
      return putAlive(writer, claim);
    case "suspect":
      return putAccusation(writer, TYPE.suspect, claim);
    case "dead":
    case "left":
      return putAccusation(writer, TYPE.dead, claim);
    default:
      return impossible(claim);
  }
}

function putAlive(writer: Writer, { member }: AliveClaim): void {
  putByte(writer, TYPE.alive);
  putMap(writer, 6);
  putHost(writer, "Addr", member.address);
  putNumber(writer, "Incarnation", member.incarnation);
  putText(writer, "Meta");
  putBytes(writer, member.meta);
  putField(writer, "Node", member.id);
  putPort(writer, "Port", member.address);
  putText(writer, "Vsn");
  putNumbers(writer, member.versions);
}

function putAccusation(writer: Writer, type: number, claim: Accusation): void {
  putByte(writer, type);
  putMap(writer, 3);
  putField(writer, "From", accuser(claim));
  putNumber(writer, "Incarnation", claim.incarnation);
  putField(writer, "Node", claim.about);
}

/** A word between applications: nothing says how long it is but the end of the datagram, or of the part. */
function putUserPart(writer: Writer, payload: Bytes): void {
  putByte(writer, TYPE.user);
  putCharacters(writer, payload);
}
