/** A probe was answered: where its target says that it is, and how far that was, moves our own network coordinate. */

import { lookUp } from "../words/agenda.ts";
import type { Bytes, MemberId, Micros } from "../words/units.ts";
import { decodeAckPayload } from "./ack-payload.ts";
import { located } from "./locating.ts";
import type { SerfState, SerfStep } from "./state.ts";
import { noOutputs } from "./state.ts";
import { unreadable } from "./unreadable.ts";

/** Of members alone whom we know: of others nothing is kept. An ack without a payload is from a member that has no coordinate. */
export function locate(state: SerfState, target: MemberId, payload: Bytes, roundTrip: Micros): SerfStep {
  if (payload === "" || state.config.coordinateEvery === 0 || lookUp(state.members, target) === undefined) return [state, noOutputs];
  const coordinate = decodeAckPayload(payload);
  if (coordinate === undefined) return [unreadable(state), noOutputs];
  const locating = located(state.locating, target, coordinate, roundTrip);
  return [locating === state.locating ? state : { ...state, locating }, noOutputs];
}
