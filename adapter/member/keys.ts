/** The keyring as part of a member's API. */

import type { Keyring } from "../codec/keyring.ts";
import { MemberError } from "../error.ts";
import type { Keys } from "./member.ts";

export function keysOf(keyring: Keyring | undefined): Keys {
  if (keyring !== undefined) return { list: keyring.list, add: keyring.add, use: keyring.use, remove: keyring.remove, rotate: keyring.rotate };
  const refuse = (): never => {
    throw new MemberError("bad-option", "the member was created without keys, and speaks plain text: create it with `keys`, which may be empty");
  };
  return { list: () => [], add: refuse, use: refuse, remove: refuse, rotate: refuse };
}
