/** What comes in on a stream to a push-pull, or the reason why not. */

import type { Member } from "../words/member.ts";
import type { PushPull } from "../messages/message.ts";
import { viewOf } from "../view/index.ts";
import { readHeader, readRecord } from "./body.ts";
import type { Reader } from "./reader.ts";
import { giveUp, readerOf, skip, takeByte } from "./reader.ts";
import { refusal, TYPE } from "./type-byte.ts";

/** What became of a stream's bytes. */
export type DecodedStream =
  /** `unread` says for each record that was passed over why: one member with a strange address does not spoil the others. */
  | { readonly ok: true; readonly message: PushPull; readonly unread: readonly string[] }
  /** `cutShort`: all that is wrong so far is that it is not all there. More bytes may mend it, and a reader of a socket waits for them. */
  | { readonly ok: false; readonly why: string; readonly cutShort: boolean };

/** The most records in a push-pull: memberlist refuses more. */
const RECORDS_LIMIT = 1_048_576;

/** The push-pull in these bytes. The application's state behind the records must be there, and is passed over. Never throws. */
export function decodeStream(bytes: Uint8Array): DecodedStream {
  const reader = readerOf(bytes);
  const type = takeByte(reader);
  if (reader.why === null && type !== TYPE.pushPull) giveUp(reader, refusal(type));
  const header = readHeader(reader);
  const members: Member[] = [];
  const unread: string[] = [];
  if (header.records > RECORDS_LIMIT) giveUp(reader, `${header.records} records: more than ${RECORDS_LIMIT}`);
  for (let left = header.records; left > 0 && reader.why === null; left--) readOne(reader, members, unread);
  if (reader.why === null && reader.end - reader.at < header.userState) return { ok: false, why: "cut short", cutShort: true };
  if (reader.why !== null) return { ok: false, why: reader.why, cutShort: reader.cutShort };
  return { ok: true, message: { kind: "push-pull", join: header.join, view: viewOf(members) }, unread };
}

/** Measures a record, then reads it by itself, so that nonsense in it ends where it ends. */
function readOne(reader: Reader, members: Member[], unread: string[]): void {
  const start = reader.at;
  skip(reader);
  if (reader.why !== null) return;
  const alone = readerOf(reader.bytes, start, reader.at);
  const member = readRecord(alone);
  if (alone.why === null) members.push(member);
  else unread.push(alone.why);
}
