/** Intents, received and sent: which members mean to stay, and which to leave. The later intent wins (memberlist rule 66). */

import { lookUp } from "../words/agenda.ts";
import type { Instant } from "../words/units.ts";
import { encodeSerf } from "./encode.ts";
import { witnessed } from "./lamport.ts";
import type { Intent } from "./message.ts";
import { hold } from "./members.ts";
import type { SerfOutput } from "./output.ts";
import type { SerfState, SerfStep } from "./state.ts";
import { isStaying, noOutputs } from "./state.ts";
import { statusAfter } from "./status.ts";
import { foretell } from "./strangers.ts";

/** The result of processing a message. Only news is rebroadcast. */
export type Heard = readonly [state: SerfState, outputs: readonly SerfOutput[], isNews: boolean];

/** Processes an intent. */
export function hearIntent(before: SerfState, intent: Intent, now: Instant): Heard {
  const state = { ...before, clocks: witnessed(before.clocks, "intents", intent.ltime) };
  const held = lookUp(state.members, intent.about);
  if (held === undefined) return hearOfStranger(state, intent, now);
  if (intent.ltime <= held.ltime) return [state, noOutputs, false];
  const means = intent.kind === "leave" ? "means-to-leave" : "means-to-stay";
  if (means === "means-to-leave" && intent.about === state.self && isStaying(state)) return [...sayWeStay(state, now), false];
  const prune = intent.kind === "leave" && (intent.prune || held.prune);
  return [...hold(state, { member: held.member, status: statusAfter(held.status, means), ltime: intent.ltime, prune }), true];
}

function hearOfStranger(state: SerfState, intent: Intent, now: Instant): Heard {
  const strangers = foretell(state.strangers, intent, now, state.config);
  return strangers === undefined ? [state, noOutputs, false] : [{ ...state, strangers }, noOutputs, true];
}

/** Sends an intent, after processing it ourselves. */
export function say(state: SerfState, intent: Intent, now: Instant): SerfStep {
  const [next, outputs, isNews] = hearIntent(state, intent, now);
  return [next, isNews ? [...outputs, { kind: "broadcast", payload: encodeSerf(intent), priority: "urgent" }] : outputs];
}

/** Sends our join intent: after joining, and when another member claims or remembers that we meant to leave. */
export const sayWeStay = (state: SerfState, now: Instant): SerfStep =>
  say(state, { kind: "join", ltime: state.clocks.intents, about: state.self }, now);
