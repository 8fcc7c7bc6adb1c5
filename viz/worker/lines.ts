/** The lines and messages of a run in columns: time, member, kind, and which message was received where. */

import { doubles, bytes, integers, shorts, words } from "./column.ts";

/** Means "none" in a column. */
export const NONE = 0xffffffff;

/** One entry a line. */
export class Lines {
  readonly at = doubles();
  /** NONE for disruptions. */
  readonly who = words();
  /** A code of `lineKinds`. */
  readonly kind = bytes();
  /** The index of the message that it received among all messages; −1 for none. */
  readonly received = integers();
  /** The index of the first message that it sent, or would have sent. */
  readonly sends = words();

  get count(): number {
    return this.at.length;
  }
}

/** One entry a message, in the order of sending. */
export class Messages {
  /** The line that sent it, and its place among that line's effects. */
  readonly line = words();
  readonly effect = shorts();
  /** NONE if no member of the group listens there. */
  readonly target = words();
  /** A code of `messageKinds`. */
  readonly kind = bytes();
  readonly carries = bytes();
  readonly size = words();
  /** Where in `abouts` the members begin that its claims name; they end where the next message's begin. */
  readonly aboutFrom = words();
  readonly abouts = words();
  readonly arrivesAt = doubles();
  /** NONE if it never arrived. */
  readonly arrivesIn = words();
  /** Second arrivals of duplicates: by message, the lines. */
  readonly twins = new Map<number, number[]>();

  get count(): number {
    return this.line.length;
  }

  /** The members that the claims of a message name, as often as they do. */
  aboutsOf(place: number): Uint32Array {
    const end = place + 1 < this.count ? this.aboutFrom.at(place + 1) : this.abouts.length;
    return this.abouts.cells.subarray(this.aboutFrom.at(place), end);
  }
}
