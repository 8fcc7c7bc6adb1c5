/** Counts payloads that cannot be read. */

import type { SerfState } from "./state.ts";

/** Counts a payload that is not Serf's, or not for us. */
export const unreadable = (state: SerfState): SerfState =>
  ({ ...state, oddities: { ...state.oddities, unreadable: state.oddities.unreadable + 1 } });
