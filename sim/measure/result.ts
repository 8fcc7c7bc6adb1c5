/** What one run leaves behind: plain data, a pure function of (scenario, run), that crosses from a worker or waits in a file. */

/** A length in seconds that was measured, or the length for which we watched in vain. */
export type Observation = { readonly seconds: number } | { readonly censoredAfter: number };

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
  readonly falsePositives: {
    readonly count: number;
    /** Those announced by a member that was under no fault itself (Lifeguard's FP⁻). */
    readonly atHealthy: number;
    /** How many members were its subject at least once. */
    readonly victims: number;
    /** Seconds during which a victim was held dead by at least one announcer, added up over victims. */
    readonly falseDeathSeconds: number;
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
    /** By kind of message, in alphabetical order; a push-pull and its answer count one each. */
    readonly byKind: Readonly<Record<string, { readonly count: number; readonly bytes: number }>>;
  };
  /** The share of running members whose view agreed with the truth, at the middle of each of 120 equal parts of the run. */
  readonly agreement: readonly number[];
};

export type DisruptionResult = {
  /** The timeline's entry that caused it, from 0; null for the cold start. */
  readonly entry: number | null;
  readonly at: number;
  readonly kind: string;
  readonly members: readonly string[];
  /** Null for what leaves the truth as it was: an impairment, a new meta. */
  readonly convergence: Observation | null;
};

export type CrashResult = {
  readonly member: string;
  readonly at: number;
  readonly firstSuspicion: Observation;
  readonly firstDetection: Observation;
  readonly fullDissemination: Observation;
};
