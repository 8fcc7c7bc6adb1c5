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
/** Of memberlist's types the last one that a datagram can have. */
const LAST_TYPE = 12;

/** Nothing marks an encrypted packet but its version, 0 or 1, where a ping and a ping-req have their type; but these go on with a map. */
export const looksEncrypted = (packet: Uint8Array): boolean =>
  (packet[0] ?? 255) <= 1 && packet.length >= SHORTEST_SEALED && !isMapHead(packet[1] ?? 0);

/** Is it one of memberlist's messages, not encrypted? For counting alone: nothing of it is heard. */
export function looksPlain(packet: Uint8Array, from: Address): boolean {
  const type = packet[0] ?? 255;
  return type <= 1 ? isMapHead(packet[1] ?? 0) && decode(packet, from).ok : type <= LAST_TYPE;
}
