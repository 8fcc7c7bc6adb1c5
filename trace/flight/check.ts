/**
 * The running check of a flight: the same idea as a run's (`../check.ts`), at a third of its price, because it is made while a real member waits. What
 * happened is not folded in: it stands in the file, under a checksum. What came of it is.
 */

import { type Effect, type Event, mix, nextWake, type State } from "../../engine/index.ts";

/** Odd, so that nothing is lost by multiplying; and their bits are well mixed. */
const ONE = 0x9e3779b1;
const OTHER = 0x85ebca6b;
const HIGH = 1 / 4_294_967_296;

/**
 * The check after one more step: what was wanted, by kind and size, and of the state all that changes and that the next step may depend on. Two
 * chains side by side, which processors do at once, mixed in the end. The next deadline is looked up only where one was just met: it is dear, and shows then.
 */
export function flightCheckAfter(check: number, event: Event, effects: readonly Effect[], state: State): number {
  const { view, rng } = state;
  let one = Math.imul(check ^ view.high, ONE) + view.low;
  let other = Math.imul(rng.s0 ^ state.rumours.bytes, OTHER) + rng.s1;
  one = Math.imul(one ^ state.seq, ONE) + state.health;
  if (event.kind === "woke") {
    const wake = nextWake(state);
    other = Math.imul(other ^ wake, OTHER) + Math.floor(wake * HIGH);
  }
  for (const effect of effects) one = Math.imul(one ^ weightOf(effect), ONE) + 1;
  return mix(one ^ Math.imul(other, ONE));
}

/** A number for what is wanted: a datagram's is its size. No datagram is so small as the others'. */
function weightOf(effect: Effect): number {
  switch (effect.kind) {
    case "send":     return effect.size;
    case "exchange": return 1;
    case "answer":   return 2;
    case "announce": return 3;
  }
}
