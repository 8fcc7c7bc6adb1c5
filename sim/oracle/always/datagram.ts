/** Datagrams: their sizes. */

import { BrokenPromise, encode, sizeOfMessage, type Message } from "../../../engine/index.ts";
import type { Oracle } from "../oracle.ts";

/** One message in this many is weighed, because that costs as much as a step. */
const WEIGHED = 16;
/** One in this many is encoded, because that costs ten times as much. */
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

/** Why a message cannot be encoded, or null if it can. `encode` itself checks that the result has the computed size. */
function refusalOf(message: Message): string | null {
  try {
    encode(message);
    return null;
  } catch (error) {
    if (error instanceof BrokenPromise) return error.message;
    throw error;
  }
}
