/** The desk: what every part of the page is given to work with. */

import type { GroupPicture, MatrixPicture, Traffic } from "../model/picture.ts";
import type { LanesPicture } from "../model/picture-lanes.ts";
import type { RunId } from "../model/run.ts";
import type { AnswerTo, QuestionName, Says } from "../worker/protocol.ts";
import type { Action, PageState } from "./state.ts";

/** What the worker has last answered for the cursor: a little behind it while that moves. Each is null until it is there. */
export type Frame = {
  readonly group: GroupPicture | null;
  readonly matrix: MatrixPicture | null;
  readonly traffic: Traffic | null;
  readonly lanes: LanesPicture | null;
};

export type Desk = {
  readonly page: () => PageState;
  readonly dispatch: (action: Action) => void;
  /** Asks the worker. The promise is never rejected by a user's mistake; by a bug of ours it is. */
  readonly ask: <Name extends QuestionName>(name: Name, says: Says<Name>) => Promise<AnswerTo<Name>>;
  readonly frame: (run: RunId) => Frame;
  /** Things that a user can do, by name: what keys and buttons call. */
  readonly commands: readonly Command[];
};

/** Something that a user can do. */
export type Command = {
  readonly name: string;
  /** As the help sheet calls it. */
  readonly title: string;
  /** As `KeyboardEvent.key` has it, with `shift+`, `ctrl+` or `alt+` before: `space`, `arrowright`, `shift+arrowright`, `?`. */
  readonly keys: readonly string[];
  readonly group: "time" | "selection" | "speed" | "view" | "page";
  readonly isPossible: (page: PageState) => boolean;
  readonly run: (desk: Desk) => void;
};

/**
 * A part of the page: made once in its region, then shown again whenever the page's state or frame is another. `show` must be cheap when nothing that it
 * looks at has changed; it is called at most once a frame.
 */
export type Part = { readonly show: (page: PageState, frame: Frame) => void };
export type MakePart = (region: HTMLElement, desk: Desk) => Part;
