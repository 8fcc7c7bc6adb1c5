/**
 * Reads msgpack in every form that Go's memberlist reads. It never throws: it keeps the first error as the reason, and from then on
 * every read returns an empty value. So a function that reads a message checks for errors once, at the end.
 */

import type { Versions } from "../words/member.ts";
import type { Bytes } from "../words/units.ts";
import { keyAt } from "./key.ts";
import { charactersOf, utf8Of } from "./utf8.ts";

/** A range of bytes, and how far it is read. */
export type Reader = {
  readonly bytes: Uint8Array;
  readonly end: number;
  at: number;
  /** The first error, in words; null if there was none. */
  why: string | null;
  /** If the error is that the input ends too early: how many bytes are missing, at least. Otherwise 0. */
  missing: number;
  /** The versions read last. Mostly all members of a group have the same, and one shared object is cheaper to make and to compare. */
  versions: Versions | null;
};

export const readerOf = (bytes: Uint8Array, start = 0, end = bytes.length): Reader => ({ bytes, end, at: start, why: null, missing: 0, versions: null });

/** Is nothing left to read? */
export const isSpent = (reader: Reader): boolean => reader.at >= reader.end;

/** Stops reading, for this reason, unless there is an earlier one. */
export function giveUp(reader: Reader, why: string): void {
  reader.why ??= why;
  reader.at = reader.end;
}

const NIL = 0xc0;
const FALSE = 0xc2;
const TRUE = 0xc3;
const BIN8 = 0xc4;
const EXT8 = 0xc7;
const FLOAT32 = 0xca;
const UINT8 = 0xcc;
const INT8 = 0xd0;
const FIXEXT16 = 0xd8;
const STR8 = 0xd9;
const ARRAY16 = 0xdc;
const MAP16 = 0xde;
/** How many bytes follow each head from float32 to fixext16. */
const FOLLOWS = [4, 8, 1, 2, 4, 8, 1, 2, 4, 8, 2, 3, 5, 9, 17];

/** The next byte; nil if there is none. */
export const takeByte = (reader: Reader): number => (has(reader, 1) ? (reader.bytes[reader.at++] ?? NIL) : NIL);

/** A big-endian whole number of `width` bytes. Beyond 2⁵³ it is not exact; callers refuse that. */
export function takeBigEndian(reader: Reader, width: number): number {
  if (!has(reader, width)) return 0;
  const { bytes, at } = reader;
  reader.at = at + width;
  if (width === 2) return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  let value = 0;
  for (let k = 0; k < width; k++) value = value * 256 + (bytes[at + k] ?? 0);
  return value;
}

/** How many entries the map here has; 0 for nil. Never more than there are bytes for. */
export function takeMap(reader: Reader): number {
  const head = takeByte(reader);
  let entries = 0;
  if (head >= 0x80 && head <= 0x8f) entries = head & 0x0f;
  else if (head === MAP16 || head === MAP16 + 1) entries = takeBigEndian(reader, 2 << (head - MAP16));
  else if (head !== NIL) giveUp(reader, "no map where one belongs");
  return has(reader, 2 * entries) ? entries : 0;
}

/** A whole number from 0 to `most`, in any of the ten forms, including signed ones (newer memberlists write those); 0 for nil. */
export function takeUint(reader: Reader, most: number): number {
  const head = takeByte(reader);
  const value = head < 0x80 ? head : head === NIL ? 0 : takeWide(reader, head);
  if (value >= 0 && value <= most) return value;
  giveUp(reader, `a number that is none from 0 to ${most}`);
  return 0;
}

function takeWide(reader: Reader, head: number): number {
  if (head >= UINT8 && head < INT8) return takeBigEndian(reader, 1 << (head - UINT8));
  if (head < INT8 || head >= INT8 + 4) return -1;
  const width = 1 << (head - INT8);
  const isNegative = ((reader.bytes[reader.at] ?? 0) & 0x80) !== 0;
  const value = takeBigEndian(reader, width);
  return isNegative ? -1 : value;
}

/** A boolean; false for nil. 0 and 1 count as well, as in Go. */
export function takeBool(reader: Reader): boolean {
  const head = takeByte(reader);
  if (head !== TRUE && head !== 1 && head !== FALSE && head !== 0 && head !== NIL) giveUp(reader, "neither yes nor no");
  return head === TRUE || head === 1;
}

