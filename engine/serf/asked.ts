/** Commands of our own application to Serf's layer. */

import type { Bytes, Instant, MemberId } from "../words/units.ts";
import { after } from "../words/units.ts";
import { expecting } from "./asking.ts";
import { encodeSerf } from "./encode.ts";
import { hear } from "./hear.ts";
import type { SerfInput } from "./input.ts";
import { say } from "./intents.ts";
import type { SerfState, SerfStep } from "./state.ts";
import { isStaying, noOutputs } from "./state.ts";

type Asked<Kind extends SerfInput["kind"]> = Extract<SerfInput, { readonly kind: Kind }>;

/** From now on, waits for the first user state of another member; then a join intent is sent. */
export const askedToJoin = (state: SerfState, { oldEvents }: Asked<"asked-to-join">): SerfStep =>
  [isStaying(state) ? { ...state, phase: { kind: "joining", oldEvents } } : state, noOutputs];

/** Sends our intent to leave; we leave a little later. */
export function askedToLeave(state: SerfState, now: Instant): SerfStep {
  if (!isStaying(state)) return [state, noOutputs];
  const leaving: SerfState = { ...state, phase: { kind: "leaving", leaveAt: after(now, state.config.leaveAfter) } };
  return sayLeave(leaving, state.self, false, now);
}

/** Sends an intent to leave on behalf of a failed member. */
export const askedToRemove = (state: SerfState, { member, prune, now }: Asked<"asked-to-remove">): SerfStep => sayLeave(state, member, prune, now);

const sayLeave = (state: SerfState, about: MemberId, prune: boolean, now: Instant): SerfStep =>
  say(state, { kind: "leave", ltime: state.clocks.intents, about, prune }, now);

/** Sends a user event to all members. We process it first ourselves, from its bytes, as every member does. */
export function askedToTell(state: SerfState, { name, payload, coalesce, now }: Asked<"asked-to-tell">): SerfStep {
  const said = encodeSerf({ kind: "user-event", ltime: state.clocks.events, name, payload, coalesce });
  const limit = state.config.userEventLimit;
  if (said.length <= limit) return hear(state, said, now);
  return [state, [{ kind: "announce", news: { kind: "not-told", name, why: tooLong(said, limit) } }]];
}

const tooLong = (said: Bytes, limit: number): string => `it takes ${said.length} bytes, and ${limit} are allowed`;

/** Sends a query to all members. We process it first ourselves, from its bytes, as every member does. */
export const askedToAsk = (state: SerfState, { query, now }: Asked<"asked-to-ask">): SerfStep => hear(expecting(state, query, now), encodeSerf(query), now);

/** The alarm went off: it may be time to leave. */
export function woke(state: SerfState, now: Instant): SerfStep {
  const { phase } = state;
  return phase.kind === "leaving" && phase.leaveAt <= now ? [{ ...state, phase: { kind: "gone" } }, [{ kind: "leave" }]] : [state, noOutputs];
}
