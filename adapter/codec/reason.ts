/** Why something was dropped, in a word for counters, from what the wire says of it in a sentence, and from the look of its first bytes. */

import { decode, type Address } from "../../engine/index.ts";
import type { DropReason } from "./codec.ts";

/** The wire's reason, sorted. */
export function reasonOf(why: string): DropReason {
  if (why.startsWith("damaged")) return "damaged";
  if (why.startsWith("the peer refused")) return "refused";
  return /longer than \d+ bytes$|: more than \d+$/.test(why) ? "too-long" : "malformed";
}

/** The shortest that can be encrypted: version, nonce and tag. */
const SHORTEST_SEALED = 29;
/** Every message but a user message begins with a map, and the small ones with one of fewer than sixteen entries. */
const isMapHead = (byte: number): boolean => (byte & 0xf0) === 0x80;
/** A string of fewer than 32 bytes, after its head, which says how many. */
const isTextHead = (byte: number): boolean => (byte & 0xe0) === 0xa0;
const isLetter = (byte: number): boolean => (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
/** No field of a ping or a ping-req has a shorter name ("Node"). */
const SHORTEST_NAME = 4;

/** After its type a message goes on with a map, and that with the name of a field. Of random bytes one in two million looks so; the map's head alone, one in sixteen. */
function beginsWithField(packet: Uint8Array): boolean {
  const [map = 0, text = 0] = packet.subarray(1, 3);
  const name = packet.subarray(3, 3 + (text & 0x1f));
  return isMapHead(map) && isTextHead(text) && name.length >= SHORTEST_NAME && name.every(isLetter);
}

/** Of memberlist's types the last one that a datagram can have. */
const LAST_TYPE = 12;

/** Nothing marks an encrypted packet but its version, 0 or 1, where a ping and a ping-req have their type; but these go on with a named field. */
export const looksEncrypted = (packet: Uint8Array): boolean =>
  (packet[0] ?? 255) <= 1 && packet.length >= SHORTEST_SEALED && !beginsWithField(packet);

/** Is it one of memberlist's messages, not encrypted? For counting alone: nothing of it is heard. */
export function looksPlain(packet: Uint8Array, from: Address): boolean {
  const type = packet[0] ?? 255;
  return type <= 1 ? beginsWithField(packet) && decode(packet, from).ok : type <= LAST_TYPE;
}
