/** What another member added to an exchange of views, taken over as if we had heard each of it ourselves (memberlist rule 68). */

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

/** Takes over what is news to us, and does not tell it on: gossip does that. Who has nothing to add is no Serf. */
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

/** Our clocks go ahead of theirs, and a newcomer that asked for no old user events turns deaf to what was said before it came. */
function prepare(state: SerfState, theirs: UserState): SerfState {
  const clocks = compared(state.clocks, theirs.clocks);
  const isDeaf = state.phase.kind === "joining" && state.phase.oldEvents === "ignored";
  return { ...state, clocks, events: isDeaf ? deafBefore(state.events, theirs.clocks.events) : state.events };
}

/**
 * What they hold of each member, as the intents that may have led to it. They keep one moment for each, that of the latest intent; who left
 * must have done so after it, or would not have got on the list. These go first, and so their own moment comes too late to bring them back.
 */
function intentsIn({ intents, left }: UserState, members: Agenda<SerfMember>): readonly Intent[] {
  const times = new Map(intents);
  const leaves = left.map((about): Intent => ({ kind: "leave", ltime: leftAt(times.get(about) ?? BEFORE_ALL, lookUp(members, about)), about, prune: false }));
  return [...leaves, ...intents.map(([about, ltime]): Intent => ({ kind: "join", ltime, about }))];
}

/**
 * When somebody said that it leaves, who left as they know. If we know it as well, it is no news, and their moment stands. Serf adds one each time,
 * so that the moment creeps up with each exchange, and may outdo the word of who came back.
 */
const leftAt = (time: LamportTime, held: SerfMember | undefined): LamportTime =>
  held?.status === "leaving" || held?.status === "left" ? time : next(time);

/** States do not say whether an event may be coalesced. */
const eventsIn = ({ events }: UserState): readonly UserEvent[] =>
  events.flatMap(({ ltime, said }) => said.map((text): UserEvent => ({ kind: "user-event", ltime, ...text, coalesce: false })));

/** One after another. */
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

/** The first state that comes in after we asked to join: now we know the group's clock, and say that we are here. */
const settle = (state: SerfState, now: Instant): SerfStep =>
  state.phase.kind === "joining" ? sayWeStay({ ...state, phase: { kind: "here" } }, now) : [state, noOutputs];
