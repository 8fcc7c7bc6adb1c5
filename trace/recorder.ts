/** Watches a run: live, as the simulator plays it, or a trace as it is replayed. Watching changes nothing. */

import type { Effect, Event, Instant, MemberId, State } from "../engine/index.ts";
import type { Rift } from "./schema.ts";

/** Hears everything that happens in a run, in order. States are values: they may be kept. */
export type Recorder = {
  /** A member is born with this state: at the origin, on joining, or again after a crash. */
  readonly born?: (at: Instant, who: MemberId, state: State) => void;
  /** A member took a step: `state` is its new state. `event.now` is the time by its own clock, which seldom differs from `at`. */
  readonly stepped?: (at: Instant, who: MemberId, event: Event, effects: readonly Effect[], state: State) => void;
  /** The world changed: this happened to these members. */
  readonly disrupted?: (at: Instant, kind: string, members: readonly MemberId[], rift?: Rift) => void;
};
