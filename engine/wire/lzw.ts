/**
 * LZW as in Go's `compress/lzw` with `LSB` and eight bits: least significant bits first, codes of 9 to 12 bits, the first 256 of which stand for bytes.
 * The output equals Go's, bit for bit.
 */

import { assert } from "../words/assert.ts";

/** The code that clears the table. Every stream begins with it. */
const CLEAR = 256;
/** The code that ends a stream. */
const END = 257;
/** The first code of a string. */
const FIRST = 258;
/** The last code. The packer clears the table instead of using it; the unpacker accepts it, and then adds no more strings. */
const LAST = 4095;
const NARROWEST = 9;
const WIDEST = 12;

/** The unpacked bytes. If `why` is not null, unpacking failed, and these are the bytes unpacked until then: the caller counts that work. */
export type Expanded = { readonly bytes: Uint8Array; readonly why: string | null };

/** Bytes, how far they are read or written, and the buffered bits: `count` of them, the next one lowest. */
type Bits = { readonly bytes: Uint8Array; at: number; held: number; count: number };

/**
 * Unpacks, up to `limit` bytes. Never throws. Takes time proportional to input and output, and memory of at most twelve times the input and three times the
 * output. (Each string in the table is a stretch of the output itself, so the table holds only its place and length.)
 */
export function expand(packed: Uint8Array, limit: number): Expanded {
  const bits: Bits = { bytes: packed, at: 0, held: 0, count: 0 };
  const strings = Math.min(packed.length, LAST - FIRST + 1);
  const starts = new Uint32Array(strings);
  const lengths = new Uint32Array(strings);
  let output = new Uint8Array(Math.min(limit, 4 * packed.length));
  let [made, newest, width, lastStart, lastLength] = [0, END, NARROWEST, 0, 0];
  for (;;) {
    const code = takeCode(bits, width);
    if (code < 0) return { bytes: output.subarray(0, made), why: "compressed, and cut short" };
    if (code === END) return { bytes: output.subarray(0, made), why: null };
    if (code === CLEAR) {
      [newest, width, lastLength] = [END, NARROWEST, 0];
      continue;
    }
    // The new string is entered before the code is used, because the code may mean this very string (the last one plus its own first byte).
    if (lastLength > 0) {
      starts[newest - FIRST] = lastStart;
      lengths[newest - FIRST] = lastLength + 1;
    }
    if (code > newest) return { bytes: output.subarray(0, made), why: "compressed, with a code that was never given out" };
    const length = code < CLEAR ? 1 : (lengths[code - FIRST] ?? 0);
    if (made + length > limit) return { bytes: output.subarray(0, made), why: `compressed, and longer than ${limit} bytes` };
    if (made + length > output.length) output = grown(output, Math.min(limit, Math.max(made + length, 2 * output.length)));
    if (code < CLEAR) output[made] = code;
    else copyWithin(output, starts[code - FIRST] ?? 0, made, length);
    [lastStart, lastLength] = [made, length];
    made += length;
    if (newest < LAST) newest++;
    else lastLength = 0;
    if (newest === 1 << width && width < WIDEST) width++;
  }
}

/** Copies from front to back, because source and target may overlap. */
function copyWithin(bytes: Uint8Array, from: number, to: number, length: number): void {
  for (let k = 0; k < length; k++) bytes[to + k] = bytes[from + k] ?? 0;
}

function grown(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const longer = new Uint8Array(length);
  longer.set(bytes);
  return longer;
}

/** The next code, or −1 if there are not enough bits for one. */
function takeCode(bits: Bits, width: number): number {
  while (bits.count < width) {
    if (bits.at >= bits.bytes.length) return -1;
    bits.held |= (bits.bytes[bits.at++] ?? 0) << bits.count;
    bits.count += 8;
  }
  const code = bits.held & ((1 << width) - 1);
  bits.held >>>= width;
  bits.count -= width;
  return code;
}

