/** How long a message becomes on the wire, by arithmetic alone: what packing and accounting ask for each datagram. */

import type { Claim } from "../words/member.ts";
import type { Address, ByteCount, SeqNo } from "../words/units.ts";
import type { Datagram, Message } from "../messages/message.ts";
import { impossible } from "../words/assert.ts";
import { hostSize, portSize, rawSize, textSize, uintSize } from "../words/size.ts";
import { byteCount } from "../words/units.ts";
import { bytesOf, sizeOf } from "../view/index.ts";

/** What a compound spends before its first part: its type, and the number of parts. */
export const COMPOUND_HEAD: ByteCount = byteCount(2);
/** What it spends on each part besides the part itself: the part's length. */
export const COMPOUND_PART: ByteCount = byteCount(2);

/** A type byte, the head of a map with fewer than sixteen entries, and these keys. */
const headWith = (...keys: readonly string[]): number => keys.reduce((size, key) => size + textSize(key), 2);

const PING = headWith("Node", "SeqNo", "SourceAddr", "SourceNode", "SourcePort");
const PING_REQ = headWith("Nack", "Node", "Port", "SeqNo", "SourceAddr", "SourceNode", "SourcePort", "Target") + 1;
const ACK = headWith("Payload", "SeqNo") + 1;
const NACK = headWith("SeqNo");
const ACCUSATION = headWith("From", "Incarnation", "Node");
const ALIVE = headWith("Addr", "Incarnation", "Meta", "Node", "Port", "Vsn") + rawSize(6);
const PUSH_PULL = headWith("Join", "Nodes", "UserStateLen") + 2;

/** The length of `encode(message)`, without encoding it: a law, and tested as one. */
export function sizeOfMessage(message: Message): ByteCount {
  if (message.kind === "push-pull") return byteCount(PUSH_PULL + uintSize(sizeOf(message.view)) + bytesOf(message.view));
  const { gossip } = message;
  if (message.kind === "gossip" && gossip.length === 1) return sizeOfGossip(gossip);
  if (message.kind === "gossip") return byteCount(COMPOUND_HEAD + gossip.length * COMPOUND_PART + sizeOfGossip(gossip));
  if (gossip.length === 0) return bareSize(message);
  return byteCount(COMPOUND_HEAD + (1 + gossip.length) * COMPOUND_PART + bareSize(message) + sizeOfGossip(gossip));
}

/** The length of a claim as a message of its own. In a compound it costs `COMPOUND_PART` more. */
export function sizeOfClaim(claim: Claim): ByteCount {
  if (claim.kind === "alive") {
    const { id, address, meta, incarnation } = claim.member;
    return byteCount(ALIVE + hostSize(address) + uintSize(incarnation) + rawSize(meta.length) + textSize(id) + portSize(address));
  }
  return byteCount(ACCUSATION + textSize(accuser(claim)) + uintSize(claim.incarnation) + textSize(claim.about));
}

/**
 * What `budget` leaves for gossip on a message that carries none yet; each claim costs its own size and `COMPOUND_PART`.
 * Negative if not even a compound of the bare message fits. memberlist's rule (`UDPBufferSize` less the message, less its overheads),
 * but for the two bytes by which memberlist forgets to count the message's own length.
 */
export const roomForGossip = (message: Datagram, budget: number): number =>
  budget - COMPOUND_HEAD - (message.kind === "gossip" ? 0 : COMPOUND_PART + bareSize(message));

/** Who accuses. Who said goodbye did so itself: that is how memberlist tells the departed from the dead. */
export const accuser = (claim: Exclude<Claim, { kind: "alive" }>): string => (claim.kind === "left" ? claim.about : claim.from);

/** A message without its gossip. Never asked of pure gossip, which is nothing without. */
export function bareSize(message: Exclude<Datagram, { kind: "gossip" }>): ByteCount {
  switch (message.kind) {
    case "ping":
      return byteCount(PING + textSize(message.target) + askedBy(message));
    case "ack":
      return byteCount(ACK + uintSize(message.seq));
    case "ping-req":
      return byteCount(PING_REQ + textSize(message.target) + addressSize(message.targetAddress) + askedBy(message));
    case "nack":
      return byteCount(NACK + uintSize(message.seq));
    default:
      return impossible(message);
  }
}

type Asked = { readonly seq: SeqNo; readonly source: string; readonly sourceAddress: Address };

const askedBy = ({ seq, source, sourceAddress }: Asked): number => uintSize(seq) + textSize(source) + addressSize(sourceAddress);

const addressSize = (address: Address): number => hostSize(address) + portSize(address);

function sizeOfGossip(gossip: readonly Claim[]): ByteCount {
  let size = 0;
  for (const claim of gossip) size += sizeOfClaim(claim);
  return byteCount(size);
}
