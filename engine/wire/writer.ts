/** Writes msgpack as Go's memberlist writes it (sizes: words/size.ts), into a buffer of the right length. */

import type { Address, Bytes } from "../words/units.ts";
import { BrokenPromise } from "../words/assert.ts";
import { textSize, utf8Length } from "../words/size.ts";
import { parseAddress } from "./address.ts";
import { putUtf8 } from "./utf8.ts";

/** A buffer, and how far it is written. */
export type Writer = { readonly bytes: Uint8Array; at: number };

export function putByte(writer: Writer, byte: number): void {
  writer.bytes[writer.at++] = byte;
}

/** Two bytes, big-endian: a length in a compound, or the number of a part of a view. */
export function putShort(writer: Writer, value: number): void {
  putByte(writer, value >> 8);
  putByte(writer, value);
}

/** Four bytes, big-endian: a checksum, or half a digest. */
export function putWord(writer: Writer, value: number): void {
  putShort(writer, value >>> 16);
  putShort(writer, value);
}

/** The head of a map. */
export function putMap(writer: Writer, entries: number): void {
  if (entries < 16) return putByte(writer, 0x80 | entries);
  if (entries < 65_536) return putBigEndian(writer, 0xde, 2, entries);
  return putBigEndian(writer, 0xdf, 4, entries);
}

export const putNil = (writer: Writer): void => putByte(writer, 0xc0);

export const putBool = (writer: Writer, is: boolean): void => putByte(writer, is ? 0xc3 : 0xc2);

/** A whole number, in the shortest form. More than 32 bits could only come from our own members, and memberlist's refuse them. */
export function putUint(writer: Writer, value: number): void {
  if (value < 128) return putByte(writer, value);
  if (value < 256) {
    putByte(writer, 0xcc);
    return putByte(writer, value);
  }
  if (value < 65_536) {
    putByte(writer, 0xcd);
    return putShort(writer, value);
  }
  if (value < 4_294_967_296) return putBigEndian(writer, 0xce, 4, value);
  return putBigEndian(writer, 0xcf, 8, value);
}

function putBigEndian(writer: Writer, head: number, width: number, value: number): void {
  putByte(writer, head);
  for (let k = width - 1, rest = value; k >= 0; k--, rest = Math.floor(rest / 256)) writer.bytes[writer.at + k] = rest % 256;
  writer.at += width;
}

/** The head of a raw string. The form with a one-byte length, which msgpack got in 2013, is not used: memberlist never writes it. */
export function putRaw(writer: Writer, length: number): void {
  if (length < 32) return putByte(writer, 0xa0 | length);
  if (length < 65_536) return putBigEndian(writer, 0xda, 2, length);
  return putBigEndian(writer, 0xdb, 4, length);
}

/** A text, or a key. */
export function putText(writer: Writer, text: string): void {
  putRaw(writer, utf8Length(text));
  writer.at = putUtf8(writer.bytes, writer.at, text);
}

/** Bytes that are the same in every message: a type, heads and keys. */
export function putStretch(writer: Writer, stretch: Uint8Array): void {
  const { bytes, at } = writer;
  // For such short blocks a loop is quicker than `set`.
  for (let k = 0; k < stretch.length; k++) bytes[at + k] = stretch[k] ?? 0;
  writer.at = at + stretch.length;
}

/** The constant block of these bytes, followed by these keys. */
export function stretchOf(heads: readonly number[], ...keys: readonly string[]): Uint8Array {
  const writer: Writer = { bytes: new Uint8Array(heads.length + keys.reduce((length, key) => length + textSize(key), 0)), at: 0 };
  for (const head of heads) putByte(writer, head);
  for (const key of keys) putText(writer, key);
  return writer.bytes;
}

/** Opaque bytes. */
export function putBytes(writer: Writer, bytes: Bytes): void {
  putRaw(writer, bytes.length);
  putCharacters(writer, bytes);
}

/** Opaque bytes without a length. */
export function putCharacters(writer: Writer, bytes: Bytes): void {
  const { bytes: into, at } = writer;
  for (let i = 0; i < bytes.length; i++) into[at + i] = bytes.charCodeAt(i);
  writer.at = at + bytes.length;
}

/** Numbers as raw bytes: a host, or versions. */
export function putNumbers(writer: Writer, numbers: ArrayLike<number>): void {
  putRaw(writer, numbers.length);
  if (numbers.length > 32) writer.bytes.set(numbers, writer.at);
  else for (let k = 0; k < numbers.length; k++) writer.bytes[writer.at + k] = numbers[k] ?? 0;
  writer.at += numbers.length;
}

/** The host of an address. A host name is our own bug: drivers resolve names. */
export function putHost(writer: Writer, address: Address): void {
  if (putV4(writer, address)) return;
  const endpoint = parseAddress(address);
  if (endpoint === undefined) throw new BrokenPromise(`expected: an address of numbers and a port, not ${JSON.stringify(address)}`);
  putNumbers(writer, endpoint.host);
}

/** Writes the host if it is IPv4, and returns true; otherwise writes nothing and returns false. Parses and writes in one pass, because most addresses are IPv4, and each message has one or more. */
function putV4(writer: Writer, address: Address): boolean {
  const { bytes, at } = writer;
  let place = at + 1;
  let digits = 0;
  let value = 0;
  let i = 0;
  for (let unit = address.charCodeAt(0); unit !== COLON; unit = address.charCodeAt(++i)) {
    if (unit === DOT && digits > 0) {
      bytes[place++] = value;
      digits = 0;
      value = 0;
    } else {
      // A leading zero, a number above 255, a character that is no digit, the end of the text: leave it to `parseAddress`.
      const digit = unit - ZERO;
      if (!(digit >= 0 && digit <= 9) || (digits > 0 && value === 0)) return false;
      value = value * 10 + digit;
      if (value > 255) return false;
      digits++;
    }
  }
  if (digits === 0 || place !== at + 4 || !isPort(address, i + 1)) return false;
  bytes[at] = 0xa4;
  bytes[place] = value;
  writer.at = at + 5;
  return true;
}

const ZERO = 0x30;
const COLON = 0x3a;
const DOT = 0x2e;

/** Is the rest of the text a port in its canonical form? */
function isPort(address: Address, start: number): boolean {
  let value = 0;
  for (let i = start; i < address.length; i++) {
    const digit = address.charCodeAt(i) - ZERO;
    if (digit < 0 || digit > 9 || (i > start && value === 0)) return false;
    value = value * 10 + digit;
  }
  return address.length > start && value <= 65_535;
}

/** A whole number, under its key. */
export function putNumber(writer: Writer, key: string, value: number): void {
  putText(writer, key);
  putUint(writer, value);
}

/** The port of an address: everything after its last colon. */
export function putPort(writer: Writer, address: Address): void {
  let value = 0;
  let scale = 1;
  for (let i = address.length - 1; i >= 0; i--) {
    const digit = address.charCodeAt(i) - ZERO;
    if (digit > 9 || digit < 0) break;
    value += digit * scale;
    scale *= 10;
  }
  putUint(writer, value);
}
