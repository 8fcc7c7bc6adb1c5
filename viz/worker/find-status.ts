/** What a member holds of another, as a code. */

import { find, type MemberId, type State } from "../../engine/index.ts";
import { codeIn, statuses } from "../model/words.ts";

/** A code of `statuses`; `unknown` where nothing is held. */
export function findStatus(state: State | undefined, id: MemberId): number {
  const member = state === undefined ? undefined : find(state.view, id);
  return codeIn(statuses, member?.status ?? "unknown");
}
