/** A member's belief about another, as a code. */

import { find, type MemberId, type State } from "../../engine/index.ts";
import { codeIn, statuses } from "../model/words.ts";

/** A code of `statuses`; `unknown` if there is no record. */
export function findStatus(state: State | undefined, id: MemberId): number {
  const member = state === undefined ? undefined : find(state.view, id);
  return codeIn(statuses, member?.status ?? "unknown");
}
