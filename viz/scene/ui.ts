/** What a scene needs to know of the page beside its picture: where the cursor is, what is chosen, how the user likes it. */

import type { Instant } from "../../engine/index.ts";
import type { MemberNumber, MessageId, RunFacts } from "../model/run.ts";
import type { Hit, Scene, Size } from "./mark.ts";

export type SceneUi = {
  readonly facts: RunFacts;
  /** The cursor of time. It moves on between two pictures: messages and rings are drawn for this instant. */
  readonly at: Instant;
  readonly selected: { readonly member: MemberNumber | null; readonly message: MessageId | null };
  /** Whose belief is shown; null for the truth. */
  readonly observer: MemberNumber | null;
  readonly hovered: Hit | null;
  readonly layout: "circle" | "zones";
  /** Nothing moves by itself: no pulses, no easing. Messages still are where they are. */
  readonly isStill: boolean;
  /**
   * How long a message stays to be seen after it arrived or was lost, in microseconds of the run: at speed 1 half
   * a millisecond under way would pass unseen.
   */
  readonly linger: number;
  /** Another run on the same cursor, and when the two first differ; null for none. */
  readonly beside: RunFacts | null;
  readonly difference: Instant | null;
  /** The stretch of time that the time line shows. */
  readonly span: { readonly from: Instant; readonly to: Instant };
  /** The stretch that lanes show: the same if somebody has zoomed, or else what is near the cursor. */
  readonly window: { readonly from: Instant; readonly to: Instant };
};

/** Every scene is a function like this: the same picture, size and ui give the same marks. */
export type SceneOf<Picture> = (picture: Picture, size: Size, ui: SceneUi) => Scene;
