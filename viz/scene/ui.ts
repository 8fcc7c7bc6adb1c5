/** What a scene needs to know about the page besides its picture: the cursor, the selection, the user's preferences. */

import type { Instant } from "../../engine/index.ts";
import type { MemberNumber, MessageId, RunFacts } from "../model/run.ts";
import type { Hit, Scene, Size } from "./mark.ts";

export type SceneUi = {
  readonly facts: RunFacts;
  /** The time cursor. It moves between two pictures: messages and rings are drawn for this instant. */
  readonly at: Instant;
  readonly selected: { readonly member: MemberNumber | null; readonly message: MessageId | null };
  /** The observer whose beliefs are shown; null for the truth. */
  readonly observer: MemberNumber | null;
  readonly hovered: Hit | null;
  readonly layout: "circle" | "zones";
  /** Nothing moves by itself: no pulses, no easing. Messages are still drawn at their places. */
  readonly isStill: boolean;
  /**
   * How long a message stays visible after it arrived or was lost, in microseconds of the run: at speed 1, half
   * a millisecond under way would not be visible.
   */
  readonly linger: number;
  /** Another run on the same cursor, and where the two first differ; null for none. */
  readonly beside: RunFacts | null;
  readonly difference: Instant | null;
  /** The span of the time line. */
  readonly span: { readonly from: Instant; readonly to: Instant };
  /** The span of the lanes: the same if the user has zoomed, otherwise what is near the cursor. */
  readonly window: { readonly from: Instant; readonly to: Instant };
};

/** Every scene is such a function: the same picture, size and ui give the same marks. */
export type SceneOf<Picture> = (picture: Picture, size: Size, ui: SceneUi) => Scene;
