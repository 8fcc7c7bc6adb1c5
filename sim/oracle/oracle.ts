/** What an oracle is: a sentence about whole runs, with a watcher that checks it. */

import type { Effect, Event, Instant, MemberId, State } from "../../engine/index.ts";
import type { Scenario } from "../scenario/model.ts";
import type { Network } from "../world/network.ts";
import type { Truth } from "../world/truth.ts";

/**
 * - `always`: true at every moment; a single exception is a breach.
 * - `eventually`: becomes true within a bound after trouble has ended; missing the bound is a breach.
 * - `sometimes`: happened at least once in a batch of runs; otherwise the batch has shown less than it seems to.
 */
export type OracleKind = "always" | "eventually" | "sometimes";

/** What oracles know about the world that they watch: the truth, which no member knows. */
export type Scene = {
  readonly scenario: Scenario;
  readonly ids: readonly MemberId[];
  readonly truth: Pick<Truth, "of" | "isRunning" | "sideOf">;
  readonly network: Pick<Network, "faultsInForce" | "fates" | "separates">;
  /** A member's state, or null if it never ran. */
  readonly stateOf: (member: number) => State | null;
  /** Is its machine slow? */
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

/** Where an oracle records its findings. */
export type Docket = {
  readonly scene: Scene;
  readonly numberOf: (id: MemberId) => number | undefined;
  /** The sentence was tested, and held: this many times. */
  readonly tested: (times?: number) => void;
  /** The sentence did not hold: for which member, and why. The first breach of a run is kept. */
  readonly broken: (at: Instant, who: number, why: string) => void;
};

/** One oracle in one run. */
export type Watcher = {
  readonly born?: (at: Instant, who: number, state: State) => void;
  readonly stepped?: (taken: Taken) => void;
  /** A line of the timeline of this kind is about to affect these members. */
  readonly struck?: (kind: string, members: readonly number[]) => void;
  /** The truth changed, or a fault began or ended, at this moment; all is settled. Called at the origin as well. */
  readonly changed?: (at: Instant) => void;
  /** Is it waiting for something that can still become true, or be violated by not becoming true? */
  readonly isWaiting?: () => boolean;
  /** Called at the end of the run. */
  readonly ended?: (at: Instant) => void;
};

/** A sentence about whole runs, and how to check it. */
export type Oracle = {
  /** Its name in scenarios and reports. */
  readonly name: string;
  readonly kind: OracleKind;
  /** The sentence. docs/invariants.md has it too, with the reason. */
  readonly says: string;
  readonly watch: (docket: Docket) => Watcher;
};

/** The first breach of an oracle in a run. */
export type Breach = { readonly at: Instant; readonly who: MemberId; readonly why: string };

/** The findings of an oracle in one run: how often it was tested, and its first breach. */
export type Finding = { readonly tested: number; readonly breach: Breach | null };
