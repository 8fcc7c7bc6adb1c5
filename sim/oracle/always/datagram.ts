/** Datagrams: what they weigh. */

import { BrokenPromise, encode, sizeOfMessage, type Message } from "../../../engine/index.ts";
import type { Oracle } from "../oracle.ts";

/** Weighing a message costs as much as a step: one in so many is. */
const WEIGHED = 16;
/** Writing one down costs ten times that. */
const WRITTEN = 256;

export const datagramsFit: Oracle = {
  name: "datagrams",
  kind: "always",
  says: "no datagram exceeds its budget, and each has the size that was computed for it",
  watch({ scene, tested, broken }) {
    const { datagramBudget } = scene.scenario.config;
    let sent = 0;
    return {
      stepped({ at, who, effects }) {
        for (const effect of effects) {
          if (effect.kind !== "send") continue;
          const { message, size } = effect;
          tested();
          sent++;
          if (size > datagramBudget) broken(at, who, `a ${message.kind} of ${size} bytes; the limit is ${datagramBudget}`);
          if (sent % WEIGHED === 0 && sizeOfMessage(message) !== size) broken(at, who, `a ${message.kind} whose size was computed as ${size} bytes has ${sizeOfMessage(message)}`);
          const refusal = sent % WRITTEN === 0 ? refusalOf(message) : null;
          if (refusal !== null) broken(at, who, `a ${message.kind} of ${size} bytes cannot be written: ${refusal}`);
        }
      },
    };
  },
};

/** Why a message cannot be written down, or null if it can. `encode` vouches that what it writes is as long as it was weighed. */
function refusalOf(message: Message): string | null {
  try {
    encode(message);
    return null;
  } catch (error) {
    if (error instanceof BrokenPromise) return error.message;
    throw error;
  }
}
