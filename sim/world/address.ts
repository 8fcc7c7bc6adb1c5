/** Where the world's members listen, and who listens there: one the other's inverse, so that a large world needs no table of addresses. */

import { type Address, address } from "../../engine/index.ts";

/** The first numbers of hosts: one after the other for a member that moves; of two digits each, so that all addresses are read alike. */
const FIRST = 10;
const LAST = 99;

/**
 * Member 0 listens at 10.0.0.1:7946, and so on: room for sixteen million. When a member has moved once it listens at 11.…, then at 12.…; after ninety
 * moves it is back where it began.
 */
export function addressOf(member: number, moves = 0): Address {
  const number = member + 1;
  const network = FIRST + (moves % (LAST - FIRST + 1));
  return address(`${network}.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}:7946`);
}

/** The member that listens at this address, or did: the last three numbers of the host, read as one. Nonsense for what is no address of ours. */
export function numberOf(where: Address): number {
  let number = 0;
  let part = 0;
  for (let i = 3; i < where.length; i++) {
    const digit = where.charCodeAt(i) - 48;
    if (digit >= 0 && digit <= 9) {
      part = part * 10 + digit;
      continue;
    }
    number = number * 256 + part;
    part = 0;
    // A colon ends the host; a dot is below the digits.
    if (digit > 9) break;
  }
  return number - 1;
}
