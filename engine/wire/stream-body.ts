/** The maps in messages that belong in streams: the headers before records and user messages, and memberlist's errors. */

import type { Compare, Patch } from "../messages/message.ts";
import type { Digest } from "../view/index.ts";
import type { Reader } from "./reader.ts";
import { giveUp, isSpent, readerOf, skip, takeBigEndian, takeBool, takeKey, takeMap, takeRaw, takeUint } from "./reader.ts";
import { charactersOf, utf8Of } from "./utf8.ts";

/** The greatest signed 32-bit integer: more than the length of any view or user state. */
const I32 = 2_147_483_647;
/** The most records in a push-pull: memberlist refuses more. */
const RECORDS_LIMIT = 1_048_576;
/** How many parts a view has, one level down the trie and two: the depths that a compare and a patch can have. */
export const PARTS_AT: readonly number[] = [0, 32, 1024];
const NONE: Uint8Array = new Uint8Array();

/** The header of a push-pull: how many records follow, and how many bytes of user state after them. */
export type Header = { readonly join: boolean; readonly records: number; readonly userState: number };

export function readHeader(reader: Reader): Header {
  let join = false;
  let records = 0;
  let userState = 0;
  for (let left = takeMap(reader); left > 0; left--) {
    switch (takeKey(reader)) {
      case "Join": join = takeBool(reader); break;
      case "Nodes": records = takeUint(reader, I32); break;
      case "UserStateLen": userState = takeUint(reader, I32); break;
      default: skip(reader);
    }
  }
  return { join, records: upToLimit(reader, records), userState };
}

/** The length of the user message that follows. */
export function readUserHeader(reader: Reader): number {
  let length = 0;
  for (let left = takeMap(reader); left > 0; left--) {
    if (takeKey(reader) === "UserMsgLen") length = takeUint(reader, I32);
    else skip(reader);
  }
  return length;
}

export function readCompare(reader: Reader): Compare {
  let depth = 0;
  let raw = NONE;
  for (let left = takeMap(reader); left > 0; left--) {
    switch (takeKey(reader)) {
      case "Depth": depth = takeUint(reader, I32); break;
      case "Digests": raw = takeRaw(reader); break;
      default: skip(reader);
    }
  }
  const parts = partsAt(reader, depth);
  if (raw.length !== 8 * parts) giveUp(reader, `${raw.length} bytes of digests, of ${parts} parts`);
  const digests: Digest[] = [];
  if (reader.why === null) for (const each = readerOf(raw); !isSpent(each); ) digests.push({ high: takeBigEndian(each, 4) | 0, low: takeBigEndian(each, 4) | 0 });
  return { kind: "compare", depth, digests };
}

/** The header of a patch, before its records. */
export type PatchHeader = Pick<Patch, "depth" | "parts"> & { readonly records: number };

export function readPatchHeader(reader: Reader): PatchHeader {
  let depth = 0;
  let records = 0;
  let raw = NONE;
  for (let left = takeMap(reader); left > 0; left--) {
    switch (takeKey(reader)) {
      case "Depth": depth = takeUint(reader, I32); break;
      case "Nodes": records = takeUint(reader, I32); break;
      case "Parts": raw = takeRaw(reader); break;
      default: skip(reader);
    }
  }
  const most = partsAt(reader, depth);
  const parts: number[] = [];
  if (raw.length % 2 !== 0 || raw.length > 2 * most) giveUp(reader, `${raw.length} bytes of parts, of which there are ${most}`);
  if (reader.why === null) for (const each = readerOf(raw); !isSpent(each); ) parts.push(takeBigEndian(each, 2));
  if (parts.some((part) => part >= most)) giveUp(reader, `a part that is none of ${most}`);
  return { depth, parts, records: upToLimit(reader, records) };
}

/** How much of a peer's error text is repeated, in characters. */
const COMPLAINT_LIMIT = 200;

/** The peer's error text, in quotation marks and without control characters. */
export function readComplaint(reader: Reader): string {
  let raw = NONE;
  for (let left = takeMap(reader); left > 0; left--) {
    if (takeKey(reader) === "Error") raw = takeRaw(reader);
    else skip(reader);
  }
  const said = (utf8Of(raw) ?? charactersOf(raw)).replaceAll(/[\u007f-\u009f]/g, "?");
  return JSON.stringify(said.length > COMPLAINT_LIMIT ? `${said.slice(0, COMPLAINT_LIMIT)}…` : said);
}

function partsAt(reader: Reader, depth: number): number {
  const parts = PARTS_AT[depth] ?? 0;
  if (parts === 0) giveUp(reader, `a depth of ${depth}, and not one or two`);
  return parts;
}

function upToLimit(reader: Reader, records: number): number {
  if (records > RECORDS_LIMIT) giveUp(reader, `${records} records: more than ${RECORDS_LIMIT}`);
  return records;
}