/** The bytes of a string or a binary, in old and new forms; empty for nil. A subarray of the input, not a copy. */
export const takeRaw = (reader: Reader): Uint8Array => takeStretch(reader, takeRawLength(reader));

/** Skips the bytes of a string or a binary, and returns their number: they end at the reader's position. */
export function passRaw(reader: Reader): number {
  const length = takeRawLength(reader);
  if (!has(reader, length)) return 0;
  reader.at += length;
  return length;
}

/** The next `length` raw bytes. A subarray of the input, not a copy. */
export function takeStretch(reader: Reader, length: number): Uint8Array {
  const start = reader.at;
  if (!has(reader, length)) return reader.bytes.subarray(0, 0);
  reader.at += length;
  return reader.bytes.subarray(start, reader.at);
}

function takeRawLength(reader: Reader): number {
  const head = takeByte(reader);
  if (head >= 0xa0 && head <= 0xbf) return head & 0x1f;
  if (head >= STR8 && head <= STR8 + 2) return takeBigEndian(reader, 1 << (head - STR8));
  if (head >= BIN8 && head <= BIN8 + 2) return takeBigEndian(reader, 1 << (head - BIN8));
  if (head !== NIL) giveUp(reader, "neither text nor bytes where they belong");
  return 0;
}

/** A text. Anything but UTF-8 is refused: see utf8.ts. */
export function takeText(reader: Reader): string {
  const length = passRaw(reader);
  const text = utf8Of(reader.bytes, reader.at - length, reader.at);
  if (text === undefined) giveUp(reader, "text that is not UTF-8");
  return text ?? "";
}

/** All remaining bytes, opaque. */
export function takeRest(reader: Reader): Bytes {
  const start = reader.at;
  reader.at = reader.end;
  return charactersOf(reader.bytes, start, reader.end);
}

/** Opaque bytes. */
export function takeBytes(reader: Reader): Bytes {
  const length = passRaw(reader);
  return charactersOf(reader.bytes, reader.at - length, reader.at);
}

/** The key of a map's entry. It may be any string, and is only compared. */
export function takeKey(reader: Reader): string {
  const length = passRaw(reader);
  const start = reader.at - length;
  return keyAt(reader.bytes, start, reader.at) || charactersOf(reader.bytes, start, reader.at);
}

/** Skips one value of any kind and depth. A loop, not a recursion, because the depth is not bounded. */
export function skip(reader: Reader): void {
  for (let left = 1; left > 0 && has(reader, left); left--) left += skipHead(reader, takeByte(reader));
}

/** Skips the bytes that belong to this head, and returns how many values follow inside it. */
export function skipHead(reader: Reader, head: number): number {
  if (head < 0x80 || head >= 0xe0) return 0;
  if (head <= 0x8f) return 2 * (head & 0x0f);
  if (head <= 0x9f) return head & 0x0f;
  if (head <= 0xbf) return drop(reader, head & 0x1f);
  if (head === NIL || head === FALSE || head === TRUE) return 0;
  if (head >= FLOAT32 && head <= FIXEXT16) return drop(reader, FOLLOWS[head - FLOAT32] ?? 0);
  if (head >= MAP16) return 2 * takeBigEndian(reader, 2 << (head - MAP16));
  if (head >= ARRAY16) return takeBigEndian(reader, 2 << (head - ARRAY16));
  if (head >= STR8) return drop(reader, takeBigEndian(reader, 1 << (head - STR8)));
  if (head >= EXT8) return drop(reader, 1 + takeBigEndian(reader, 1 << (head - EXT8)));
  if (head >= BIN8) return drop(reader, takeBigEndian(reader, 1 << (head - BIN8)));
  giveUp(reader, "a byte that msgpack never uses");
  return 0;
}

function drop(reader: Reader, length: number): 0 {
  if (has(reader, length)) reader.at += length;
  return 0;
}

/** Are there this many bytes left? If not, the input was cut short. */
function has(reader: Reader, length: number): boolean {
  if (reader.end - reader.at >= length) return true;
  if (reader.why === null) reader.missing = length - (reader.end - reader.at);
  giveUp(reader, "cut short");
  return false;
}
