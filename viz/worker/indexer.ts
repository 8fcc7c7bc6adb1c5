/** Takes a recorded trace down in a chronicle, chunk by chunk, replaying every step and checking that it is the run that was recorded. */

import { replay } from "../../trace/index.ts";
import type { Place } from "./place.ts";

export type Indexed = { readonly isDone: boolean; readonly trouble: string | null };

export class Indexer {
  private readonly place: Place;
  private next = 0;

  constructor(place: Place) {
    this.place = place;
  }

  /** How much has been taken down, in [0, 1]. */
  get share(): number {
    const all = this.place.tape.trace?.chunks.length ?? 0;
    return all === 0 ? 1 : this.next / all;
  }

  /** Is there nothing to take down until more has been read? */
  get isWaiting(): boolean {
    return !this.place.tape.isWhole && this.next >= (this.place.tape.trace?.chunks.length ?? 0);
  }

  /** One chunk more. After trouble nothing follows: what went another way once does not come back. */
  goOn(): Indexed {
    const { tape, chronicle } = this.place;
    const trace = tape.trace;
    const chunk = trace?.chunks[this.next];
    if (trace === null || chunk === undefined) return { isDone: tape.isWhole, trouble: null };
    if (chunk.first > chronicle.lines.count) {
      const read = tape.chunk(this.next);
      if (read !== undefined) chronicle.pass(chunk.first, chunk.at, read.states);
    }
    this.next++;
    const replayed = replay(trace, { line: chunk.first + chunk.count - 1 }, chronicle);
    if (!replayed.ok) return { isDone: true, trouble: replayed.why };
    return { isDone: tape.isWhole && this.next >= trace.chunks.length, trouble: null };
  }
}
