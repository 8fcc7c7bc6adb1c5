/** Recognises the keys of memberlist's maps in place: the same few come with every message, and no new string is made for them. */

import { BrokenPromise } from "../words/assert.ts";

/** All keys of memberlist's maps and of our own. */
const KEYS = [
  "SeqNo", "Node", "SourceNode", "SourceAddr", "SourcePort", "Target", "Port", "Nack", "Payload", "From", "Incarnation", "Name", "Addr", "Meta", "Vsn",
  "State", "Join", "Nodes", "UserStateLen", "UserMsgLen", "Depth", "Digests", "Parts", "Algo", "Buf", "Error",
] as const;

/** A perfect hash of these keys, found by trial. */
const placeOf = (second: number, last: number, length: number): number => (4 * second + 16 * last + 3 * length) & 63;

const TABLE: readonly string[] = KEYS.reduce<string[]>((table, key) => {
  const place = placeOf(key.charCodeAt(1), key.charCodeAt(key.length - 1), key.length);
  if (table[place] !== "") throw new BrokenPromise(`expected: a place for each key, not one for ${table[place]} and ${key}`);
  return table.with(place, key);
}, Array.from({ length: 64 }, () => ""));

/** The key that these bytes are, or an empty text if it is none of ours. */
export function keyAt(bytes: Uint8Array, start: number, end: number): string {
  const key = TABLE[placeOf(bytes[start + 1] ?? 0, bytes[end - 1] ?? 0, end - start)] ?? "";
  if (key.length !== end - start) return "";
  for (let k = 0; k < key.length; k++) if (bytes[start + k] !== key.charCodeAt(k)) return "";
  return key;
}
