/** The trace hash: all steps of a run folded into 64 bits. Two runs are the same if and (for all practical purposes) only if their hashes are. */

import { digestOf, type Effect, type Event, fold, foldWide, type Instant, type State } from "../../engine/index.ts";

const kinds: Readonly<Record<Event["kind"], number>> = {
  received: 1, "exchange-opened": 2, "exchange-answered": 3, woke: 4, "asked-to-join": 5, "asked-to-leave": 6, "asked-to-update": 7,
  "woke-mute": 8, undeliverable: 9, "asked-to-send": 10, "asked-to-broadcast": 11, "asked-to-ping": 12, "asked-to-attach": 13,
};

/**
 * The result of a step in one number: time, member, event, number of effects, and all of the state that changes and that the next step can
 * depend on: the view's digest, the dice, the seq, the health, the next deadline, the rumours. Any difference in a
 * member's state shows here at once or, through one of these, soon after.
 */
export function stepHash(at: number, who: number, event: Event, effects: readonly Effect[], state: State, wakesAt: Instant): number {
  const digest = digestOf(state.view);
  let hash = foldWide(kinds[event.kind], at);
  hash = fold(hash, who);
  hash = fold(hash, effects.length);
  hash = fold(hash, digest.low ^ Math.imul(digest.high, 0x85ebca6b));
  hash = fold(hash, state.rng.s0 ^ Math.imul(state.rng.s1, 0xc2b2ae35));
  hash = fold(hash, state.seq ^ Math.imul(state.rumours.bytes + (state.health << 16), 0x27d4eb2f));
  return foldWide(hash, wakesAt);
}

/** Two lanes of 32 bits, into which each step is folded. Mutable, because there is one `add` for every step of a run. */
export class Fingerprint {
  private high = 0x6a09e667;
  private low = 0x3c6ef372;

  add(hash: number): void {
    const { high, low } = this;
    this.high = fold(high ^ hash, low);
    this.low = fold(low, hash);
  }

  /** As 16 hexadecimal digits. */
  get text(): string {
    return [this.high, this.low].map((lane) => (lane >>> 0).toString(16).padStart(8, "0")).join("");
  }
}
