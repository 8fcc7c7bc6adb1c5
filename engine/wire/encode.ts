/** Messages to bytes, exactly as Go's memberlist writes them: a type byte, then a map whose keys are sorted. */

import type { AliveClaim, Accusation, Claim, Member } from "../words/member.ts";
import type { Datagram, Message, Ping, PingReq, PushPull } from "../messages/message.ts";
import { assert, impossible } from "../words/assert.ts";
import { membersOf, sizeOf } from "../view/index.ts";
import { accuser, bareSize, sizeOfClaim, sizeOfMessage } from "./size.ts";
import { COMPOUND_LIMIT, STATUSES, TYPE } from "./type-byte.ts";
import type { Writer } from "./writer.ts";
import { putBool, putByte, putBytes, putHost, putMap, putNil, putNumbers, putPort, putShort, putText, putUint } from "./writer.ts";

/**
 * The bytes of a message: a datagram's payload, or for a push-pull what goes into a stream; neither checksum nor encryption.
 * Total for what the engine says. What can't be written is our own bug, and stops us: an address that is no number, more
 * than 255 parts in a datagram, a part above 65,535 bytes.
 */
export function encode(message: Message): Uint8Array {
  const writer: Writer = { bytes: new Uint8Array(sizeOfMessage(message)), at: 0 };
  if (message.kind === "push-pull") putPushPull(writer, message);
  else putDatagram(writer, message);
  assert(writer.at === writer.bytes.length, "size(message) === encode(message).length");
  return writer.bytes;
}

function putDatagram(writer: Writer, message: Datagram): void {
  const { gossip } = message;
  const parts = gossip.length + (message.kind === "gossip" ? 0 : 1);
  const only = gossip[0];
  if (message.kind === "gossip" && only !== undefined && parts === 1) return putClaim(writer, only);
  if (message.kind !== "gossip" && parts === 1) return putBare(writer, message);
  assert(parts <= COMPOUND_LIMIT, "at most 255 parts in a datagram");
  putByte(writer, TYPE.compound);
  putByte(writer, parts);
  if (message.kind !== "gossip") putLength(writer, bareSize(message));
  for (const claim of gossip) putLength(writer, sizeOfClaim(claim));
  if (message.kind !== "gossip") putBare(writer, message);
  for (const claim of gossip) putClaim(writer, claim);
}

function putLength(writer: Writer, length: number): void {
  assert(length < 65_536, "a part of a datagram below 65,536 bytes");
  putShort(writer, length);
}

function putBare(writer: Writer, message: Exclude<Datagram, { kind: "gossip" }>): void {
  switch (message.kind) {
    case "ping":
      return putPing(writer, message);
    case "ack":
      putByte(writer, TYPE.ack);
      putMap(writer, 2);
      putText(writer, "Payload");
      putNil(writer);
      return putNumber(writer, "SeqNo", message.seq);
    case "ping-req":
      return putPingReq(writer, message);
    case "nack":
      putByte(writer, TYPE.nack);
      putMap(writer, 1);
      return putNumber(writer, "SeqNo", message.seq);
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
  putMeta(writer, member);
  putField(writer, "Node", member.id);
  putPort(writer, "Port", member.address);
  putVersions(writer, member);
}

function putAccusation(writer: Writer, type: number, claim: Accusation): void {
  putByte(writer, type);
  putMap(writer, 3);
  putField(writer, "From", accuser(claim));
  putNumber(writer, "Incarnation", claim.incarnation);
  putField(writer, "Node", claim.about);
}

/** A header, then a record for each member. Ours has no user state: that belongs to applications (Serf's clocks and events). */
function putPushPull(writer: Writer, { join, view }: PushPull): void {
  putByte(writer, TYPE.pushPull);
  putMap(writer, 3);
  putText(writer, "Join");
  putBool(writer, join);
  putNumber(writer, "Nodes", sizeOf(view));
  putNumber(writer, "UserStateLen", 0);
  for (const member of membersOf(view)) putRecord(writer, member);
}

/** memberlist's `pushNodeState`, where a member's name is not `Node` as elsewhere but `Name`. Its length is `recordSize` of the view. */
function putRecord(writer: Writer, member: Member): void {
  putMap(writer, 7);
  putHost(writer, "Addr", member.address);
  putNumber(writer, "Incarnation", member.incarnation);
  putMeta(writer, member);
  putField(writer, "Name", member.id);
  putPort(writer, "Port", member.address);
  putNumber(writer, "State", STATUSES.indexOf(member.status));
  putVersions(writer, member);
}

function putMeta(writer: Writer, member: Member): void {
  putText(writer, "Meta");
  putBytes(writer, member.meta);
}

function putVersions(writer: Writer, member: Member): void {
  putText(writer, "Vsn");
  putNumbers(writer, member.versions);
}

function putField(writer: Writer, key: string, text: string): void {
  putText(writer, key);
  putText(writer, text);
}

function putNumber(writer: Writer, key: string, value: number): void {
  putText(writer, key);
  putUint(writer, value);
}
