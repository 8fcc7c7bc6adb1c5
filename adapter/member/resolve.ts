/** From what a person writes to addresses. */

import { address, formatAddress, parseAddress, type Address } from "../../engine/index.ts";
import { MemberError } from "../error.ts";

/** All addresses that a text stands for. Rejects with a `MemberError`. */
export type Resolve = (text: string) => Promise<readonly Address[]>;

/** For transports of a user's own: addresses as they are, in the one way to write them. */
export async function asWritten(text: string): Promise<readonly Address[]> {
  if (text === "") throw new MemberError("bad-option", "an address is not empty");
  const endpoint = parseAddress(text);
  return [endpoint === undefined ? address(text) : formatAddress(endpoint.host, endpoint.port)];
}
