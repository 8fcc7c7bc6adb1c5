/** What filters examine: a line of a run, or a message, as the things that it consists of. */

import type { MemberNumber } from "./run.ts";

/** One thing that a filter's words may match: a message, an announcement, or a line itself. */
export type Thing = {
  /** Words for what it is: kinds of lines, messages, announcements, claims; verdicts; `lost`, `arrived`, `announced`. */
  readonly kinds: readonly string[];
  /** Its sender or announcer; and its target. */
  readonly from: readonly MemberNumber[];
  readonly to: readonly MemberNumber[];
  /** The members that its claims or its announcement name. */
  readonly about: readonly MemberNumber[];
  /** Bytes, and microseconds under way: NaN if not applicable. */
  readonly size: number;
  readonly took: number;
};

/** What a filter may examine: a line with all that it received, sent and announced, or a message by itself. */
export type Fact = {
  readonly at: number;
  /** NaN for a message by itself. */
  readonly line: number;
  /** The members where it happened: a line's member, or a message's source and target. */
  readonly where: readonly MemberNumber[];
  /** Is there a thing of it that matches? Things are built one after the other, only until one does. */
  readonly some: (fits: (thing: Thing) => boolean) => boolean;
  /** As text, built only if the filter needs it. */
  readonly text: () => string;
};
