/** What the page knows about a whole run: its members, length, disruptions, announcements and curves. Grows while the worker reads or plays. */

import type { Instant, MemberId } from "../../engine/index.ts";
import type { RiftKind } from "../../trace/index.ts";

/** Identifies a run on the page, numbered from 1 in the order of opening. Never reused. */
export type RunId = number;

/** A member's place in every column and list of a run: numbered from 0 in the order of first births. */
export type MemberNumber = number;

/** The number of a line of a run, from 0, in order of time. */
export type LineNumber = number;

/**
 * Identifies a message of a run: the line whose step sent it, and its place among that step's effects. Both arrivals of a duplicate have the same id. The same
 * run always has the same ids, so links can contain them.
 */
export type MessageId = number;

const EFFECTS_PER_LINE = 2 ** 20;
export const messageId = (line: LineNumber, effect: number): MessageId => line * EFFECTS_PER_LINE + effect;
export const lineOfMessage = (message: MessageId): LineNumber => Math.floor(message / EFFECTS_PER_LINE);
export const effectOfMessage = (message: MessageId): number => message % EFFECTS_PER_LINE;

/** A line added to a scenario's timeline by hand, as in YAML: `{ at: "12.5s", crash: ["m07"] }`. */
export type Edit = { readonly at: string } & Readonly<Record<string, unknown>>;

/** Everything that defines a played run: the same experiment gives the same bits everywhere. */
export type Experiment = {
  /** The text's name in errors, and the base of `extends`: `scenarios/crash.yaml`. */
  readonly file: string;
  /** The scenario, in YAML. */
  readonly text: string;
  /** Replaces the scenario's own seed, unless null. */
  readonly seed: string | null;
  /** Which run of the scenario, from 0. */
  readonly run: number;
  /** The user's edits, in order: a fork adds one, and everything else stays as it was. */
  readonly edits: readonly Edit[];
};

/** Where a run comes from. */
export type Origin =
  /** From recordings: the files' names. `experiment` if a recording contains the experiment that it is of, so that it can be forked. */
  | { readonly kind: "recorded"; readonly files: readonly string[]; readonly experiment: Experiment | null }
  /** Played here by the simulator. `parent`: the run from which it was forked, at `forkedAt`. */
  | { readonly kind: "played"; readonly experiment: Experiment; readonly parent: RunId | null; readonly forkedAt: Instant | null };

export type MemberFacts = {
  readonly id: MemberId;
  /** Its zone, for the layout by zones: the value of its first tag. Null if unknown. */
  readonly zone: string | null;
};

/** A disruption of the world. */
export type DisruptionFact = {
  readonly line: LineNumber;
  readonly at: Instant;
  /** `crash`, `partition`, `heal`, … as in a scenario's timeline. */
  readonly action: string;
  readonly members: readonly MemberNumber[];
};

/** A fault between members, from its beginning until it healed: drawn as a band in time and a wall in space. */
export type FaultFact = {
  /** `jam`: a partition across which everything waits until it heals; known only from the scenario, not from lines. */
  readonly kind: RiftKind | "jam";
  readonly since: Instant;
  /** NEVER if it did not end. */
  readonly until: Instant;
  /** The sides of a partition, in a ring one for each place; for a cut, a clog or an impairment, the sources and the targets. Members in none are not affected. */
  readonly sides: readonly (readonly MemberNumber[])[];
  readonly bothWays: boolean;
};

/** A stretch of time in which a member that had been running was paused, blocked, crashed or gone. */
export type OutageFact = { readonly who: MemberNumber; readonly existence: number; readonly since: Instant; readonly until: Instant };

/**
 * All announcements in order of time, one column for each field. Announcements to applications that changed nobody's belief (answered,
 * message, state, …) are included.
 */
export type Announcements = {
  readonly count: number;
  readonly at: Float64Array;
  readonly line: Uint32Array;
  /** The announcer. */
  readonly who: Uint32Array;
  /** A code of `announcementKinds`. */
  readonly kind: Uint8Array;
  /** The subject; the announcer itself if there is no other. */
  readonly about: Uint32Array;
  /** The member that began the suspicion or declared the death (`by`); −1 if no one is named. */
  readonly by: Int32Array;
  /** A code of `verdicts`. */
  readonly verdict: Uint8Array;
};

/** Curves over equal parts of the run. */
export type Curves = {
  readonly begins: Instant;
  /** The length of one part, in microseconds. */
  readonly part: number;
  /** The share of running members whose view agrees with the truth, at each part's end: 0 to 1. */
  readonly agreement: Float32Array;
  /** Messages sent in each part. */
  readonly messages: Float32Array;
  readonly bytes: Float32Array;
  /** Mean local health of running members at each part's end: 0 is good. */
  readonly health: Float32Array;
};

/** A figure of a finished run, for the table of two runs side by side. `value`: rounded, as text; `worth`: the number itself, null if there is none, or only a bound. */
export type Figure = { readonly name: string; readonly value: string; readonly worth: number | null };

/** A violated promise: of a step (`engine/invariants.ts`), or of a run (`sim/oracle`). There should be none. `sentence` says what was wrong. */
export type BrokenPromise = { readonly line: LineNumber; readonly at: Instant; readonly who: MemberNumber; readonly name: string; readonly sentence: string };

export type RunFacts = {
  readonly id: RunId;
  /** The scenario's name, or the file's. */
  readonly name: string;
  readonly origin: Origin;
  readonly members: readonly MemberFacts[];
  /** When the first line happened, and when the run ends: for a recording that is still being read, as far as known. */
  readonly begins: Instant;
  readonly ends: Instant;
  /** Pictures are available up to this instant. */
  readonly seenUntil: Instant;
  /** How many lines are known. */
  readonly lines: number;
  /** Up to this instant everything is known: announcements, curves, causes. Later, pictures are available, but nothing that needs the whole history. */
  readonly knownUntil: Instant;
  readonly isComplete: boolean;
  /** Does the recording say which members really ran? A simulation's does; about real members only what they themselves know is known. */
  readonly hasTruth: boolean;
  /** What could not be read, as a sentence; null if nothing is missing. */
  readonly missing: string | null;
  readonly disruptions: readonly DisruptionFact[];
  readonly faults: readonly FaultFact[];
  readonly outages: readonly OutageFact[];
  readonly announcements: Announcements;
  readonly curves: Curves;
  readonly broken: readonly BrokenPromise[];
  /** Empty until the run is complete. */
  readonly figures: readonly Figure[];
  /** For a played run that is over: the same 16 digits as `npm run sim` prints for it. */
  readonly traceHash: string | null;
};
