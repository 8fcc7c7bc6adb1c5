/** The page's questions to the worker, the answers, and the worker's notices. Types only: both sides import them. */

import type { Instant } from "../../engine/index.ts";
import type { HeldSuspicions, LineRow, MemberDetail, MessageDetail, Reason } from "../model/detail.ts";
import type { GroupPicture, Happenings, MatrixPicture, MatrixWish, Stretch, Traffic } from "../model/picture.ts";
import type { LanesPicture, LanesWish } from "../model/picture-lanes.ts";
import type { Experiment, LineNumber, MemberNumber, MessageId, RunFacts, RunId } from "../model/run.ts";
import type { AnnouncementWord } from "../model/words.ts";

/** A mistake in a scenario, with its place: lines and columns from 1. */
export type Mistake = { readonly file: string; readonly line: number; readonly column: number; readonly message: string };

/** The result of checking a scenario's text. */
export type Checked =
  | { readonly ok: true; readonly name: string; readonly about: string; readonly seed: string; readonly duration: Instant; readonly members: number }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

/** A file to be opened: the worker reads it piece by piece. */
export type Recording = { readonly name: string; readonly blob: Blob };

/** The kind of a file by its header: a simulator's whole run, or a member's recording, which belongs to a group with others. */
export type FileKind = { readonly kind: "recording" } | { readonly kind: "run"; readonly scenario: string; readonly seed: string; readonly run: number };

/** What to step to. `line`: anything that happens; `member`: anything that happens to these; `status`: any announcement that changes a belief. */
export type Stride =
  | { readonly by: "line" }
  | { readonly by: "member"; readonly members: readonly MemberNumber[] }
  | { readonly by: "status"; readonly members: readonly MemberNumber[] | null }
  | { readonly by: "disruption" }
  | { readonly by: "verdict"; readonly of: "false" | "parted" }
  /** An announcement of one of these kinds. */
  | { readonly by: "announcement"; readonly kinds: readonly AnnouncementWord[] }
  /** A line that sends or receives a message: of this member, or of any; optionally only lost ones. */
  | { readonly by: "message"; readonly member: MemberNumber | null; readonly isLost: boolean }
  /** A violated promise of the engine. */
  | { readonly by: "broken" };

/** Where two runs differ: the instant and line of each; null if they do not, as far as both are known. */
export type FirstDifference = {
  readonly at: Instant;
  readonly one: LineRow | null;
  readonly other: LineRow | null;
} | null;

/**
 * Each question by its name: its argument, and its answer. A question about an unknown instant is answered for the nearest known one.
 * `filter` is the text of a filter expression, empty for everything; one that cannot be parsed matches everything.
 */
