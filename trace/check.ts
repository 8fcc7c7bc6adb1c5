/** The running check: what a chunk's steps led to, folded into 32 bits, so that a replay can prove that it leads to the same. */

import { digestOf, type Effect, type Event, fold, foldWide, hashOf, type MemberId, nextWake, type State } from "../engine/index.ts";

const kinds: Readonly<Record<Event["kind"], number>> = {
  received: 1, "exchange-opened": 2, "exchange-answered": 3, woke: 4, "asked-to-join": 5, "asked-to-leave": 6, "asked-to-update": 7,
  "woke-mute": 8, undeliverable: 9, "asked-to-send": 10, "asked-to-broadcast": 11, "asked-to-ping": 12, "asked-to-attach": 13,
};

/** The check before the first line of a chunk: each chunk is proved on its own. */
export const blankCheck = (first: number): number => foldWide(0x13198a2e, first);

/**
 * The check after one more step: who, what, when, how many effects, and of the state that came of it everything that changes and that
 * the next step may depend on: the view's digest, the dice, the seq, the health, the next deadline, the rumours. Because the check runs on, a
 * step that went another way shows at its own line or, through one of these, soon after.
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

/** What is written down with each line: enough to tell which is the first to differ. The whole check stands at the end of the chunk. */
export const lineCheck = (check: number): number => check & 0xffff;
