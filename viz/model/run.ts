/** What the page knows of a run as a whole: who, how long, what struck, what was announced, how it went. Grows while the worker reads or plays. */

import type { Instant, MemberId } from "../../engine/index.ts";
import type { RiftKind } from "../../trace/index.ts";

/** Names a run on the page, from 1: what was opened or played first is 1. Never used again. */
export type RunId = number;

/** A member's place in every column and list of a run: members are numbered from 0 in the order of their first births. */
export type MemberNumber = number;

/** The number of a line of a run, from 0: what happened first is 0. */
export type LineNumber = number;

/**
 * Names a message of a run: the line whose step sent it, and its place among that step's effects. Twin arrivals have one name. Always the same for the same
 * run, so links can carry it.
 */
export type MessageId = number;

const EFFECTS_PER_LINE = 2 ** 20;
export const messageId = (line: LineNumber, effect: number): MessageId => line * EFFECTS_PER_LINE + effect;
export const lineOfMessage = (message: MessageId): LineNumber => Math.floor(message / EFFECTS_PER_LINE);
export const effectOfMessage = (message: MessageId): number => message % EFFECTS_PER_LINE;

/** Lines added to a scenario's timeline by hand, as YAML says them: `{ at: "12.5s", crash: ["m07"] }`. */
export type Edit = { readonly at: string } & Readonly<Record<string, unknown>>;

/** All that makes a played run: with the same experiment anybody gets the same bits. */
export type Experiment = {
  /** What the text is called in errors, and where `extends` looks from: `scenarios/crash.yaml`. */
  readonly file: string;
  /** The scenario, in YAML. */
  readonly text: string;
  /** In place of the scenario's own seed; null for that. */
  readonly seed: string | null;
  /** Which of the scenario's runs, from 0. */
  readonly run: number;
  /** What was done by hand, in order: forks add to this, and everything else stays as it was. */
  readonly edits: readonly Edit[];
};

/** Where a run comes from. */
export type Origin =
  /** From recordings: the files' names. `experiment` if a recording says which played it, so that it can be forked. */
  | { readonly kind: "recorded"; readonly files: readonly string[]; readonly experiment: Experiment | null }
  /** The simulator played it here. `parent` is the run it forked from, at `forkedAt`. */
  | { readonly kind: "played"; readonly experiment: Experiment; readonly parent: RunId | null; readonly forkedAt: Instant | null };

export type MemberFacts = {
  readonly id: MemberId;
  /** Where it belongs, for the layout by zones: the value of its first tag. Null where nobody said. */
  readonly zone: string | null;
};

/** Something that happened to the world. */
export type DisruptionFact = {
  readonly line: LineNumber;
  readonly at: Instant;
  /** `crash`, `partition`, `heal`, … as in a scenario's timeline. */
  readonly action: string;
  readonly members: readonly MemberNumber[];
};

/** A fault between members, from when it began until it healed: what is drawn as a band in time and a wall in space. */
export type FaultFact = {
  /** `jam`: a partition across which everything waits until it heals, where the scenario says so: lines do not. */
  readonly kind: RiftKind | "jam";
  readonly since: Instant;
  /** NEVER if it did not end. */
  readonly until: Instant;
  /** The sides of a partition, in a ring one for each place; for a cut, a clog or an impairment, from whom and to whom. Who is in none is not touched. */
  readonly sides: readonly (readonly MemberNumber[])[];
  readonly bothWays: boolean;
};

/** A stretch of time in which members were not running though they had been: paused, blocked, crashed or gone. */
export type OutageFact = { readonly who: MemberNumber; readonly existence: number; readonly since: Instant; readonly until: Instant };

/**
 * All announcements, a column for each thing; in order of time. What members said to their applications but did not change anybody's belief (answered,
 * message, state, …) is there as well.
 */
export type Announcements = {
  readonly count: number;
  readonly at: Float64Array;
  readonly line: Uint32Array;
  /** Who announced it. */
  readonly who: Uint32Array;
  /** A code of `announcementKinds`. */
  readonly kind: Uint8Array;
  /** About whom; itself where it is about nobody else. */
  readonly about: Uint32Array;
  /** Who began the suspicion or declared the death (`by`); −1 where nobody is named. */
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

/** A figure of a finished run, for the table of two runs side by side. `value` is a number already rounded, in words; `worth` the number itself, null where there is none, or only a bound of it. */
export type Figure = { readonly name: string; readonly value: string; readonly worth: number | null };

/** A promise that was broken: by a step (`engine/invariants.ts`), or by a run (`sim/oracle`). There should be none. `sentence` says what was the case. */
export type BrokenPromise = { readonly line: LineNumber; readonly at: Instant; readonly who: MemberNumber; readonly name: string; readonly sentence: string };

export type RunFacts = {
  readonly id: RunId;
  /** The scenario's name, or the file's. */
  readonly name: string;
  readonly origin: Origin;
  readonly members: readonly MemberFacts[];
  /** When the first line happened, and when the run is over: of a recording that is still read, as far as it is known. */
  readonly begins: Instant;
  readonly ends: Instant;
  /** Pictures can be had of any instant up to this one. */
  readonly seenUntil: Instant;
  /** How many lines are known. */
  readonly lines: number;
  /** Up to this instant everything is known: announcements, curves, causes. Behind it, pictures still can be had, but nothing that looks far back. */
  readonly knownUntil: Instant;
  readonly isComplete: boolean;
  /** Does the recording say who really ran? A simulation's does; of real members nobody knows more than they do. */
  readonly hasTruth: boolean;
  /** What could not be read, in a sentence; null if nothing is missing. */
  readonly missing: string | null;
  readonly disruptions: readonly DisruptionFact[];
  readonly faults: readonly FaultFact[];
  readonly outages: readonly OutageFact[];
  readonly announcements: Announcements;
  readonly curves: Curves;
  readonly broken: readonly BrokenPromise[];
  /** Empty until the run is complete. */
  readonly figures: readonly Figure[];
  /** Of a played run, once it is over: the same 16 digits as `npm run sim` prints for it. */
  readonly traceHash: string | null;
};
