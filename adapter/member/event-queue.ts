/** The events that wait for one loop: a limited number, and a loop that is too slow is told so. */

import type { Instant } from "../../engine/index.ts";
import { MemberError } from "../error.ts";
import type { MemberEvent } from "./member.ts";

/** The most events that wait for one reader. Beyond it new ones are dropped until it reads on; in their place it gets an error that says how many. */
export const MOST_WAITING = 1024;

export class EventQueue implements AsyncIterator<MemberEvent> {
  private readonly waiting: MemberEvent[] = [];
  private readonly readers: ((result: IteratorResult<MemberEvent, undefined>) => void)[] = [];
  private readonly whenLeft: () => void;
  private dropped = 0;
  private droppedAt: Instant | undefined;
  private isOver = false;

  constructor(whenLeft: () => void) {
    this.whenLeft = whenLeft;
  }

  get length(): number {
    return this.waiting.length;
  }

  put(event: MemberEvent): void {
    const reader = this.readers.shift();
    if (reader !== undefined) return reader({ done: false, value: event });
    if (this.waiting.length >= MOST_WAITING || this.dropped > 0) {
      this.dropped++;
      this.droppedAt = event.at;
    } else {
      this.waiting.push(event);
    }
  }

  /** Ends the queue; events that wait can still be read. */
  end(): void {
    this.isOver = true;
    for (const reader of this.readers.splice(0)) reader({ done: true, value: undefined });
  }

  next(): Promise<IteratorResult<MemberEvent, undefined>> {
    const event = this.waiting.shift() ?? this.confession();
    if (event !== undefined) return Promise.resolve({ done: false, value: event });
    if (this.isOver) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => { this.readers.push(resolve); });
  }

  /** The loop was left. */
  return(): Promise<IteratorResult<MemberEvent, undefined>> {
    this.waiting.length = 0;
    this.end();
    this.whenLeft();
    return Promise.resolve({ done: true, value: undefined });
  }

  /** Follows the last event that was kept: an error that says how many were dropped. */
  private confession(): MemberEvent | undefined {
    if (this.dropped === 0 || this.droppedAt === undefined) return undefined;
    const error = new MemberError("overflow", `${this.dropped} events were dropped: ${MOST_WAITING} were already waiting to be read`);
    this.dropped = 0;
    return { kind: "error", at: this.droppedAt, error };
  }
}
