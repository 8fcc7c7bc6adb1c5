/** What a member does with input that makes no sense: nothing but count it. What a peer sends is never our bug. */

import type { Oddities, State, Step } from "../state.ts";
import { noEffects } from "../state.ts";
import { withOddity } from "../with.ts";

/** Counts an oddity; no effects. */
export const odd = (state: State, kind: keyof Oddities): Step => [withOddity(state, kind), noEffects];
