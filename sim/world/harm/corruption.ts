/** Corruption: a datagram is encoded, bits are flipped, and the result is decoded as any member would. */

import { type Address, type Datagram, decode, encode, fold, wrap } from "../../../engine/index.ts";
import type { Corruption } from "../../scenario/harm.ts";
import { keyedDraw } from "../chance.ts";
import { drawFor, type Passing, slots } from "./ground.ts";

/** Is this datagram corrupted? */
export const strikesDatagram = ({ share }: Corruption, passing: Passing): boolean => drawFor(passing, "corrupt") < share;

/** What its receiver reads; null if it can't be decoded. `from`: the source address of the datagram. */
export function spoilt({ bits, crc }: Corruption, message: Datagram, from: Address, { key, purposes }: Passing): Datagram | null {
  const payload = wrap(encode(message), { crc });
  const dice = fold(key, purposes + slots.bits);
  // Distinct bits: flipping one twice changes nothing.
  const flipped = new Set<number>();
  for (let nth = 0; flipped.size < Math.min(bits, payload.length * 8); nth++) flipped.add(Math.floor(keyedDraw(dice, nth) * payload.length * 8));
  for (const bit of flipped) payload[bit >> 3] = payload[bit >> 3]! ^ (1 << (bit & 7));
  const decoded = decode(payload, from);
  return decoded.ok ? decoded.message : null;
}
