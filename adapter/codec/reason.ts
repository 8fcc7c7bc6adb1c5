/** Classifies why something was dropped, for counters: by the wire's error message, and by the first bytes. */

import { decode, type Address } from "../../engine/index.ts";
import type { DropReason } from "./codec.ts";

/** The class of the wire's error message. */
export function reasonOf(why: string): DropReason {
  if (why.startsWith("damaged")) return "damaged";
  if (why.startsWith("the peer refused")) return "refused";
  return /longer than \d+ bytes$|: more than \d+$/.test(why) ? "too-long" : "malformed";
}

/** The shortest encrypted packet: version, nonce and tag. */
const SHORTEST_SEALED = 29;
/** After its type, every message but a user message has a map, in small ones with fewer than sixteen entries. */
const isMapHead = (byte: number): boolean => (byte & 0xf0) === 0x80;
/** The head of a string of fewer than 32 bytes, which contains the length. */
const isTextHead = (byte: number): boolean => (byte & 0xe0) === 0xa0;
const isLetter = (byte: number): boolean => (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
/** The shortest name of a field in a ping or ping-req ("Node"). */
const SHORTEST_NAME = 4;

/** Does the type byte precede a map that begins with a field's name? Of random packets one in two million looks so; with a check of the map's head alone it would be one in sixteen. */
function beginsWithField(packet: Uint8Array): boolean {
  const [map = 0, text = 0] = packet.subarray(1, 3);
  const name = packet.subarray(3, 3 + (text & 0x1f));
  return isMapHead(map) && isTextHead(text) && name.length >= SHORTEST_NAME && name.every(isLetter);
}

/** The last of memberlist's types that a datagram can have. */
const LAST_TYPE = 12;

/** An encrypted packet begins with its version, 0 or 1, which are also the types of ping and ping-req; but these go on with a named field. */
export const looksEncrypted = (packet: Uint8Array): boolean =>
  (packet[0] ?? 255) <= 1 && packet.length >= SHORTEST_SEALED && !beginsWithField(packet);

/** Is it an unencrypted message of memberlist's? Only for counting: the message is dropped. */
export function looksPlain(packet: Uint8Array, from: Address): boolean {
  const type = packet[0] ?? 255;
  return type <= 1 ? beginsWithField(packet) && decode(packet, from).ok : type <= LAST_TYPE;
}
