/** The page's state, an immutable value, and its actions. What the worker delivers for an instant is not part of it: see `desk.ts`. */

import type { Instant } from "../../engine/index.ts";
import type { Experiment, LineNumber, MemberNumber, MessageId, RunFacts, RunId } from "../model/run.ts";
import type { FirstDifference, Mistake, Recording } from "../worker/protocol.ts";

/** The time cursor, and whether it moves. */
export type Clock = {
  readonly at: Instant;
  /** After stepping by lines, the cursor is right after this one: several may have the same instant. Null if only the instant counts. */
  readonly line: LineNumber | null;
  readonly isPlaying: boolean;
  /** How many seconds of the run pass per second: 0.01 to 1000. */
  readonly speed: number;
};

export type Selection = { readonly member: MemberNumber | null; readonly message: MessageId | null; readonly line: LineNumber | null };

export type Tab = "deaths" | "member" | "message" | "scenario" | "runs";
export type View = "matrix" | "lanes" | "log" | "text";

/** The worker's progress with a run; null when it is done. */
export type Work = { readonly doing: "reading" | "playing" | "indexing"; readonly share: number };

export type PageState = {
  readonly runs: readonly RunFacts[];
  readonly work: Readonly<Record<RunId, Work>>;
  /** Runs that were closed, and must not come back. */
  readonly closed: readonly RunId[];
  /** The shown run, and another beside it on the same cursor. */
  readonly shown: RunId | null;
  readonly beside: RunId | null;
  readonly clock: Clock;
  readonly selection: Selection;
  /** The observer whose beliefs colour the group; null for the truth. */
  readonly observer: MemberNumber | null;
  readonly filter: string;
  readonly layout: "circle" | "zones";
  /** Which lanes are shown: all, or those of the selected member and of its partners. */
  readonly lanes: "all" | "near";
  /** What the middle shows beside the group. */
  readonly view: View;
  readonly tab: Tab;
  /** What lanes and time line show; null for the whole run. */
  readonly span: { readonly from: Instant; readonly to: Instant } | null;
  /** The open overlay. */
  readonly overlay: "none" | "gallery" | "choice" | "help" | "palette";
  /** How often an overlay was opened: if one is closed and opened again within a frame, it is a new one. */
  readonly openings: number;
  /** The editor's text and its mistakes; null until it is opened. */
  readonly draft: { readonly experiment: Experiment; readonly mistakes: readonly Mistake[] } | null;
  /** Messages to the user, oldest first; each stays until it is dismissed or the next run is opened. */
  readonly notices: readonly Notice[];
  readonly theme: "light" | "dark" | "system";
  /** What a drag over the group does: look, or draw the line along which a fork partitions it. */
  readonly mode: "look" | "part";
  /** Where the shown run and the one beside it first differ; null while unknown, or if they never do. */
  readonly difference: Difference | null;
  /** The runs that were found together, for the user to choose from. */
  readonly offers: readonly Offer[];
  /** The offer that each run was opened from: tells where its files are, and which offers are left. */
  readonly opened: Readonly<Record<RunId, Offer>>;
  /** The guided tour: its step, the moment (from 0; −1 before the first), and the run that was played for it; null outside the tour. */
  readonly tour: { readonly step: number; readonly moment: number; readonly run: RunId } | null;
};

/** A run that can be opened: its title, the addresses of its files (none if on the user's own disk), and how to load them. */
export type Offer = { readonly title: string; readonly about: string; readonly addresses: readonly string[]; readonly load: () => Promise<readonly Recording[]> };

/** The two runs, and where they first differ; null as instant if they never do. */
export type Difference = { readonly one: RunId; readonly other: RunId; readonly first: FirstDifference };

export type Notice = { readonly id: number; readonly kind: "error" | "warning" | "info"; readonly text: string };

export type Action =
  | { readonly kind: "run-grew"; readonly facts: RunFacts; readonly work: Work | null }
  | { readonly kind: "run-progressed"; readonly run: RunId; readonly work: Work }
  | { readonly kind: "run-shown"; readonly run: RunId }
  | { readonly kind: "run-put-beside"; readonly run: RunId | null }
  | { readonly kind: "run-closed"; readonly run: RunId }
  /** With a line, a step that is undone by itself; without one, possibly part of a scrub. */
  | { readonly kind: "sought"; readonly at: Instant; readonly line?: LineNumber | null; readonly selection?: Partial<Selection> }
  /** The clock moved by itself: not undone. */
  | { readonly kind: "passed"; readonly at: Instant }
  | { readonly kind: "played" }
  | { readonly kind: "paused" }
  | { readonly kind: "sped"; readonly speed: number }
  /** With a tab, that tab is opened as well, to show the selection. */
  | { readonly kind: "selected"; readonly selection: Partial<Selection>; readonly tab?: Tab }
  | { readonly kind: "observed"; readonly observer: MemberNumber | null }
  | { readonly kind: "filtered"; readonly filter: string }
  | { readonly kind: "laid-out"; readonly layout: PageState["layout"] }
  | { readonly kind: "lanes-turned"; readonly lanes: PageState["lanes"] }
  | { readonly kind: "view-turned"; readonly view: View }
  | { readonly kind: "tab-turned"; readonly tab: Tab }
  | { readonly kind: "zoomed"; readonly span: PageState["span"] }
  | { readonly kind: "overlaid"; readonly overlay: PageState["overlay"] }
  | { readonly kind: "drafted"; readonly draft: PageState["draft"] }
  | { readonly kind: "noticed"; readonly notice: Omit<Notice, "id"> }
  | { readonly kind: "dismissed"; readonly id: number }
  | { readonly kind: "themed"; readonly theme: PageState["theme"] }
  | { readonly kind: "mode-turned"; readonly mode: PageState["mode"] }
  | { readonly kind: "differed"; readonly difference: PageState["difference"] }
  | { readonly kind: "offered"; readonly offers: readonly Offer[] }
  | { readonly kind: "offer-taken"; readonly run: RunId; readonly offer: Offer }
  | { readonly kind: "toured"; readonly tour: PageState["tour"] }
  | { readonly kind: "undone" }
  | { readonly kind: "redone" };

/** The facts of a run by its id; undefined if there is none, or it is closed. */
export const runOf = (page: PageState, run: RunId | null): RunFacts | undefined => page.runs.find(({ id }) => id === run);

/** Offers whose run is not open. */
export function offersLeft({ offers, opened }: Pick<PageState, "offers" | "opened">): readonly Offer[] {
  const taken = Object.values(opened);
  // The same folder may be offered again: offers with addresses are compared by these.
  const isSame = (one: Offer, other: Offer): boolean => one === other || (one.addresses.length > 0 && one.addresses.join() === other.addresses.join());
  return offers.filter((offer) => !taken.some((one) => isSame(one, offer)));
}
