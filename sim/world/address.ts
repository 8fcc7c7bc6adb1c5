/** Maps the world's members to the addresses where they listen, and back, by arithmetic: a large world needs no table of addresses. */

import { type Address, address } from "../../engine/index.ts";

/** First numbers of hosts: a member that moves takes the next one. Always two digits, so that all addresses are parsed alike. */
const FIRST = 10;
const LAST = 99;

/**
 * Member 0 listens at 10.0.0.1:7946, and so on: room for sixteen million. After its first move a member listens at 11.…, then at 12.…; after ninety
 * moves it is back at its first address.
 */
export function addressOf(member: number, moves = 0): Address {
  const number = member + 1;
  const network = FIRST + (moves % (LAST - FIRST + 1));
  return address(`${network}.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}:7946`);
}

/** The member that listens at this address, or did: the last three numbers of the host, read as one. Meaningless for any other address. */
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
