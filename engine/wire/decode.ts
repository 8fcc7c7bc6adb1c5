/** Datagrams to messages: takes whatever a stranger sends, and returns a message, or the reason why there is none. */

import type { Claim } from "../words/member.ts";
import type { Datagram } from "../messages/message.ts";
import type { Address, Bytes } from "../words/units.ts";
import { impossible } from "../words/assert.ts";
import { address } from "../words/units.ts";
import { readAccusation, readAck, readAlive, readNack, readPing, readPingReq } from "./body.ts";
import { readCompressed } from "./compress.ts";
import { crc32 } from "./crc.ts";
import type { Reader } from "./reader.ts";
import { isSpent, readerOf, takeBigEndian, takeByte, takeRest } from "./reader.ts";
import { CHECKED_HEAD, refusal, TYPE } from "./type-byte.ts";

/** The result of decoding a datagram. A refusal is the sender's fault or the network's: count it, and go on. */
export type Decoded =
  /** `unread` has the reason for each part of a compound that was skipped; the others count all the same, as in memberlist. */
  | { readonly ok: true; readonly message: Datagram; readonly unread: readonly string[] }
  | { readonly ok: false; readonly why: string };

/** How deep compounds and compressed messages may be nested. memberlist writes only a compressed compound; it reads any depth. */
const DEEPEST = 4;
/** The most bytes that all compressed parts of one datagram may expand to, whether read or refused: as much as an uncompressed datagram can hold. */
const EXPANSION_LIMIT = 65_536;

const DAMAGED: Decoded = { ok: false, why: "damaged: the checksum does not fit" };

type Question = Exclude<Datagram, { kind: "gossip" }>;
/** What was decoded so far; `room` is how many bytes compressed parts may still expand to. */
type Heard = {
  question: Question | null;
  readonly gossip: Claim[];
  readonly userMessages: Bytes[];
  readonly unread: string[];
  readonly from: Address;
  room: number;
};

/**
 * The message in a datagram's payload, in its envelope or without. `from` is where the datagram came from: it is used if a ping has no
 * source address; without it such a ping is refused. Never throws. Takes time proportional to the input plus what it expands to
 * if it is compressed, at most 64 KiB, even if that turns out to be nonsense. The memory it takes at any moment, including the message, is at most 32
 * times both together plus half a KiB.
 */
export function decode(bytes: Uint8Array, from: Address = address("")): Decoded {
  const isChecked = bytes[0] === TYPE.checked && bytes.length >= CHECKED_HEAD;
  const body = readerOf(bytes, isChecked ? CHECKED_HEAD : 0);
  if (isChecked && takeBigEndian(readerOf(bytes, 1), 4) !== crc32(bytes, CHECKED_HEAD)) return DAMAGED;
  const heard: Heard = { question: null, gossip: [], userMessages: [], unread: [], from, room: EXPANSION_LIMIT };
  hear(heard, body, 0);
  const { question, gossip, userMessages, unread } = heard;
  const [why] = unread;
  const isNothing = question === null && gossip.length === 0 && userMessages.length === 0;
  if (isNothing && why !== undefined) return { ok: false, why: isChecked ? why : withSuspicion(bytes, why) };
  return { ok: true, message: question === null ? { kind: "gossip", gossip, userMessages } : carrying(question, gossip, userMessages), unread };
}

/** The question or the answer with its gossip and user messages. Written out, because a spread takes longer than all the rest. */
function carrying(question: Question, gossip: readonly Claim[], userMessages: readonly Bytes[]): Datagram {
  switch (question.kind) {
    case "ping": {
      const { kind, seq, target, source, sourceAddress } = question;
      return { kind, seq, target, source, sourceAddress, gossip, userMessages };
    }
    case "ack":
      return { kind: "ack", seq: question.seq, payload: question.payload, gossip, userMessages };
    case "ping-req": {
      const { kind, seq, target, targetAddress, source, sourceAddress, wantsNack } = question;
      return { kind, seq, target, targetAddress, source, sourceAddress, wantsNack, gossip, userMessages };
    }
    case "nack":
      return { kind: "nack", seq: question.seq, gossip, userMessages };
    default:
      return impossible(question);
  }
}

/** An encrypted datagram is marked only by its version, 0 or 1 (rules C.1), in the place of the type, where 0 and 1 mean ping and ping-req. */
const withSuspicion = (bytes: Uint8Array, why: string): string =>
  bytes[0] === TYPE.ping || bytes[0] === TYPE.indirectPing ? `${why} (or encrypted)` : why;

/** Decodes one message: the datagram itself, or a part of a compound. */
function hear(heard: Heard, reader: Reader, depth: number): void {
  if (isSpent(reader)) return void heard.unread.push("no bytes at all");
  const type = takeByte(reader);
  switch (type) {
    case TYPE.ping:
      return ask(heard, reader, readPing(reader, heard.from));
    case TYPE.indirectPing:
      return ask(heard, reader, readPingReq(reader, heard.from));
    case TYPE.ack:
      return ask(heard, reader, readAck(reader));
    case TYPE.nack:
      return ask(heard, reader, readNack(reader));
    case TYPE.alive:
      return tell(heard, reader, readAlive(reader));
    case TYPE.suspect:
      return tell(heard, reader, readAccusation(reader, "suspect"));
    case TYPE.dead:
      return tell(heard, reader, readAccusation(reader, "dead"));
    case TYPE.user:
      return void heard.userMessages.push(takeRest(reader));
    case TYPE.compound:
    case TYPE.compressed:
      if (depth === DEEPEST) return void heard.unread.push("messages within messages, too deep");
      return type === TYPE.compound ? hearParts(heard, reader, depth) : hearCompressed(heard, reader, depth);
    default:
      return void heard.unread.push(refusal(type));
  }
}

function ask(heard: Heard, reader: Reader, question: Question): void {
  if (reader.why !== null) heard.unread.push(reader.why);
  else if (heard.question !== null) heard.unread.push("a second question or answer in one datagram");
  else heard.question = question;
}

function tell(heard: Heard, reader: Reader, claim: Claim): void {
  if (reader.why !== null) heard.unread.push(reader.why);
  else heard.gossip.push(claim);
}

/** Decodes a compressed message. Bytes expanded before a refusal use up `room` as well: otherwise each part could waste work for free. */
function hearCompressed(heard: Heard, reader: Reader, depth: number): void {
  const expanded = readCompressed(reader, heard.room);
  heard.room -= expanded.length;
  if (reader.why !== null) return void heard.unread.push(reader.why);
  hear(heard, readerOf(expanded), depth + 1);
}

/** Decodes the parts of a compound, each by itself: an error in one does not affect the next (memberlist's `handleCompound`). */
function hearParts(heard: Heard, reader: Reader, depth: number): void {
  if (isSpent(reader)) return void heard.unread.push("a compound cut short");
  const count = takeByte(reader);
  const lengths = readerOf(reader.bytes, reader.at, reader.end);
  for (let start = reader.at + 2 * count, left = count; left > 0; left--) {
    const end = start + takeBigEndian(lengths, 2);
    if (lengths.why !== null || end > reader.end) return void heard.unread.push("a compound cut short");
    hear(heard, readerOf(reader.bytes, start, end), depth + 1);
    start = end;
  }
}
