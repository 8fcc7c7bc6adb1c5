/** Datagrams to messages: takes in whatever a stranger sends, and hands out a message or the reason why not. */

import type { Claim } from "../words/member.ts";
import type { Datagram } from "../messages/message.ts";
import type { Address } from "../words/units.ts";
import { address } from "../words/units.ts";
import { readAccusation, readAlive, readAnswer, readPing, readPingReq } from "./body.ts";
import { crc32 } from "./crc.ts";
import type { Reader } from "./reader.ts";
import { isSpent, readerOf, takeBigEndian, takeByte } from "./reader.ts";
import { refusal, TYPE } from "./type-byte.ts";

/** What became of a datagram. A refusal is the sender's fault or the network's: count it, and go on. */
export type Decoded =
  /** `unread` says why parts of a compound were passed over, if any were: memberlist hears the others all the same. */
  | { readonly ok: true; readonly message: Datagram; readonly unread: readonly string[] }
  | { readonly ok: false; readonly why: string };

/** How deep compounds may lie within compounds. memberlist never nests them, and reads them however deep. */
const DEEPEST = 4;
/** The type byte and the checksum before a checked datagram. */
const CHECKED_HEAD = 5;

const DAMAGED: Decoded = { ok: false, why: "damaged: the checksum does not fit" };

type Question = Exclude<Datagram, { kind: "gossip" }>;
/** What was understood so far. */
type Heard = { question: Question | null; readonly gossip: Claim[]; readonly unread: string[]; readonly from: Address };

/**
 * The message in a datagram's payload. `from` is where the datagram came from: it stands in where the sender does not say
 * whom to answer, and without it such a ping is refused. Never throws; takes time and space proportional to the input.
 */
export function decode(bytes: Uint8Array, from: Address = address("")): Decoded {
  const isChecked = bytes[0] === TYPE.checked && bytes.length >= CHECKED_HEAD;
  const body = readerOf(bytes, isChecked ? CHECKED_HEAD : 0);
  if (isChecked && takeBigEndian(readerOf(bytes, 1), 4) !== crc32(bytes, CHECKED_HEAD)) return DAMAGED;
  const heard: Heard = { question: null, gossip: [], unread: [], from };
  hear(heard, body, 0);
  const { question, gossip, unread } = heard;
  const [why] = unread;
  if (question === null && gossip.length === 0 && why !== undefined) return { ok: false, why: isChecked ? why : withSuspicion(bytes, why) };
  return { ok: true, message: question === null ? { kind: "gossip", gossip } : { ...question, gossip }, unread };
}

/** Nothing marks an encrypted datagram but its version, 0 or 1 (rules C.1), where a ping and a ping-req have their type. */
const withSuspicion = (bytes: Uint8Array, why: string): string =>
  bytes[0] === TYPE.ping || bytes[0] === TYPE.indirectPing ? `${why} (or encrypted)` : why;

/** Takes in one message: the datagram itself, or a part of a compound. */
function hear(heard: Heard, reader: Reader, depth: number): void {
  if (isSpent(reader)) return void heard.unread.push("no bytes at all");
  const type = takeByte(reader);
  switch (type) {
    case TYPE.ping:
      return ask(heard, reader, readPing(reader, heard.from));
    case TYPE.indirectPing:
      return ask(heard, reader, readPingReq(reader, heard.from));
    case TYPE.ack:
      return ask(heard, reader, readAnswer(reader, "ack"));
    case TYPE.nack:
      return ask(heard, reader, readAnswer(reader, "nack"));
    case TYPE.alive:
      return tell(heard, reader, readAlive(reader));
    case TYPE.suspect:
      return tell(heard, reader, readAccusation(reader, "suspect"));
    case TYPE.dead:
      return tell(heard, reader, readAccusation(reader, "dead"));
    case TYPE.compound:
      return hearParts(heard, reader, depth);
    default:
      return void heard.unread.push(refusal(type));
  }
}

function ask(heard: Heard, reader: Reader, question: Question): void {
  if (reader.why !== null) heard.unread.push(reader.why);
  else if (heard.question !== null) heard.unread.push("a second message in one datagram that is no claim");
  else heard.question = question;
}

function tell(heard: Heard, reader: Reader, claim: Claim): void {
  if (reader.why !== null) heard.unread.push(reader.why);
  else heard.gossip.push(claim);
}

/** The parts of a compound, each for itself: what is wrong with one is no fault of the next (memberlist's `handleCompound`). */
function hearParts(heard: Heard, reader: Reader, depth: number): void {
  if (depth === DEEPEST) return void heard.unread.push("compounds within compounds, too deep");
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
