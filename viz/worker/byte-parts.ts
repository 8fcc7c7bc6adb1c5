/** Splits the bytes of a message and names each part, as memberlist's documentation does: the type byte, the map's keys and values, the parts of a compound. */

import { charactersOf } from "../../engine/index.ts";
import type { BytePart } from "../model/detail.ts";

/** memberlist's type bytes by name (`engine/wire/type-byte.ts`), and two of our own. */
const types: Readonly<Record<number, string>> = {
  0: "ping", 1: "ping-req", 2: "ack", 3: "suspect", 4: "alive", 5: "dead or left", 6: "push-pull", 7: "compound", 8: "user message", 11: "nack", 200: "compare", 201: "patch",
};

/** A reader's position in the bytes, and the parts found so far. */
type Walk = { readonly bytes: Uint8Array; readonly found: BytePart[]; at: number };

/** Every byte of an encoded message is in exactly one part; anything unknown is one part up to the end. */
export function bytePartsOf(bytes: Uint8Array): readonly BytePart[] {
  const walk: Walk = { bytes, found: [], at: 0 };
  message(walk, bytes.length, "");
  if (walk.at < bytes.length) note(walk, bytes.length, "rest", `${bytes.length - walk.at} bytes`);
  return walk.found;
}

/** Adds a part, from the current position to `to`. */
function note(walk: Walk, to: number, name: string, value: string): void {
  if (to > walk.at) walk.found.push({ from: walk.at, to, name, value });
  walk.at = to;
}

function message(walk: Walk, end: number, inside: string): void {
  const type = walk.bytes[walk.at] ?? -1;
  const word = types[type] ?? `type ${type}`;
  note(walk, walk.at + 1, `${inside}type`, word);
  if (type === 7) return compound(walk, end);
  const before = inside === "" ? "" : `${inside.trimEnd()} `;
  // A message between applications: in a datagram raw, in a stream after a map.
  if (type === 8 && (walk.bytes[walk.at] ?? 0) >> 4 !== 8) return note(walk, end, `${before}payload`, `${end - walk.at} bytes`);
  const counts = map(walk, end, before);
  for (let n = 0; n < (counts["Nodes"] ?? 0) && walk.at < end; n++) map(walk, end, `${before}member ${n + 1} `);
  if (walk.at < end) note(walk, end, `${before}${type === 6 ? "state of the application" : "payload"}`, `${end - walk.at} bytes`);
}

/** A count, the lengths of all parts, the parts. */
function compound(walk: Walk, end: number): void {
  const count = walk.bytes[walk.at] ?? 0;
  note(walk, walk.at + 1, "number of parts", String(count));
  const lengths = Array.from({ length: count }, (_, n) => {
    const length = big(walk.bytes, walk.at, 2);
    note(walk, walk.at + 2, `length of part ${n + 1}`, String(length));
    return length;
  });
  lengths.forEach((length, n) => message(walk, Math.min(end, walk.at + length), `part ${n + 1} `));
}

/** A map's head, then keys and values; returns the numbers among the values, by key. */
function map(walk: Walk, end: number, before: string): Readonly<Record<string, number>> {
  const head = walk.bytes[walk.at] ?? 0;
  if (head >> 4 !== 8 || walk.at >= end) return {};
  const entries = head & 15;
  note(walk, walk.at + 1, `${before}map`, entries === 1 ? "1 entry" : `${entries} entries`);
  const numbers: Record<string, number> = {};
  for (let n = 0; n < entries && walk.at < end; n++) {
    const key = valueAt(walk.bytes, walk.at);
    // A key and its value are one part, which is easier to read.
    const value = valueAt(walk.bytes, key.to, key.text);
    if (value.number !== null) numbers[key.text] = value.number;
    note(walk, Math.min(end, value.to), `${before}${key.text}`, value.text);
  }
  return numbers;
}

type Value = { readonly to: number; readonly text: string; readonly number: number | null };

/** One msgpack value, of the kinds that memberlist writes. */
function valueAt(bytes: Uint8Array, at: number, key = ""): Value {
  const head = bytes[at] ?? 0xc0;
  const number = (width: number): Value => { const value = big(bytes, at + 1, width); return { to: at + 1 + width, text: String(value), number: value }; };
  if (head < 0x80) return { to: at + 1, text: String(head), number: head };
  if (head >> 5 === 5) return raw(bytes, at + 1, head & 31, key);
  if (head >> 4 === 9) return list(bytes, at + 1, head & 15);
  switch (head) {
    case 0xc2: return { to: at + 1, text: "no", number: null };
    case 0xc3: return { to: at + 1, text: "yes", number: null };
    case 0xcc: return number(1);
    case 0xcd: return number(2);
    case 0xce: return number(4);
    case 0xcf: return number(8);
    case 0xda: return raw(bytes, at + 3, big(bytes, at + 1, 2), key);
    case 0xdb: return raw(bytes, at + 5, big(bytes, at + 1, 4), key);
    default:   return { to: at + 1, text: "nothing", number: null };
  }
}

/** Text as it is, hosts with dots, versions as numbers, and anything that cannot be shown by its length. */
function raw(bytes: Uint8Array, from: number, length: number, key: string): Value {
  const to = from + length;
  const characters = charactersOf(bytes, from, to);
  const numbers = [...bytes.subarray(from, to)];
  const text = length === 0 ? "empty" : key === "Vsn" ? numbers.join(" ") : key.endsWith("Addr") || key === "Target" ? numbers.join(length === 4 ? "." : " ") : /^[\x20-\x7e]*$/.test(characters) ? characters : `${length} bytes`;
  return { to, text, number: null };
}

function list(bytes: Uint8Array, from: number, count: number): Value {
  const texts: string[] = [];
  let at = from;
  for (let n = 0; n < count; n++) {
    const value = valueAt(bytes, at);
    texts.push(value.text);
    at = value.to;
  }
  return { to: at, text: texts.join(" "), number: null };
}

/** A number, most significant byte first. */
function big(bytes: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let n = 0; n < width; n++) value = 256 * value + (bytes[at + n] ?? 0);
  return value;
}
