/** The desk: what every part of the page gets to work with. */

import type { GroupPicture, MatrixPicture, Traffic } from "../model/picture.ts";
import type { LanesPicture } from "../model/picture-lanes.ts";
import type { RunId } from "../model/run.ts";
import type { AnswerTo, QuestionName, Says } from "../worker/protocol.ts";
import type { Action, PageState } from "./state.ts";

/** The worker's last pictures for the cursor: slightly behind while the cursor moves. Each is null until it has arrived. */
export type Frame = {
  readonly group: GroupPicture | null;
  readonly matrix: MatrixPicture | null;
  readonly traffic: Traffic | null;
  readonly lanes: LanesPicture | null;
};

export type Desk = {
  readonly page: () => PageState;
  readonly dispatch: (action: Action) => void;
  /** Asks the worker. A user's mistake never rejects the promise; a bug of ours does. */
  readonly ask: <Name extends QuestionName>(name: Name, says: Says<Name>) => Promise<AnswerTo<Name>>;
  readonly frame: (run: RunId) => Frame;
  /** Everything that a user can do, by name: called by keys and buttons. */
  readonly commands: readonly Command[];
};

/** Something that a user can do. */
export type Command = {
  readonly name: string;
  /** Its title in the help sheet. */
  readonly title: string;
  /** As in `KeyboardEvent.key`, with `shift+`, `ctrl+` or `alt+` before: `space`, `arrowright`, `shift+arrowright`, `?`. */
  readonly keys: readonly string[];
  readonly group: "time" | "selection" | "speed" | "view" | "page";
  readonly isPossible: (page: PageState) => boolean;
  readonly run: (desk: Desk) => void;
};

/**
 * A part of the page: created once in its region, then shown again whenever the page's state or frame changes. `show` must be cheap when nothing that it
 * uses has changed; it is called at most once a frame.
 */
export type Part = { readonly show: (page: PageState, frame: Frame) => void };
export type MakePart = (region: HTMLElement, desk: Desk) => Part;