export type Questions = {
  /** Opens recordings as one run: several are merged by time. Answers as soon as a first picture is available; `grew` notices follow. */
  readonly open: { readonly says: { readonly run: RunId; readonly recordings: readonly Recording[] }; readonly answer: Opened };
  /** The kinds of these files, by their first bytes: several whole runs are not recordings of one group. */
  readonly sort: { readonly says: { readonly heads: readonly Recording[] }; readonly answer: readonly FileKind[] };
  /** Plays an experiment. Answers as soon as a first picture is available; `grew` notices follow. */
  readonly play: { readonly says: { readonly run: RunId; readonly experiment: Experiment; readonly parent: RunId | null; readonly forkedAt: Instant | null }; readonly answer: Opened };
  /** Checks a scenario without playing it: for the editor. */
  readonly check: { readonly says: { readonly file: string; readonly text: string }; readonly answer: Checked };
  /** The scenario with its edits in it, as YAML that `npm run sim` plays to the same trace hash. */
  readonly export: { readonly says: { readonly experiment: Experiment }; readonly answer: { readonly ok: true; readonly yaml: string } | { readonly ok: false; readonly why: string } };
  /** Forgets a run and frees its memory. */
  readonly close: { readonly says: { readonly run: RunId }; readonly answer: null };
  /** With `isSketch`, at once and without replaying: while a large group is scrubbed or played. */
  readonly group: { readonly says: At & { readonly observer: MemberNumber | null; readonly isSketch?: boolean }; readonly answer: GroupPicture };
  readonly matrix: { readonly says: At & { readonly wish: MatrixWish }; readonly answer: MatrixPicture };
  /** Messages under way between two instants that match the filter, at most `most`. */
  readonly traffic: { readonly says: Span & { readonly filter: string; readonly most: number }; readonly answer: Traffic };
  /** What happened to these members (null for all) between two instants. */
  readonly happenings: { readonly says: Span & { readonly filter: string; readonly members: readonly MemberNumber[] | null; readonly most: number }; readonly answer: Happenings };
  /** Space and time: lanes, and the messages between them. */
  readonly lanes: { readonly says: Span & { readonly wish: LanesWish }; readonly answer: LanesPicture };
  /** The colours of lanes between two instants: what each member believed about `subject`, or without one its true state. */
  readonly stretches: { readonly says: Span & { readonly members: readonly MemberNumber[]; readonly subject: MemberNumber | null }; readonly answer: readonly Stretch[] };
  readonly member: { readonly says: At & { readonly who: MemberNumber; /** Filters its view: a part of a name, or a status. */ readonly search: string }; readonly answer: MemberDetail | null };
  readonly message: { readonly says: { readonly run: RunId; readonly message: MessageId }; readonly answer: MessageDetail | null };
  /** Why did `who` make its announcement at `line`? From the announcement back to what was lost. */
  readonly why: { readonly says: { readonly run: RunId; readonly line: LineNumber; readonly about: MemberNumber }; readonly answer: readonly Reason[] };
  /** Which lines match the filter, from one on, forwards or backwards, at most `most`. `scanned` is where the search stopped: ask again from there. */
  readonly search: {
    readonly says: { readonly run: RunId; readonly from: LineNumber; readonly direction: 1 | -1; readonly most: number; readonly filter: string };
    readonly answer: { readonly lines: Uint32Array; readonly scanned: LineNumber; readonly isEnd: boolean };
  };
  /** These lines as text. */
  readonly rows: { readonly says: { readonly run: RunId; readonly lines: readonly LineNumber[] }; readonly answer: readonly LineRow[] };
  /** Who holds whom suspect at an instant: those that expire first, and the number of all. */
  readonly suspicions: { readonly says: At; readonly answer: HeldSuspicions };
  /** The last line that has happened at an instant; −1 before the first. */
  readonly lineAt: { readonly says: At; readonly answer: LineNumber };
  /** The next or previous line of a kind, seen from an instant; null if there is none. */
  readonly step: { readonly says: At & { readonly line: LineNumber | null; readonly direction: 1 | -1; readonly stride: Stride }; readonly answer: { readonly at: Instant; readonly line: LineNumber } | null };
  readonly compare: { readonly says: { readonly one: RunId; readonly other: RunId }; readonly answer: FirstDifference };
};

type At = { readonly run: RunId; readonly at: Instant };
type Span = { readonly run: RunId; readonly from: Instant; readonly to: Instant };

export type Opened =
  | { readonly ok: true; readonly facts: RunFacts }
  /** Nothing could be read or played: a sentence for each file or mistake. */
  | { readonly ok: false; readonly whys: readonly string[]; readonly mistakes: readonly Mistake[] };

export type QuestionName = keyof Questions;
export type Says<Name extends QuestionName> = Questions[Name]["says"];
export type AnswerTo<Name extends QuestionName> = Questions[Name]["answer"];

/** A question on its way to the worker. */
export type Asked = { readonly [Name in QuestionName]: { readonly id: number; readonly ask: Name; readonly says: Says<Name> } }[QuestionName];

/** A message from the worker: an answer, or a notice. */
export type Told =
  | { readonly tell: "answer"; readonly id: number; readonly answer: unknown }
  /** A bug of ours, with a sentence. The question stays unanswered. */
  | { readonly tell: "failed"; readonly id: number; readonly why: string }
  /** More of a run is known. `share` of the work is done, in [0, 1]. */
  | { readonly tell: "grew"; readonly facts: RunFacts; readonly share: number; readonly doing: "reading" | "playing" | "indexing" }
  /** More work is done, but nothing new is known. */
  | { readonly tell: "progress"; readonly run: RunId; readonly share: number; readonly doing: "reading" | "playing" | "indexing" };

