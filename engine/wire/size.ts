/** The encoded length of a message, by arithmetic alone: packing and accounting need it for each datagram. */

import type { Claim } from "../words/member.ts";
import type { Address, ByteCount, Bytes, SeqNo } from "../words/units.ts";
import type { Compare, Datagram, Message, Patch, PushPull, UserMessage } from "../messages/message.ts";
import { impossible } from "../words/assert.ts";
import { hostSize, portSize, rawSize, textSize, uintSize } from "../words/size.ts";
import { byteCount } from "../words/units.ts";
import { bytesOf, sizeOf } from "../view/index.ts";

/** The bytes of a compound before its first part: its type, and the number of parts. */
export const COMPOUND_HEAD: ByteCount = byteCount(2);
/** The bytes that it adds to each part: the part's length. */
export const COMPOUND_PART: ByteCount = byteCount(2);

/** The bytes of a type, the head of a map with fewer than sixteen entries, and these keys. */
const headWith = (...keys: readonly string[]): number => keys.reduce((size, key) => size + textSize(key), 2);

const PING = headWith("Node", "SeqNo", "SourceAddr", "SourceNode", "SourcePort");
const PING_REQ = headWith("Nack", "Node", "Port", "SeqNo", "SourceAddr", "SourceNode", "SourcePort", "Target") + 1;
const ACK = headWith("Payload", "SeqNo");
const NACK = headWith("SeqNo");
const ACCUSATION = headWith("From", "Incarnation", "Node");
const ALIVE = headWith("Addr", "Incarnation", "Meta", "Node", "Port", "Vsn") + rawSize(6);
const PUSH_PULL = headWith("Join", "Nodes", "UserStateLen") + 1;
const COMPARE = headWith("Depth", "Digests") + 1;
const PATCH = headWith("Depth", "Nodes", "Parts") + 1;
const USER = headWith("UserMsgLen");

/** The length of `encode(message)`, without encoding it (tested as a law). Before compression, checksum, encryption and label. */
export function sizeOfMessage(message: Message): ByteCount {
  switch (message.kind) {
    case "push-pull":
    case "compare":
    case "patch":
    case "user":
      return byteCount(sizeInStream(message));
    default:
      return sizeOfDatagram(message, message.gossip.length + message.userMessages.length, sizeOfParts(message));
  }
}

/**
 * The length of a message with this many piggybacked parts, of `partBytes` in all, each as a message of its own: the overhead of the compound
 * is added here. The gossip in `message` itself does not count.
 */
export function sizeOfDatagram(message: Datagram, parts: number, partBytes: number): ByteCount {
  const all = message.kind === "gossip" ? parts : parts + 1;
  const bytes = bareSize(message) + partBytes;
  return byteCount(all === 1 ? bytes : COMPOUND_HEAD + all * COMPOUND_PART + bytes);
}

function sizeInStream(message: PushPull | Compare | Patch | UserMessage): number {
  switch (message.kind) {
    case "push-pull": {
      const userState = message.userState.length;
      return PUSH_PULL + uintSize(sizeOf(message.view)) + uintSize(userState) + bytesOf(message.view) + userState;
    }
    case "compare":
      return COMPARE + rawSize(8 * message.digests.length);
    case "patch":
      return PATCH + uintSize(sizeOf(message.view)) + rawSize(2 * message.parts.length) + bytesOf(message.view);
    case "user":
      return USER + uintSize(message.payload.length) + message.payload.length;
    default:
      return impossible(message);
  }
}

/** The length of a claim as a message of its own. In a compound it costs `COMPOUND_PART` more. */
export function sizeOfClaim(claim: Claim): ByteCount {
  if (claim.kind === "alive") {
    const { id, address, meta, incarnation } = claim.member;
    return byteCount(ALIVE + hostSize(address) + uintSize(incarnation) + rawSize(meta.length) + textSize(id) + portSize(address));
  }
  return byteCount(ACCUSATION + textSize(accuser(claim)) + uintSize(claim.incarnation) + textSize(claim.about));
}

/** The length of a user message as a message of its own: a type byte, and the payload. In a compound it costs `COMPOUND_PART` more. */
export const sizeOfUserMessage = (payload: Bytes): ByteCount => byteCount(1 + payload.length);

/**
 * The room that `budget` leaves for claims and user messages on a bare message; each of them costs its own size and `COMPOUND_PART`.
 * Negative if not even a compound of the bare message fits. memberlist's rule (`UDPBufferSize` minus the message, minus overheads),
 * except that memberlist forgets the two bytes for the length of the message itself.
 */
export const roomForGossip = (message: Datagram, budget: number): number =>
  budget - COMPOUND_HEAD - (message.kind === "gossip" ? 0 : COMPOUND_PART + bareSize(message));

/** The accuser. A farewell's accuser is its subject itself: so memberlist tells members that left from the dead. */
export const accuser = (claim: Exclude<Claim, { kind: "alive" }>): string => (claim.kind === "left" ? claim.about : claim.from);

/** The length of a message without gossip and user messages. That of pure gossip is 0. */
export function bareSize(message: Datagram): ByteCount {
  switch (message.kind) {
    case "ping":
      return byteCount(PING + textSize(message.target) + askedBy(message));
    case "ack":
      // An absent payload is nil: one byte, like an empty string.
      return byteCount(ACK + rawSize(message.payload.length) + uintSize(message.seq));
    case "ping-req":
      return byteCount(PING_REQ + textSize(message.target) + addressSize(message.targetAddress) + askedBy(message));
    case "nack":
      return byteCount(NACK + uintSize(message.seq));
    case "gossip":
      return byteCount(0);
    default:
      return impossible(message);
  }
}

type Asked = { readonly seq: SeqNo; readonly source: string; readonly sourceAddress: Address };

const askedBy = ({ seq, source, sourceAddress }: Asked): number => uintSize(seq) + textSize(source) + addressSize(sourceAddress);

const addressSize = (address: Address): number => hostSize(address) + portSize(address);

function sizeOfParts({ gossip, userMessages }: Datagram): number {
  let size = 0;
  for (const claim of gossip) size += sizeOfClaim(claim);
  for (const payload of userMessages) size += sizeOfUserMessage(payload);
  return size;
}
