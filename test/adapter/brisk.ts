/** Settings for members that live in the machine's own time. */

import type { MemberOptions } from "../../adapter/index.ts";
import { milliseconds } from "../../engine/index.ts";

/** A death takes two or three seconds; an answer may take half a second, because the machine may be busy. */
export const brisk: NonNullable<MemberOptions["config"]> = {
  periodEvery: milliseconds(600), askRelaysAfter: milliseconds(500), nackAfter: milliseconds(400), relayFor: milliseconds(500), gossipEvery: milliseconds(50),
  suspicionMult: 3, suspicionMaxMult: 1,
};
