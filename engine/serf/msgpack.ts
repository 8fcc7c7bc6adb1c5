/** The parts of msgpack that occur in Serf's payloads but not in memberlist's messages: lists, maps of any length, floating-point numbers, and Lamport times. */

import type { Bytes, LamportTime } from "../words/units.ts";
import { lamportTime } from "../words/units.ts";
import type { Reader } from "../wire/reader.ts";
import { giveUp, readerOf, takeBigEndian, takeByte, takeStretch, takeUint } from "../wire/reader.ts";
import { charactersOf } from "../wire/utf8.ts";
import type { Writer } from "../wire/writer.ts";
import { putByte, putShort } from "../wire/writer.ts";
import { LATEST } from "./lamport.ts";

const NIL = 0xc0;
const FIXED_LIST = 0x90;
const LIST16 = 0xdc;
const FIXED_MAP = 0x80;
const MAP16 = 0xde;
const FLOAT32 = 0xca;
const FLOAT64 = 0xcb;

/** How many values the list here has; 0 for nil. Never more than there are bytes for. */
export function takeList(reader: Reader): number {
  const head = takeByte(reader);
  let values = 0;
  if (head >= FIXED_LIST && head <= FIXED_LIST + 15) values = head & 0x0f;
  else if (head === LIST16 || head === LIST16 + 1) values = takeBigEndian(reader, 2 << (head - LIST16));
  else if (head !== NIL) giveUp(reader, "no list where one belongs");
  if (values <= reader.end - reader.at) return values;
  giveUp(reader, "cut short");
  return 0;
}

/** Skips a nil, if one is next. */
export function takeNil(reader: Reader): boolean {
  const isNil = reader.at < reader.end && reader.bytes[reader.at] === NIL;
  if (isNil) reader.at++;
  return isNil;
}

export const takeLamportTime = (reader: Reader): LamportTime => lamportTime(takeUint(reader, LATEST));

/** A floating-point number, or a whole one from 0 to 2³²: Go's decoder takes both. 0 for nil. */
export function takeFloat(reader: Reader): number {
  const head = reader.bytes[reader.at];
  if (head !== FLOAT32 && head !== FLOAT64) return takeUint(reader, 4_294_967_296);
  takeByte(reader);
  const width = head === FLOAT32 ? 4 : 8;
  const stretch = takeStretch(reader, width);
  if (stretch.length < width) return 0;
  const view = new DataView(stretch.buffer, stretch.byteOffset, width);
  return head === FLOAT32 ? view.getFloat32(0) : view.getFloat64(0);
}

/** A floating-point number, in eight bytes. */
export function putFloat(writer: Writer, value: number): void {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  putByte(writer, FLOAT64);
  for (let at = 0; at < 8; at++) putByte(writer, view.getUint8(at));
}

/** The head of a list. */
export const putList = (writer: Writer, values: number): void => putHead(writer, values, FIXED_LIST, LIST16);

/** The head of a map of any length. */
export const putLongMap = (writer: Writer, entries: number): void => putHead(writer, entries, FIXED_MAP, MAP16);

function putHead(writer: Writer, length: number, fixed: number, wide: number): void {
  if (length < 16) return putByte(writer, fixed | length);
  const isShort = length < 65_536;
  putByte(writer, isShort ? wide : wide + 1);
  if (!isShort) putShort(writer, length >>> 16);
  putShort(writer, length);
}

/**
 * The bytes that `put` writes. It is called twice: first with an empty array, where writing only counts (a typed array ignores writes beyond
 * its end), then with an array of that length. So lengths need not be computed separately.
 */
export function written(put: (writer: Writer) => void): Bytes {
  const counting: Writer = { bytes: new Uint8Array(), at: 0 };
  put(counting);
  const writer: Writer = { bytes: new Uint8Array(counting.at), at: 0 };
  put(writer);
  return charactersOf(writer.bytes);
}

/** A reader of opaque bytes. */
export function readerOfBytes(bytes: Bytes): Reader {
  const raw = new Uint8Array(bytes.length);
  for (let at = 0; at < bytes.length; at++) raw[at] = bytes.charCodeAt(at);
  return readerOf(raw);
}
