/** Writes msgpack as Go's memberlist writes it (the sizes stand in words/size.ts), into a buffer whose length was known before. */

import type { Address, Bytes } from "../words/units.ts";
import { BrokenPromise } from "../words/assert.ts";
import { utf8Length } from "../words/size.ts";
import { parseAddress } from "./address.ts";
import { putUtf8 } from "./utf8.ts";

/** A buffer, and how far it is written. */
export type Writer = { readonly bytes: Uint8Array; at: number };

export function putByte(writer: Writer, byte: number): void {
  writer.bytes[writer.at++] = byte;
}

/** Two bytes, the greater first: a length in a compound, or the number of a part of a view. */
export function putShort(writer: Writer, value: number): void {
  putByte(writer, value >> 8);
  putByte(writer, value);
}

/** Four bytes, the greatest first: a checksum, or half a digest. */
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

/** A whole number, as short as it goes. More than 32 bits only our own members could mean, and memberlist's refuse. */
export function putUint(writer: Writer, value: number): void {
  if (value < 128) return putByte(writer, value);
  if (value < 256) return putBigEndian(writer, 0xcc, 1, value);
  if (value < 65_536) return putBigEndian(writer, 0xcd, 2, value);
  if (value < 4_294_967_296) return putBigEndian(writer, 0xce, 4, value);
  return putBigEndian(writer, 0xcf, 8, value);
}

function putBigEndian(writer: Writer, head: number, width: number, value: number): void {
  putByte(writer, head);
  for (let k = width - 1, rest = value; k >= 0; k--, rest = Math.floor(rest / 256)) writer.bytes[writer.at + k] = rest % 256;
  writer.at += width;
}

/** The head of a raw string. There is no one-byte length: it came into msgpack in 2013, and memberlist never writes it. */
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

/** Opaque bytes. */
export function putBytes(writer: Writer, bytes: Bytes): void {
  putRaw(writer, bytes.length);
  putCharacters(writer, bytes);
}

/** Opaque bytes whose length stands elsewhere. */
export function putCharacters(writer: Writer, bytes: Bytes): void {
  for (let i = 0; i < bytes.length; i++) putByte(writer, bytes.charCodeAt(i));
}

/** Bytes that are numbers already: a host, or versions. */
export function putNumbers(writer: Writer, numbers: ArrayLike<number>): void {
  putRaw(writer, numbers.length);
  writer.bytes.set(numbers, writer.at);
  writer.at += numbers.length;
}

/** The host of an address, under its key. A name instead of a number is our own bug: drivers look names up. */
export function putHost(writer: Writer, key: string, address: Address): void {
  const endpoint = parseAddress(address);
  if (endpoint === undefined) throw new BrokenPromise(`expected: an address of numbers and a port, not ${JSON.stringify(address)}`);
  putText(writer, key);
  putNumbers(writer, endpoint.host);
}

/** A text, under its key. */
export function putField(writer: Writer, key: string, text: string): void {
  putText(writer, key);
  putText(writer, text);
}

/** A whole number, under its key. */
export function putNumber(writer: Writer, key: string, value: number): void {
  putText(writer, key);
  putUint(writer, value);
}

/** The port of an address, under its key. */
export function putPort(writer: Writer, key: string, address: Address): void {
  putText(writer, key);
  putUint(writer, Number(address.slice(address.lastIndexOf(":") + 1)));
}
