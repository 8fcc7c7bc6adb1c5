/** The results of one run: plain data, a pure function of (scenario, run), that is sent from a worker or stored in a file. */

import type { FatesResult } from "./fates.ts";

export type { FatesResult } from "./fates.ts";

/** A measured length in seconds, or (censored) the length for which we watched in vain. */
export type Observation = { readonly seconds: number } | { readonly censoredAfter: number };

/** What was measured in one run. Lengths and moments are in seconds. */
export type RunResult = {
  /** From 0. */
  readonly run: number;
  /** The seed of this run. */
  readonly seed: string;
  /** 16 hexadecimal digits that change if any step does. */
  readonly traceHash: string;
  /** Steps of the engine taken by all members. */
  readonly events: number;
  readonly simulatedSeconds: number;
  /** Seconds during which members ran, summed over members. */
  readonly memberSeconds: number;
  /** One for each disruption that happened, in order. */
  readonly disruptions: readonly DisruptionResult[];
  /** One for each crash of each member. */
  readonly crashes: readonly CrashResult[];
  /** The same for each time that a member was blocked; the watch ends when it is unblocked. */
  readonly blocks: readonly CrashResult[];
  /** One for each broadcast of the timeline, in order. */
  readonly broadcasts: readonly BroadcastResult[];
  /** One for each new meta that the timeline let a member publish, in order. */
  readonly updates: readonly UpdateResult[];
  readonly falsePositives: {
    readonly count: number;
    /** Those announced by a member that was under no fault itself. */
    readonly atHealthy: number;
    /** Those about a member that was never paused, blocked, slow, given another clock, or singled out by a cut or an impairment (Lifeguard's FP). */
    readonly ofHealthy: number;
    /** Of these, those announced by such a member (Lifeguard's FP⁻). */
    readonly healthyOfHealthy: number;
    /** How many members were declared dead falsely at least once. */
    readonly victims: number;
    /** Seconds during which at least one member held a victim dead, summed over victims. */
    readonly falseDeathSeconds: number;
    /** How many were announced in each of 120 equal parts of the run; absent if there were none. */
    readonly curve?: readonly number[];
  };
  /** Deaths announced across a scripted fault: not false positives. */
  readonly partitionEvictions: number;
  /** Suspicions that began with a failed probe. */
  readonly suspicions: number;
  readonly refutations: number;
  readonly load: {
    /** Opened streams. */
    readonly streams: number;
    readonly datagrams: number;
    /** In datagrams and streams. */
    readonly bytes: number;
    /** By kind of message, in alphabetical order; a request over a stream and its answer count as one each. Pings and acks over streams are `stream ping` and `stream ack`. */
    readonly byKind: Readonly<Record<string, { readonly count: number; readonly bytes: number }>>;
  };
  /** What happened to datagrams; absent if real members played the run, because then they can't be counted. */
  readonly fates?: FatesResult;
  /** What members announced to their applications, by kind; only kinds that occurred. */
  readonly announcements: Readonly<Record<string, number>>;
  /** Local health of running members, sampled in the middle of each of 120 equal parts of the run: 0 is good. */
  readonly health: {
    readonly mean: number;
    readonly max: number;
    /** The mean in each part; empty if no member was in doubt at any sample. */
    readonly curve: readonly number[];
  };
  /** Findings of the oracles that the scenario's expectations name; absent if they name none. */
  readonly oracles?: Readonly<Record<string, OracleResult>>;
  /** The share of running members whose view agreed with the truth, at the middle of each of 120 equal parts of the run. */
  readonly agreement: readonly number[];
};

/** The findings of one oracle in one run; the breach is null if there was none. */
export type OracleResult = {
  /** How often the oracle was tested. */
  readonly tested: number;
  readonly breach: { readonly at: number; readonly member: string; readonly why: string } | null;
};

/** A disruption of the timeline, and how long it took until all views were true again. */
export type DisruptionResult = {
  /** The index, from 0, of the timeline entry that caused it; null for the cold start. Calls of `World.disrupt` have the numbers after those. */
  readonly entry: number | null;
  readonly at: number;
  readonly kind: string;
  readonly members: readonly string[];
  /** Null for a disruption that does not change the truth: an impairment, a new meta. */
  readonly convergence: Observation | null;
};

/** A member that crashed, and how long it took until others noticed. */
export type CrashResult = {
  readonly member: string;
  readonly at: number;
  readonly firstSuspicion: Observation;
  readonly firstDetection: Observation;
  readonly fullDissemination: Observation;
};

/** How far something said has spread among the members that ran when it was said and still run. */
export type SpreadResult = {
  readonly at: number;
  /** How many had it at the end, … */
  readonly reached: number;
  /** … of how many. */
  readonly of: number;
  /** How long until this percentage had it. */
  readonly to50: Observation;
  readonly to90: Observation;
  readonly to99: Observation;
  readonly toAll: Observation;
};

/** A broadcast, announced as a `message` with this payload. The sender counts as having it. */
export type BroadcastResult = SpreadResult & { readonly payload: string };

/** A new meta, as held in views. */
export type UpdateResult = SpreadResult & { readonly member: string };