/**
 * The size of the hash table: at least twice the possible number of strings, so that one is found in a step or two; and not much larger,
 * because most messages are short, and clearing a large table would take longer than packing them. From 2⁶ to 2 to the power of `MOST_PLACES`.
 */
const placesFor = (length: number): number => 1 << Math.min(MOST_PLACES, Math.max(6, 33 - Math.clz32(length)));
const MOST_PLACES = 14;

/**
 * The hash table. An entry is a key (the code of the string without its last byte, and that byte: 20 bits) and the string's code (12 bits); 0 is an empty
 * place, because no string has the code 0. Shared by all packings, each of which clears it: allocating a table takes longer than packing a ping.
 */
const strings = new Uint32Array(1 << MOST_PLACES);

/** A packer's state: its output, the size of its table, the newest code, and the width of codes. */
type Packer = Bits & { readonly places: number; newest: number; width: number };

/** Packs. In the worst case each byte becomes a code of twelve bits, plus a code that clears the table for about every 3,800 of them. */
export function pack(bytes: Uint8Array): Uint8Array {
  const packed = packWithin(bytes, Math.ceil(1.5 * (bytes.length + bytes.length / 3_000 + 8)));
  assert(packed !== null, "no more than twelve bits for each byte");
  return packed;
}

/** Packs into at most `limit` bytes; null, as soon as that is clear, if they are not enough. */
export function packWithin(bytes: Uint8Array, limit: number): Uint8Array | null {
  const packer: Packer = { bytes: new Uint8Array(limit), at: 0, held: 0, count: 0, places: placesFor(bytes.length), newest: END, width: NARROWEST };
  strings.fill(0, 0, packer.places);
  putCode(packer, CLEAR);
  let code = -1;
  for (let k = 0; k < bytes.length && packer.at <= limit; k++) {
    const byte = bytes[k] ?? 0;
    code = code < 0 ? byte : longer(packer, code, byte);
  }
  if (code >= 0) {
    putCode(packer, code);
    countUp(packer);
  }
  putCode(packer, END);
  if (packer.count > 0) packer.bytes[packer.at++] = packer.held;
  return packer.at <= limit ? packer.bytes.subarray(0, packer.at) : null;
}

/** Extends the current string by a byte. If the longer string has a code, returns it. Otherwise writes the current code, gives the longer string a new one, and returns the byte, which begins the next string. */
function longer(packer: Packer, code: number, byte: number): number {
  const key = (code << 8) | byte;
  const place = placeOf(key, packer.places);
  const known = strings[place] ?? 0;
  if (known !== 0) return known & LAST;
  putCode(packer, code);
  if (countUp(packer)) strings[place] = (key << WIDEST) | packer.newest;
  return byte;
}

/** The place of the string with this key, or the empty place where it belongs. */
function placeOf(key: number, places: number): number {
  let place = Math.imul(key, 0x9e3779b1) >>> (Math.clz32(places) + 1);
  for (let held = strings[place] ?? 0; held !== 0 && held >>> WIDEST !== key; held = strings[place] ?? 0) place = (place + 1) & (places - 1);
  return place;
}

/** Advances to the next code. If that is the last one, clears the table instead, and returns false. */
function countUp(packer: Packer): boolean {
  packer.newest++;
  if (packer.newest === 1 << packer.width) packer.width++;
  if (packer.newest < LAST) return true;
  putCode(packer, CLEAR);
  packer.newest = END;
  packer.width = NARROWEST;
  strings.fill(0, 0, packer.places);
  return false;
}

/** Writes a code. Bytes beyond the end of the buffer are counted, but lost. */
function putCode(packer: Packer, code: number): void {
  packer.held |= code << packer.count;
  packer.count += packer.width;
  for (; packer.count >= 8; packer.count -= 8) {
    packer.bytes[packer.at++] = packer.held;
    packer.held >>>= 8;
  }
}
