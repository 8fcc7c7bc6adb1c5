/** The page's state: one value that never changes, and what can be done to it. What comes from the worker at an instant is not in it: see `desk.ts`. */

import type { Instant } from "../../engine/index.ts";
import type { Experiment, LineNumber, MemberNumber, MessageId, RunFacts, RunId } from "../model/run.ts";
import type { FirstDifference, Mistake, Recording } from "../worker/protocol.ts";

/** The cursor of time, and whether it moves. */
export type Clock = {
  readonly at: Instant;
  /** Whoever stepped by lines stands just behind this one: several happen at one instant. Null if only the instant counts. */
  readonly line: LineNumber | null;
  readonly isPlaying: boolean;
  /** How many seconds of the run pass in one: 0.01 to 1000. */
  readonly speed: number;
};

export type Selection = { readonly member: MemberNumber | null; readonly message: MessageId | null; readonly line: LineNumber | null };

export type Tab = "deaths" | "member" | "message" | "scenario" | "runs";
export type View = "matrix" | "lanes" | "log" | "text";

/** How far the worker is with a run; null when it is done. */
export type Work = { readonly doing: "reading" | "playing" | "indexing"; readonly share: number };

export type PageState = {
  readonly runs: readonly RunFacts[];
  readonly work: Readonly<Record<RunId, Work>>;
  /** Which were open once, and are not to come back. */
  readonly closed: readonly RunId[];
  /** The run that is shown, and another beside it on the same cursor. */
  readonly shown: RunId | null;
  readonly beside: RunId | null;
  readonly clock: Clock;
  readonly selection: Selection;
  /** Whose belief colours the group; null for the truth. */
  readonly observer: MemberNumber | null;
  readonly filter: string;
  readonly layout: "circle" | "zones";
  /** Whose lanes are shown: everybody's, or the selected member's and those of whom it talks with. */
  readonly lanes: "all" | "near";
  /** What the middle shows beside the group. */
  readonly view: View;
  readonly tab: Tab;
  /** What lanes and the time line show; null for all of the run. */
  readonly span: { readonly from: Instant; readonly to: Instant } | null;
  /** What lies over the page. */
  readonly overlay: "none" | "gallery" | "choice" | "help" | "palette";
  /** How often something was laid over the page: what is closed and opened again before it was shown closed is another one. */
  readonly openings: number;
  /** The editor's text and what is wrong with it; null while nobody has opened it. */
  readonly draft: { readonly experiment: Experiment; readonly mistakes: readonly Mistake[] } | null;
  /** What to tell the user, oldest first; each stays until it is dismissed or the next run is opened. */
  readonly notices: readonly Notice[];
  readonly theme: "light" | "dark" | "system";
  /** What a drag over the group means: to look, or to draw the line along which a fork parts it. */
  readonly mode: "look" | "part";
  /** Where the run that is shown and the one beside it part ways; null while that is not known, or if they never do. */
  readonly difference: Difference | null;
  /** Which runs were found together: of these the user chose. */
  readonly offers: readonly Offer[];
  /** Which run was opened of which offer: by this it is known where its files are, and which offers are left. */
  readonly opened: Readonly<Record<RunId, Offer>>;
  /** The guided tour: which step, which of its moments (from 0; −1 before the first), and the run that was played for it; null for whoever walks alone. */
  readonly tour: { readonly step: number; readonly moment: number; readonly run: RunId } | null;
};

/** A run that is there to be opened: what it is called, where its files are (none on the user's own disk), and how they are had. */
export type Offer = { readonly title: string; readonly about: string; readonly addresses: readonly string[]; readonly load: () => Promise<readonly Recording[]> };

/** Between which runs; null as instant if there is none. */
export type Difference = { readonly one: RunId; readonly other: RunId; readonly first: FirstDifference };

export type Notice = { readonly id: number; readonly kind: "error" | "warning" | "info"; readonly text: string };

export type Action =
  | { readonly kind: "run-grew"; readonly facts: RunFacts; readonly work: Work | null }
  | { readonly kind: "run-progressed"; readonly run: RunId; readonly work: Work }
  | { readonly kind: "run-shown"; readonly run: RunId }
  | { readonly kind: "run-put-beside"; readonly run: RunId | null }
  | { readonly kind: "run-closed"; readonly run: RunId }
  /** With a line, a step of its own, which is undone by itself; without one, perhaps a part of a scrub. */
  | { readonly kind: "sought"; readonly at: Instant; readonly line?: LineNumber | null; readonly selection?: Partial<Selection> }
  /** The clock went on by itself: not undone. */
  | { readonly kind: "passed"; readonly at: Instant }
  | { readonly kind: "played" }
  | { readonly kind: "paused" }
  | { readonly kind: "sped"; readonly speed: number }
  /** With a tab, that is turned to as well: what is chosen is looked into. */
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

/** The facts of a run by its name; undefined for none or a closed one. */
export const runOf = (page: PageState, run: RunId | null): RunFacts | undefined => page.runs.find(({ id }) => id === run);

/** Offers of which no run is open. */
export function offersLeft({ offers, opened }: Pick<PageState, "offers" | "opened">): readonly Offer[] {
  const taken = Object.values(opened);
  // The same folder may be offered once more: what has an address is known by it.
  const isSame = (one: Offer, other: Offer): boolean => one === other || (one.addresses.length > 0 && one.addresses.join() === other.addresses.join());
  return offers.filter((offer) => !taken.some((one) => isSame(one, offer)));
}
