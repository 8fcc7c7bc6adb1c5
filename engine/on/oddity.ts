/** What a member does with nonsense: nothing changes but a counter. What a peer sends is never our bug. */

import type { Oddities, State, Step } from "../state.ts";
import { noEffects } from "../state.ts";
import { withOddity } from "../with.ts";

/** One more of this oddity, and nothing to do about it. */
export const odd = (state: State, kind: keyof Oddities): Step => [withOddity(state, kind), noEffects];
