/** Messages to bytes, exactly as Go's memberlist writes them: a type byte, then a map whose keys are sorted. */

import type { AliveClaim, Accusation, Claim } from "../words/member.ts";
import type { Datagram, Message, Ping, PingReq } from "../messages/message.ts";
import type { Bytes } from "../words/units.ts";
import { assert, impossible } from "../words/assert.ts";
import { putCompare, putPatch, putPushPull, putUserMessage } from "./encode-stream.ts";
import { accuser, COMPOUND_PART, sizeOfMessage } from "./size.ts";
import { COMPOUND_LIMIT, TYPE } from "./type-byte.ts";
import type { Writer } from "./writer.ts";
import { putBool, putByte, putBytes, putCharacters, putHost, putNil, putNumbers, putPort, putStretch, putText, putUint, stretchOf } from "./writer.ts";

/**
 * The bytes of a message: a datagram's payload, or the content of a stream; without envelope (`wrap`), encryption and label.
 * Works for all that the engine sends. Throws BrokenPromise, because it would be our own bug, for an address that is not numeric, more
 * than 255 parts in a datagram, a part above 65,535 bytes, or digests that are not those of a whole level.
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

/** A compound: first the question or the answer, then claims, then user messages. If there is only one part, that part by itself. */
function putDatagram(writer: Writer, message: Datagram): void {
  const { gossip, userMessages } = message;
  const parts = gossip.length + userMessages.length + (message.kind === "gossip" ? 0 : 1);
  if (parts === 1) {
    putBare(writer, message);
    for (const claim of gossip) putClaim(writer, claim);
    for (const payload of userMessages) putUserPart(writer, payload);
    return;
  }
  assert(parts <= COMPOUND_LIMIT, "at most 255 parts in a datagram");
  putByte(writer, TYPE.compound);
  putByte(writer, parts);
  // The lengths precede the parts, but are known only after the parts are written.
  let length = writer.at;
  writer.at += COMPOUND_PART * parts;
  if (message.kind !== "gossip") {
    const start = writer.at;
    putBare(writer, message);
    length = putLength(writer, length, start);
  }
  for (const claim of gossip) {
    const start = writer.at;
    putClaim(writer, claim);
    length = putLength(writer, length, start);
  }
  for (const payload of userMessages) {
    const start = writer.at;
    putUserPart(writer, payload);
    length = putLength(writer, length, start);
  }
}

/** Writes at `place` the length of the part that began at `start` and ends here; returns the place for the next length. */
function putLength({ bytes, at }: Writer, place: number, start: number): number {
  const length = at - start;
  assert(length < 65_536, "a part of a datagram below 65,536 bytes");
  bytes[place] = length >> 8;
  bytes[place + 1] = length;
  return place + 2;
}

// The constant bytes of each kind of message: its type, the head of its map, and keys. The keys are sorted, as Go sorts them.
const NACK = stretchOf([TYPE.nack, 0x81], "SeqNo");
const PING = stretchOf([TYPE.ping, 0x85], "Node");
const ACK = stretchOf([TYPE.ack, 0x82], "Payload");
const PING_REQ = stretchOf([TYPE.indirectPing, 0x88], "Nack");
const ALIVE = stretchOf([TYPE.alive, 0x86], "Addr");
const SUSPECT = stretchOf([TYPE.suspect, 0x83], "From");
const DEAD = stretchOf([TYPE.dead, 0x83], "From");
const NODE = stretchOf([], "Node");
const SEQ = stretchOf([], "SeqNo");
const PORT = stretchOf([], "Port");
const TARGET = stretchOf([], "Target");
const SOURCE_ADDRESS = stretchOf([], "SourceAddr");
const SOURCE_NODE = stretchOf([], "SourceNode");
const SOURCE_PORT = stretchOf([], "SourcePort");
const INCARNATION = stretchOf([], "Incarnation");
const META = stretchOf([], "Meta");
const VERSIONS = stretchOf([], "Vsn");

function putBare(writer: Writer, message: Datagram): void {
  switch (message.kind) {
    case "ping":
      putStretch(writer, PING);
      putText(writer, message.target);
      putStretch(writer, SEQ);
      putUint(writer, message.seq);
      return putSource(writer, message);
    case "ack":
      putStretch(writer, ACK);
      if (message.payload === "") putNil(writer);
      else putBytes(writer, message.payload);
      putStretch(writer, SEQ);
      return putUint(writer, message.seq);
    case "ping-req":
      return putPingReq(writer, message);
    case "nack":
      putStretch(writer, NACK);
      return putUint(writer, message.seq);
    case "gossip":
      return;
    default:
      return impossible(message);
  }
}

function putPingReq(writer: Writer, pingReq: PingReq): void {
  putStretch(writer, PING_REQ);
  putBool(writer, pingReq.wantsNack);
  putStretch(writer, NODE);
  putText(writer, pingReq.target);
  putStretch(writer, PORT);
  putPort(writer, pingReq.targetAddress);
  putStretch(writer, SEQ);
  putUint(writer, pingReq.seq);
  putSource(writer, pingReq);
  putStretch(writer, TARGET);
  putHost(writer, pingReq.targetAddress);
}

function putSource(writer: Writer, asked: Ping | PingReq): void {
  putStretch(writer, SOURCE_ADDRESS);
  putHost(writer, asked.sourceAddress);
  putStretch(writer, SOURCE_NODE);
  putText(writer, asked.source);
  putStretch(writer, SOURCE_PORT);
  putPort(writer, asked.sourceAddress);
}

function putClaim(writer: Writer, claim: Claim): void {
  switch (claim.kind) {
    case "alive":
      return putAlive(writer, claim);
    case "suspect":
      return putAccusation(writer, SUSPECT, claim);
    case "dead":
    case "left":
      return putAccusation(writer, DEAD, claim);
    default:
      return impossible(claim);
  }
}

function putAlive(writer: Writer, { member }: AliveClaim): void {
  putStretch(writer, ALIVE);
  putHost(writer, member.address);
  putStretch(writer, INCARNATION);
  putUint(writer, member.incarnation);
  putStretch(writer, META);
  putBytes(writer, member.meta);
  putStretch(writer, NODE);
  putText(writer, member.id);
  putStretch(writer, PORT);
  putPort(writer, member.address);
  putStretch(writer, VERSIONS);
  putNumbers(writer, member.versions);
}

function putAccusation(writer: Writer, head: Uint8Array, claim: Accusation): void {
  putStretch(writer, head);
  putText(writer, accuser(claim));
  putStretch(writer, INCARNATION);
  putUint(writer, claim.incarnation);
  putStretch(writer, NODE);
  putText(writer, claim.about);
}

/** A user message: it ends where the datagram, or the part, ends. */
function putUserPart(writer: Writer, payload: Bytes): void {
  putByte(writer, TYPE.user);
  putCharacters(writer, payload);
}
