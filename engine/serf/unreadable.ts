/** What peers sent and nobody here can make anything of. */

import type { SerfState } from "./state.ts";

/** The same, after something that was not Serf's, or not for us. */
export const unreadable = (state: SerfState): SerfState =>
  ({ ...state, oddities: { ...state.oddities, unreadable: state.oddities.unreadable + 1 } });
