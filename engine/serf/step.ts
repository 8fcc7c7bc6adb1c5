/** The entry to Serf's layer: takes a state and an input, returns the next state and the outputs. */

import type { Change } from "../messages/effect.ts";
import { impossible } from "../words/assert.ts";
import type { Instant } from "../words/units.ts";
import { after } from "../words/units.ts";
import { answerOf } from "./answer.ts";
import { askedToAsk, askedToJoin, askedToLeave, askedToRemove, askedToTell, woke } from "./asked.ts";
import { encodeAckPayload } from "./ack-payload.ts";
import { encodeUserState } from "./encode.ts";
import { hear } from "./hear.ts";
import type { SerfInput } from "./input.ts";
import { come, forget, go, update } from "./members.ts";
import { locate } from "./locate.ts";
import { merge } from "./merge.ts";
import type { SerfState, SerfStep } from "./state.ts";
import { noOutputs, userStateOf } from "./state.ts";

/** Total and pure: works for any input in any state, and does not mutate its arguments. */
export const serfStep = (state: SerfState, input: SerfInput): SerfStep => placed(attached(state, handled(state, input), input.now), input.now);

function handled(state: SerfState, input: SerfInput): SerfStep {
  switch (input.kind) {
    case "announced":
      return onChange(state, input.change, input.now);
    case "woke":
      return woke(state, input.now);
    case "asked-to-join":
      return askedToJoin(state, input);
    case "asked-to-leave":
      return askedToLeave(state, input.now);
    case "asked-to-remove":
      return askedToRemove(state, input);
    case "asked-to-tell":
      return askedToTell(state, input);
    case "asked-to-ask":
      return askedToAsk(state, input);
    case "asked-to-answer":
      return [state, [answerOf(input.query, state.self, input.payload)]];
    default:
      return impossible(input);
  }
}

function onChange(state: SerfState, change: Change, now: Instant): SerfStep {
  switch (change.kind) {
    case "joined":
      return come(state, change.member, now);
    case "updated":
      return update(state, change.member);
    case "failed":
    case "left":
    case "departed":
      return go(state, change.member);
    case "forgotten":
      return forget(state, change.member.id);
    case "answered":
      return locate(state, change.target, change.payload, change.roundTrip);
    case "message":
      return hear(state, change.payload, now);
    case "state":
      return merge(state, change.userState, now);
    default:
      // The other changes do not matter to Serf: to it, a suspect is alive.
      return [state, noOutputs];
  }
}

/** Outputs `attach` if our user state has changed, and the last one is long enough ago. */
function attached(before: SerfState, [state, outputs]: SerfStep, now: Instant): SerfStep {
  const { isStale, notBefore } = before.attachment;
  const hasChanged = state.clocks !== before.clocks || state.members !== before.members || state.events !== before.events;
  if (!isStale && !hasChanged) return [state, outputs];
  if (now < notBefore) return [isStale ? state : { ...state, attachment: { isStale: true, notBefore } }, outputs];
  const userState = encodeUserState(userStateOf(state), state.config.ringSlots);
  const attachment = { isStale: false, notBefore: after(now, state.config.attachEvery) };
  return [{ ...state, attachment }, [...outputs, { kind: "attach", userState }]];
}

/** Outputs `attach-to-acks` if our network coordinate has changed, and the last one is long enough ago. */
function placed([state, outputs]: SerfStep, now: Instant): SerfStep {
  const { locating, config } = state;
  const { own, told, tellAt } = locating;
  if (own === told || now < tellAt || config.coordinateEvery === 0) return [state, outputs];
  const said = { ...locating, told: own, tellAt: after(now, config.coordinateEvery) };
  return [{ ...state, locating: said }, [...outputs, { kind: "attach-to-acks", payload: encodeAckPayload(own) }]];
}
