/** Merges another member's user state, as if we had received each message in it ourselves (memberlist rule 68). */

import type { Agenda } from "../words/agenda.ts";
import { lookUp } from "../words/agenda.ts";
import type { Bytes, Instant, LamportTime } from "../words/units.ts";
import { hearIntent, sayWeStay, type Heard } from "./intents.ts";
import { BEFORE_ALL, compared, next } from "./lamport.ts";
import type { Intent, UserEvent, UserState } from "./message.ts";
import type { SerfOutput } from "./output.ts";
import { deafBefore } from "./ring.ts";
import type { SerfMember, SerfState, SerfStep } from "./state.ts";
import { noOutputs } from "./state.ts";
import { hearEvent } from "./telling.ts";
import { unreadable } from "./unreadable.ts";
import { decodeUserState } from "./user-state.ts";

/** Merges what is news to us, without rebroadcasting it: gossip spreads it anyway. An empty user state does not come from Serf. */
export function merge(state: SerfState, userState: Bytes, now: Instant): SerfStep {
  if (userState === "") return [state, noOutputs];
  const read = decodeUserState(userState);
  if (!read.ok) return [unreadable(state), noOutputs];
  const prepared = prepare(state, read.state);
  const [known, outputs] = inTurn(prepared, intentsIn(read.state, prepared.members), (current, intent) => hearIntent(current, intent, now));
  const [told, more] = inTurn(known, eventsIn(read.state), hearEvent);
  const [settled, last] = settle(told, now);
  return [settled, [...outputs, ...more, ...last]];
}

/** Advances our clocks past theirs. A newcomer that wants no old user events ignores those from before it came. */
function prepare(state: SerfState, theirs: UserState): SerfState {
  const clocks = compared(state.clocks, theirs.clocks);
  const isDeaf = state.phase.kind === "joining" && state.phase.oldEvents === "ignored";
  return { ...state, clocks, events: isDeaf ? deafBefore(state.events, theirs.clocks.events) : state.events };
}

/**
 * Turns their user state into intents. It has one Lamport time for each member, that of its latest intent. A member on their list `left` must have
 * sent its intent to leave after that time. These leave intents go first, so that the join intents after them, which are older, do not bring the members back.
 */
function intentsIn({ intents, left }: UserState, members: Agenda<SerfMember>): readonly Intent[] {
  const times = new Map(intents);
  const leaves = left.map((about): Intent => ({ kind: "leave", ltime: leftAt(times.get(about) ?? BEFORE_ALL, lookUp(members, about)), about, prune: false }));
  return [...leaves, ...intents.map(([about, ltime]): Intent => ({ kind: "join", ltime, about }))];
}

/**
 * The Lamport time of the intent to leave of a member that has left, as they know. If we know that as well, it is no news, and their time is kept. Serf always adds
 * one, so that the time creeps up with each exchange, and may overtake the join intent of a member that came back.
 */
const leftAt = (time: LamportTime, held: SerfMember | undefined): LamportTime =>
  held?.status === "leaving" || held?.status === "left" ? time : next(time);

/** User states do not say whether an event may be coalesced. */
const eventsIn = ({ events }: UserState): readonly UserEvent[] =>
  events.flatMap(({ ltime, said }) => said.map((text): UserEvent => ({ kind: "user-event", ltime, ...text, coalesce: false })));

/** Processes these messages one after another. */
function inTurn<T>(state: SerfState, things: readonly T[], hear: (state: SerfState, thing: T) => Heard): SerfStep {
  const outputs: SerfOutput[] = [];
  let current = state;
  for (const thing of things) {
    const [next, more] = hear(current, thing);
    outputs.push(...more);
    current = next;
  }
  return [current, outputs];
}

/** After the first user state since we asked to join, we know the group's clock, and send our join intent. */
const settle = (state: SerfState, now: Instant): SerfStep =>
  state.phase.kind === "joining" ? sayWeStay({ ...state, phase: { kind: "here" } }, now) : [state, noOutputs];
