/** What an oracle is: a sentence about whole runs, and who watches whether it is true. */

import type { Effect, Event, Instant, MemberId, State } from "../../engine/index.ts";
import type { Scenario } from "../scenario/model.ts";
import type { Network } from "../world/network.ts";
import type { Truth } from "../world/truth.ts";

/**
 * - `always`: true at every moment; one moment at which it is not is a breach.
 * - `eventually`: comes true within a bound after trouble has ended; a bound that passes in vain is a breach.
 * - `sometimes`: came to pass at least once in a batch of runs; else the batch has shown less than it seems to.
 */
export type OracleKind = "always" | "eventually" | "sometimes";

/** What oracles know of the world that they watch. It is the truth: no member knows as much. */
export type Scene = {
  readonly scenario: Scenario;
  readonly ids: readonly MemberId[];
  readonly truth: Pick<Truth, "of" | "isRunning" | "sideOf">;
  readonly network: Pick<Network, "faultsInForce" | "fates" | "separates">;
  /** What a member holds, or null if it never ran. */
  readonly stateOf: (member: number) => State | null;
  /** Does its machine take its time over what comes in? */
  readonly isSlow: (member: number) => boolean;
};

/** A member's step, with its number in the world. */
export type Taken = {
  readonly at: Instant;
  readonly who: number;
  readonly before: State;
  readonly event: Event;
  readonly effects: readonly Effect[];
  readonly after: State;
};

/** Where an oracle writes down what it finds. */
export type Docket = {
  readonly scene: Scene;
  readonly numberOf: (id: MemberId) => number | undefined;
  /** The sentence was put to the test, and held: so many times. */
  readonly tested: (times?: number) => void;
  /** It did not hold: by whom, and what was the case. The first breach of a run is kept. */
  readonly broken: (at: Instant, who: number, why: string) => void;
};

/** One oracle in one run. */
export type Watcher = {
  readonly born?: (at: Instant, who: number, state: State) => void;
  readonly stepped?: (taken: Taken) => void;
  /** A line of the timeline strikes these, in a moment: what kind of line. */
  readonly struck?: (kind: string, members: readonly number[]) => void;
  /** The truth changed, or a fault began or ended, at this moment; all is settled. At the origin as well. */
  readonly changed?: (at: Instant) => void;
  /** Is something awaited that may still come true, or may still be broken by not coming true? */
  readonly isWaiting?: () => boolean;
  /** The run is over. */
  readonly ended?: (at: Instant) => void;
};

/** A sentence about whole runs, and how to watch whether it is true. */
export type Oracle = {
  /** As scenarios and reports call it. */
  readonly name: string;
  readonly kind: OracleKind;
  /** The sentence. docs/invariants.md has the same, and why. */
  readonly says: string;
  readonly watch: (docket: Docket) => Watcher;
};

/** The first time that an oracle was broken in a run. */
export type Breach = { readonly at: Instant; readonly who: MemberId; readonly why: string };

/** What an oracle found in one run: how often it was put to the test, and its first breach. */
export type Finding = { readonly tested: number; readonly breach: Breach | null };
