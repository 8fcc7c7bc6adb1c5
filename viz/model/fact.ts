/** What filters look at: a line of a run, or a message, as the things that it is made of. */

import type { MemberNumber } from "./run.ts";

/** One thing that a filter's words may hold of: a message, an announcement, or a line by itself. */
export type Thing = {
  /** Words for what it is: kinds of lines, messages, announcements, claims; verdicts; `lost`, `arrived`, `announced`. */
  readonly kinds: readonly string[];
  /** Who sent or announced it; whom it was sent to. */
  readonly from: readonly MemberNumber[];
  readonly to: readonly MemberNumber[];
  /** Whom its claims or its announcement name. */
  readonly about: readonly MemberNumber[];
  /** Bytes, and microseconds under way: NaN for what has none. */
  readonly size: number;
  readonly took: number;
};

/** What a filter may look at: a line with all that it received, sent and announced, or a message by itself. */
export type Fact = {
  readonly at: number;
  /** NaN for a message by itself. */
  readonly line: number;
  /** At whom it happened: a line's member, or a message's source and target. */
  readonly where: readonly MemberNumber[];
  /** Is there a thing of it that fits? Things are made one after the other, and only until one does. */
  readonly some: (fits: (thing: Thing) => boolean) => boolean;
  /** In words, made only if the filter looks at them. */
  readonly text: () => string;
};
