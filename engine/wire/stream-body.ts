/** What stands in the maps of messages that belong in streams: before records, before an application's words, in memberlist's errors. */

import type { Compare, Patch } from "../messages/message.ts";
import type { Digest } from "../view/index.ts";
import type { Reader } from "./reader.ts";
import { giveUp, isSpent, readerOf, skip, takeBigEndian, takeBool, takeKey, takeMap, takeRaw, takeUint } from "./reader.ts";
import { charactersOf, utf8Of } from "./utf8.ts";

/** A signed 32-bit integer: more than any view or state of an application is long. */
const I32 = 2_147_483_647;
/** The most records in a push-pull: memberlist refuses more. */
const RECORDS_LIMIT = 1_048_576;
/** How many parts a view has, one level down the trie and two: what a compare and a patch can speak of. */
export const PARTS_AT: readonly number[] = [0, 32, 1024];
const NONE: Uint8Array = new Uint8Array();

/** What a push-pull says before its records: how many there are, and how many bytes of an application's follow them. */
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

/** How many bytes of a user message follow. */
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

/** What a patch says before its records. */
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

/** How much of what a peer complains of is worth repeating, in characters. */
const COMPLAINT_LIMIT = 200;

/** What the peer complains of, in quotation marks and without anything that could upset a terminal. */
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
