/** Details of one thing: a member at an instant, a message, a line, a chain of causes. Small, so plain objects with their texts ready. */

import type { Instant } from "../../engine/index.ts";
import type { LineNumber, MemberNumber, MessageId } from "./run.ts";
import type { AnnouncementWord, ExistenceWord, LineWord, MessageWord, StatusWord } from "./words.ts";

/** A brief description of a message: its name, its kind, and the member at its other end (−1 for none of this group). */
export type MessageGlimpse = { readonly id: MessageId; readonly kind: MessageWord; readonly other: MemberNumber; readonly isLost: boolean };

/** A line of the run, as the log shows it. */
export type LineRow = {
  readonly line: LineNumber;
  readonly at: Instant;
  /** −1 for a disruption. */
  readonly who: MemberNumber;
  readonly kind: LineWord;
  /** What happened, and the effects, in the words of `trace/text.ts`. */
  readonly what: string;
  readonly asks: string;
  /** The message that it received; null if there is none, or if it is unknown. */
  readonly received: MessageGlimpse | null;
  /** The messages that it sent, in order. */
  readonly sent: readonly MessageGlimpse[];
  readonly announces: readonly { readonly kind: AnnouncementWord; readonly about: MemberNumber }[];
};

/** A suspicion that a member holds, and its cause. */
export type SuspicionDetail = {
  readonly about: MemberNumber;
  readonly incarnation: number;
  readonly by: MemberNumber;
  readonly since: Instant;
  readonly until: Instant;
  readonly confirmedBy: readonly MemberNumber[];
  /** How many confirmations shorten the wait to its minimum. */
  readonly wanted: number;
  /** Why it is suspected: the member's own probe failed, or another member said so. */
  readonly cause:
    | { readonly kind: "probe"; readonly seq: number; readonly at: Instant; readonly relays: readonly MemberNumber[]; readonly nacks: number | null }
    | { readonly kind: "gossip" | "view"; readonly via: MemberNumber };
  /** The line at which this member began to suspect: where "why?" starts. Null if it is not known. */
  readonly line: LineNumber | null;
};

/** A suspicion in the group: who holds whom suspect. */
export type HeldSuspicion = Pick<SuspicionDetail, "about" | "by" | "since" | "until" | "confirmedBy"> & { readonly who: MemberNumber };

/** The number of all suspicions, and those that expire first, in this order. */
export type HeldSuspicions = { readonly count: number; readonly first: readonly HeldSuspicion[] };

/** A range of a message's bytes, with its name and value: `SeqNo`, `12`. */
export type BytePart = { readonly from: number; readonly to: number; readonly name: string; readonly value: string };

/** What a member has done since its first line: messages sent and received by kind, and how often it woke. */
export type Counters = { readonly sent: Readonly<Record<string, number>>; readonly received: Readonly<Record<string, number>>; readonly lost: number; readonly bytes: number; readonly woken: number };

/** A running member that holds another suspect or dead: since when, and the line at which it announced that; null if no announcement is known. */
export type AccuserDetail = { readonly who: MemberNumber; readonly status: "suspect" | "dead"; readonly since: Instant | null; readonly line: LineNumber | null };

/** How many running members hold a member suspect, and how many dead; and the first of both that did, in this order. */
export type AccusersDetail = { readonly suspect: number; readonly dead: number; readonly first: readonly AccuserDetail[] };

/** All details of a member at an instant. */
export type MemberDetail = {
  readonly who: MemberNumber;
  readonly at: Instant;
  readonly existence: ExistenceWord;
  /** Null before its first birth. */
  readonly held: HeldDetail | null;
  readonly accusers: AccusersDetail;
  readonly counters: Counters;
  /** Its last lines before the instant, oldest first. */
  readonly last: readonly LineRow[];
};

/** What the member itself holds. */
export type HeldDetail = {
  readonly address: string;
  readonly incarnation: number;
  readonly health: number;
  readonly healthMax: number;
  readonly phase: "member" | "leaving" | "departed";
  readonly seq: number;
  /** By how many microseconds its own clock is ahead of the run's; moments here are converted to the run's by this difference. */
  readonly clockAhead: number;
  /** How many members it holds alive, suspect, dead, left. */
  readonly counts: Readonly<Record<StatusWord, number>>;
  /** Its view: first the members about which it is wrong, or which it does not hold alive; of those that match the search, the first 200. */
  readonly view: readonly { readonly about: MemberNumber; readonly status: StatusWord; readonly incarnation: number; readonly isWrong: boolean }[];
  /** How many members match the search. */
  readonly viewFound: number;
  readonly suspicions: readonly SuspicionDetail[];
  /** How many rumours it still tells, and how many broadcasts of its application. */
  readonly telling: number;
  readonly broadcasts: number;
  /** The rumours that it still tells: about whom, what, how often it was told, and the limit. The first 200. */
  readonly rumours: readonly { readonly about: MemberNumber; readonly says: StatusWord; readonly incarnation: number; readonly told: number; readonly limit: number }[];
  readonly deadlines: readonly { readonly kind: string; readonly at: Instant }[];
  /** The probe that waits for its ack. */
  readonly probe: { readonly target: MemberNumber; readonly seq: number; readonly startedAt: Instant; readonly askRelaysAt: Instant; readonly failsAt: Instant; readonly relays: readonly MemberNumber[] } | null;
  /** Pings that it sent for others, which wait for the answer (−1: its own application). */
  readonly errands: readonly { readonly target: MemberNumber; readonly client: MemberNumber; readonly sentAt: Instant; readonly until: Instant }[];
  /** Counts of unexpected input: those above 0. */
  readonly oddities: Readonly<Record<string, number>>;
};

/** All details of a message. */
export type MessageDetail = {
  readonly id: MessageId;
  readonly kind: MessageWord;
  readonly source: MemberNumber;
  /** −1 if no member of this group listens there. */
  readonly target: MemberNumber;
  readonly sentAt: Instant;
  /** All arrivals; none if it was lost. */
  readonly arrivals: readonly { readonly at: Instant; readonly line: LineNumber }[];
  /** The step that sent it, and the steps that received it. */
  readonly cause: LineRow | null;
  readonly effects: readonly LineRow[];
  /** Its fields by name, as text. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** The claims it carries, as text: `suspect m07@1, says m01`. */
  readonly claims: readonly { readonly says: StatusWord; readonly about: MemberNumber; readonly incarnation: number; readonly from: MemberNumber; readonly text: string }[];
  /** The encoded message; null for a view that is too long to show (above 64 KiB). */
  readonly bytes: Uint8Array | null;
  /** The meaning of each byte, in order. */
  readonly parts: readonly BytePart[];
  readonly size: number;
};

/** One link of a chain of causes, from the announcement in question back to its origin. */
export type Reason = {
  readonly at: Instant;
  readonly who: MemberNumber;
  /** A whole sentence: `m03 heard from m01 that m07 is suspect`. */
  readonly sentence: string;
  readonly line: LineNumber | null;
  readonly message: MessageId | null;
  /**
   * - `announced`: the announcement in question. `heard`: by a message. `told`: that message was sent. `waited`: its own suspicion expired. `began`: the accuser's own probe failed.
   * - `asked`, `relayed`: what the probe sent. `lost`: which of that was lost. `unanswered`: it arrived, and no answer came back in time, for the reason that
   * the sentence gives. `struck`: what the world had done to the members concerned.
   */
  readonly kind: "announced" | "heard" | "told" | "waited" | "began" | "asked" | "relayed" | "lost" | "unanswered" | "struck";
};
