/** The running check: the results of a chunk's steps, folded into 32 bits, so that a replay can prove that it has the same results. */

import { digestOf, type Effect, type Event, fold, foldWide, hashOf, type MemberId, nextWake, type State } from "../engine/index.ts";

const kinds: Readonly<Record<Event["kind"], number>> = {
  received: 1, "exchange-opened": 2, "exchange-answered": 3, woke: 4, "asked-to-join": 5, "asked-to-leave": 6, "asked-to-update": 7,
  "woke-mute": 8, undeliverable: 9, "asked-to-send": 10, "asked-to-broadcast": 11, "asked-to-ping": 12, "asked-to-attach": 13,
};

/** The check before the first line of a chunk: each chunk is verified on its own. */
export const blankCheck = (first: number): number => foldWide(0x13198a2e, first);

/**
 * The check after one more step. It includes the member, the event, the time, the number of effects, and everything in the new state that changes often and
 * that later steps depend on: the view's digest, the random generator, the seq, the health, the next deadline, the rumours. Because it is cumulative, a
 * step with a different result shows at its own line or soon after.
 */
export function checkAfter(check: number, who: MemberId, event: Event, effects: readonly Effect[], state: State): number {
  const { high, low } = digestOf(state.view);
  let next = foldWide(fold(check, kinds[event.kind]), event.now);
  next = fold(fold(next, hashOf(who)), effects.length);
  next = fold(fold(next, high), low);
  next = fold(fold(next, state.rng.s0), state.rng.s1);
  next = fold(fold(fold(next, state.seq), state.rumours.bytes), state.health);
  return foldWide(next, nextWake(state));
}

/** The bits that are stored with each line: enough to find the first that differs. The whole check is at the end of the chunk. */
export const lineCheck = (check: number): number => check & 0xffff;
