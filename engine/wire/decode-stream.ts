/** Streams to messages, in either direction: returns a message, or the reason why there is none. */

import type { Member } from "../words/member.ts";
import type { Answer, Request } from "../messages/message.ts";
import type { Address } from "../words/units.ts";
import { address } from "../words/units.ts";
import { viewOf } from "../view/index.ts";
import { readAck, readPing, readRecord } from "./body.ts";
import { readCompressed } from "./compress.ts";
import type { Reader } from "./reader.ts";
import { giveUp, readerOf, skip, takeByte, takeStretch } from "./reader.ts";
import { readCompare, readComplaint, readHeader, readPatchHeader, readUserHeader } from "./stream-body.ts";
import { refusal, TYPE } from "./type-byte.ts";
import { charactersOf } from "./utf8.ts";

/** The result of decoding a stream's bytes. */
export type DecodedStream =
  /**
   * A ping, a push-pull, a compare, a patch or a user message, if a peer opened the stream; a push-pull, a patch or an ack, if it answers. Whether
   * the kind fits is not checked here. `unread` has the reason for each record that was skipped: one member with a strange address does not spoil the others.
   */
  | { readonly ok: true; readonly message: Request | Answer; readonly unread: readonly string[] }
  /** `cutShort`: the only fault so far is that the end is missing. More bytes may complete it, and a reader of a socket waits for them. */
  | { readonly ok: false; readonly why: string; readonly cutShort: boolean };

/** The most bytes that a compressed message may expand to: 40 MiB, memberlist's own limit. */
const EXPANSION_LIMIT = 41_943_040;

/**
 * The message at the beginning of these bytes, compressed or not; what follows is ignored. `from` is the address to answer if a ping
 * has no source address. Never throws. Takes time proportional to the input plus what it expands to if it is compressed, at most `expansionLimit`;
 * the memory it takes at any moment, including the message, is at most 40 times both together plus half a KiB. (Measured: 15 times, for records with only
 * a name; 33 times, if names are chosen in pairs that each need all branches of a view for themselves.)
 */
export function decodeStream(bytes: Uint8Array, from: Address = address(""), expansionLimit: number = EXPANSION_LIMIT): DecodedStream {
  const reader = readerOf(bytes);
  if (bytes[0] !== TYPE.compressed) return readMessage(reader, from);
  takeByte(reader);
  const expanded = readCompressed(reader, expansionLimit);
  if (reader.why !== null) return { ok: false, why: reader.why, cutShort: reader.missing > 0 };
  const read = readMessage(readerOf(expanded), from);
  // More bytes would not complete it: they would not belong to the compressed part.
  return read.ok ? read : { ...read, cutShort: false };
}

function readMessage(reader: Reader, from: Address): DecodedStream {
  const unread: string[] = [];
  const message = takeMessage(reader, from, unread);
  if (message !== null && reader.why === null) return { ok: true, message, unread };
  return { ok: false, why: reader.why ?? "nothing that we know", cutShort: reader.missing > 0 };
}

/** Null, and a reason in the reader, if it is no message. */
function takeMessage(reader: Reader, from: Address, unread: string[]): Request | Answer | null {
  const type = takeByte(reader);
  if (reader.why !== null) return null;
  switch (type) {
    case TYPE.ping:
      return readPing(reader, from);
    case TYPE.ack:
      return readAck(reader);
    case TYPE.pushPull: {
      const { join, records, userState } = readHeader(reader);
      const members = takeRecords(reader, records, unread);
      const state = takeStretch(reader, userState);
      return reader.why === null ? { kind: "push-pull", join, view: viewOf(members), userState: charactersOf(state) } : null;
    }
    case TYPE.compare:
      return readCompare(reader);
    case TYPE.patch: {
      const { depth, parts, records } = readPatchHeader(reader);
      const members = takeRecords(reader, records, unread);
      return reader.why === null ? { kind: "patch", depth, parts, view: viewOf(members) } : null;
    }
    case TYPE.user:
      return { kind: "user", payload: charactersOf(takeStretch(reader, readUserHeader(reader))) };
    case TYPE.error:
      giveUp(reader, `the peer refused: ${readComplaint(reader)}`);
      return null;
    default:
      giveUp(reader, refusal(type));
      return null;
  }
}

function takeRecords(reader: Reader, records: number, unread: string[]): readonly Member[] {
  const members: Member[] = [];
  for (let left = records; left > 0 && reader.why === null; left--) takeRecord(reader, members, unread);
  return members;
}

/** Finds the end of a record, then reads it by itself, so that an error in it does not affect the next. */
function takeRecord(reader: Reader, members: Member[], unread: string[]): void {
  const start = reader.at;
  skip(reader);
  if (reader.why !== null) return;
  const alone = readerOf(reader.bytes, start, reader.at);
  const member = readRecord(alone);
  if (alone.why === null) members.push(member);
  else unread.push(alone.why);
}
