/** Updates our network coordinate after an answered probe, from the target's coordinate and the round-trip time. */

import { lookUp } from "../words/agenda.ts";
import type { Bytes, MemberId, Micros } from "../words/units.ts";
import { decodeAckPayload } from "./ack-payload.ts";
import { located } from "./locating.ts";
import type { SerfState, SerfStep } from "./state.ts";
import { noOutputs } from "./state.ts";
import { unreadable } from "./unreadable.ts";

/** Only for members that we know: nothing is kept about others. An ack without a payload comes from a member that has no coordinate. */
export function locate(state: SerfState, target: MemberId, payload: Bytes, roundTrip: Micros): SerfStep {
  if (payload === "" || state.config.coordinateEvery === 0 || lookUp(state.members, target) === undefined) return [state, noOutputs];
  const coordinate = decodeAckPayload(payload);
  if (coordinate === undefined) return [unreadable(state), noOutputs];
  const locating = located(state.locating, target, coordinate, roundTrip);
  return [locating === state.locating ? state : { ...state, locating }, noOutputs];
}
