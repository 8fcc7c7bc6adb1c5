/** Turns texts written by users into addresses. */

import { address, formatAddress, parseAddress, type Address } from "../../engine/index.ts";
import { MemberError } from "../error.ts";

/** All addresses of a text. Rejects with a `MemberError`. */
export type Resolve = (text: string) => Promise<readonly Address[]>;

/** For custom transports: the address itself, in canonical form if it is numeric. */
export async function asWritten(text: string): Promise<readonly Address[]> {
  if (text === "") throw new MemberError("bad-option", "an address is not empty");
  const endpoint = parseAddress(text);
  return [endpoint === undefined ? address(text) : formatAddress(endpoint.host, endpoint.port)];
}
