/** Corruption: a datagram is written as on the wire, bits are flipped, and what comes in is read as any member reads it. */

import { type Address, type Datagram, decode, encode, fold, wrap } from "../../../engine/index.ts";
import type { Corruption } from "../../scenario/harm.ts";
import { keyedDraw } from "../chance.ts";
import { drawFor, type Passing, slots } from "./ground.ts";

/** Is this datagram spoilt? */
export const strikesDatagram = ({ share }: Corruption, passing: Passing): boolean => drawFor(passing, "corrupt") < share;

/** What is read of it; null if it can't be. `from` is where it says that it comes from. */
export function spoilt({ bits, crc }: Corruption, message: Datagram, from: Address, { key, purposes }: Passing): Datagram | null {
  const payload = wrap(encode(message), { crc });
  const dice = fold(key, purposes + slots.bits);
  // Distinct ones: a bit that is flipped twice is none.
  const flipped = new Set<number>();
  for (let nth = 0; flipped.size < Math.min(bits, payload.length * 8); nth++) flipped.add(Math.floor(keyedDraw(dice, nth) * payload.length * 8));
  for (const bit of flipped) payload[bit >> 3] = payload[bit >> 3]! ^ (1 << (bit & 7));
  const decoded = decode(payload, from);
  return decoded.ok ? decoded.message : null;
}
