/** What comes in on a stream, in either direction, or the reason why not. */

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

/** What became of a stream's bytes. */
export type DecodedStream =
  /**
   * A ping, a push-pull, a compare, a patch or a user message, if a peer opened the stream; a push-pull, a patch or an ack, if it answers. Which of
   * them fits where is not known here. `unread` says for each record that was passed over why: one member with a strange address does not spoil the others.
   */
  | { readonly ok: true; readonly message: Request | Answer; readonly unread: readonly string[] }
  /** `cutShort`: all that is wrong so far is that it is not all there. More bytes may mend it, and a reader of a socket waits for them. */
  | { readonly ok: false; readonly why: string; readonly cutShort: boolean };

/** How much may come out of a compressed message: 40 MiB, memberlist's own limit. */
const EXPANSION_LIMIT = 41_943_040;

/**
 * The message that these bytes begin with, compressed or not; what follows it is passed over. `from` stands in for a ping that does not say whom to
 * answer. Never throws. Takes time proportional to the bytes of the input and of what comes out of it if it is compressed, at most `expansionLimit`;
 * and what is held for it at any moment, the message included, is at most 40 times both together and half a KiB. (Measured: 15 times, for records with a
 * name and no more; 33, if each two names were chosen so that they have all branches of a view to themselves.)
 */
export function decodeStream(bytes: Uint8Array, from: Address = address(""), expansionLimit: number = EXPANSION_LIMIT): DecodedStream {
  const reader = readerOf(bytes);
  if (bytes[0] !== TYPE.compressed) return readMessage(reader, from);
  takeByte(reader);
  const expanded = readCompressed(reader, expansionLimit);
  if (reader.why !== null) return { ok: false, why: reader.why, cutShort: reader.missing > 0 };
  const read = readMessage(readerOf(expanded), from);
  // Here more bytes would not mend it: they would not belong to what was compressed.
  return read.ok ? read : { ...read, cutShort: false };
}

function readMessage(reader: Reader, from: Address): DecodedStream {
  const unread: string[] = [];
  const message = takeMessage(reader, from, unread);
  if (message !== null && reader.why === null) return { ok: true, message, unread };
  return { ok: false, why: reader.why ?? "nothing that we know", cutShort: reader.missing > 0 };
}

/** Null, and a reason in the reader, if it is none. */
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

/** Measures a record, then reads it by itself, so that nonsense in it ends where it ends. */
function takeRecord(reader: Reader, members: Member[], unread: string[]): void {
  const start = reader.at;
  skip(reader);
  if (reader.why !== null) return;
  const alone = readerOf(reader.bytes, start, reader.at);
  const member = readRecord(alone);
  if (alone.why === null) members.push(member);
  else unread.push(alone.why);
}
