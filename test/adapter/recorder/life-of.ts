/** A member's life to record: taken from a simulation, with everything that happened to it. */

import { type Event, type Instant, type MemberId, memberId, type State, step } from "../../../engine/index.ts";
import { playRun, type Scenario } from "../../../sim/index.ts";
import type { Recorder } from "../../../trace/index.ts";

export type Life = { readonly who: MemberId; readonly at: Instant; readonly first: State; readonly events: readonly Event[] };

/** The first life of a member in a scenario's run 0. */
export function lifeOf(name: string, scenario: Scenario): Life {
  const who = memberId(name);
  let begun: { readonly at: Instant; readonly first: State } | null = null;
  let isOver = false;
  const events: Event[] = [];
  playRun(scenario, 0, {
    born: (at, member, state) => {
      if (member !== who) return;
      isOver = begun !== null;
      begun ??= { at, first: state };
    },
    stepped: (_, member, event) => { if (member === who && !isOver) events.push(event); },
  });
  if (begun === null) throw new Error(`${name} is never born`);
  const { at, first }: { readonly at: Instant; readonly first: State } = begun;
  return { who, at, first, events };
}

/** Lives it before a recorder: from the first event that is left, so many of them. Answers with the state that comes of it. */
export function live({ who, events }: Life, state: State, from: number, count: number, recorder: Recorder): State {
  let held = state;
  for (const event of events.slice(from, from + count)) {
    const [next, effects] = step(held, event);
    recorder.stepped?.(event.now, who, event, effects, next);
    held = next;
  }
  return held;
}
