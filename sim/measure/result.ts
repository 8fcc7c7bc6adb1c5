/** What one run leaves behind: plain data, a pure function of (scenario, run), that crosses from a worker or waits in a file. */

import type { FatesResult } from "./fates.ts";

export type { FatesResult } from "./fates.ts";

/** A length in seconds that was measured, or the length for which we watched in vain. */
export type Observation = { readonly seconds: number } | { readonly censoredAfter: number };

/** What was measured in one run. Lengths and moments are in seconds. */
export type RunResult = {
  /** From 0. */
  readonly run: number;
  /** The seed of this very run. */
  readonly seed: string;
  /** 16 hexadecimal digits that change if anything at any step does. */
  readonly traceHash: string;
  /** Steps of the engine taken by all members. */
  readonly events: number;
  readonly simulatedSeconds: number;
  /** Seconds lived by running members, added up. */
  readonly memberSeconds: number;
  /** One for each disruption that happened, in order. */
  readonly disruptions: readonly DisruptionResult[];
  /** One for each crash of each member. */
  readonly crashes: readonly CrashResult[];
  /** The same for each time that a member was blocked: going on again ends the watch. */
  readonly blocks: readonly CrashResult[];
  /** One for each broadcast of the timeline, in order. */
  readonly broadcasts: readonly BroadcastResult[];
  /** One for each new meta that the timeline had a member publish, in order. */
  readonly updates: readonly UpdateResult[];
  readonly falsePositives: {
    readonly count: number;
    /** Those announced by a member that was under no fault itself. */
    readonly atHealthy: number;
    /** Those about a member that never was paused, blocked, slow, given another clock, or singled out by a cut or an impairment (Lifeguard's FP). */
    readonly ofHealthy: number;
    /** Of these, those announced by such a member (Lifeguard's FP⁻). */
    readonly healthyOfHealthy: number;
    /** How many members were its subject at least once. */
    readonly victims: number;
    /** Seconds during which a victim was held dead by at least one announcer, added up over victims. */
    readonly falseDeathSeconds: number;
    /** How many were announced in each of 120 equal parts of the run; absent if there were none. */
    readonly curve?: readonly number[];
  };
  /** Deaths announced across a scripted fault: not false positives. */
  readonly partitionEvictions: number;
  /** Suspicions that a failed probe began. */
  readonly suspicions: number;
  readonly refutations: number;
  readonly load: {
    /** Opened streams. */
    readonly streams: number;
    readonly datagrams: number;
    /** In datagrams and streams. */
    readonly bytes: number;
    /** By kind of message, in alphabetical order; a request over a stream and its answer count one each. Pings and acks over streams are `stream ping` and `stream ack`. */
    readonly byKind: Readonly<Record<string, { readonly count: number; readonly bytes: number }>>;
  };
  /** What became of datagrams; absent where a run was played for real, and nobody could count them. */
  readonly fates?: FatesResult;
  /** What members told their applications, by kind: those kinds that occurred. */
  readonly announcements: Readonly<Record<string, number>>;
  /** Local health of running members, looked at in the middle of each of 120 equal parts of the run: 0 is good. */
  readonly health: {
    readonly mean: number;
    readonly max: number;
    /** The mean in each part; empty if nobody ever doubted itself when looked at. */
    readonly curve: readonly number[];
  };
  /** What the oracles found that the scenario's expectations name; absent if they name none. */
  readonly oracles?: Readonly<Record<string, OracleResult>>;
  /** The share of running members whose view agreed with the truth, at the middle of each of 120 equal parts of the run. */
  readonly agreement: readonly number[];
};

/** What an oracle found in one run; null if it was not broken. */
export type OracleResult = {
  /** How often the oracle was put to the test. */
  readonly tested: number;
  readonly breach: { readonly at: number; readonly member: string; readonly why: string } | null;
};

/** Something that the timeline did, and how long it took until all views were true again. */
export type DisruptionResult = {
  /** The timeline's entry that caused it, from 0; null for the cold start. What `World.disrupt` did has numbers after those. */
  readonly entry: number | null;
  readonly at: number;
  readonly kind: string;
  readonly members: readonly string[];
  /** Null for what leaves the truth as it was: an impairment, a new meta. */
  readonly convergence: Observation | null;
};

/** A member that crashed, and how long it took until others found out. */
export type CrashResult = {
  readonly member: string;
  readonly at: number;
  readonly firstSuspicion: Observation;
  readonly firstDetection: Observation;
  readonly fullDissemination: Observation;
};

/** How far something said has come, of those who ran when it was said and still do. */
export type SpreadResult = {
  readonly at: number;
  /** How many had it in the end, … */
  readonly reached: number;
  /** … of how many. */
  readonly of: number;
  /** How long until so many in a hundred had it. */
  readonly to50: Observation;
  readonly to90: Observation;
  readonly to99: Observation;
  readonly toAll: Observation;
};

/** Announced as a `message` with this payload. Who says it has it. */
export type BroadcastResult = SpreadResult & { readonly payload: string };

/** Held by the views. */
export type UpdateResult = SpreadResult & { readonly member: string };
