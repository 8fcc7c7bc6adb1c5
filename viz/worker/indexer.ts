/** Records a trace in a chronicle, chunk by chunk, replaying every step and checking that it matches the recording. */

import { type Replayed, retelling } from "../../trace/index.ts";
import type { Place } from "./place.ts";

export type Indexed = { readonly isDone: boolean; readonly trouble: string | null };

/** How many lines are processed at a time: a question that arrives meanwhile waits no longer than for these. */
const BITE = 2_048;

export class Indexer {
  private readonly place: Place;
  private next = 0;
  /** The chunk that is being replayed. */
  private telling: Generator<void, Replayed> | null = null;

  constructor(place: Place) {
    this.place = place;
  }

  /** How much has been recorded, in [0, 1]. */
  get share(): number {
    const all = this.place.tape.trace?.chunks.length ?? 0;
    return all === 0 ? 1 : this.next / all;
  }

  /** Is there nothing to do until more has been read? */
  get isWaiting(): boolean {
    return this.telling === null && !this.place.tape.isWhole && this.next >= (this.place.tape.trace?.chunks.length ?? 0);
  }

  /** Processes some lines more. Stops at the first error: after a difference, nothing that follows can match. */
  goOn(): Indexed {
    const { tape, chronicle } = this.place;
    const chunks = tape.trace?.chunks ?? [];
    if (this.telling === null) {
      const place = chunks[this.next];
      if (place === undefined) return { isDone: tape.isWhole, trouble: null };
      const chunk = tape.chunk(this.next);
      if (chunk === undefined) return { isDone: true, trouble: tape.whyNot(this.next) };
      chronicle.resume(place.first, place.at, chunk.states);
      this.telling = retelling(chunk, BITE, chronicle);
    }
    const { done, value } = this.telling.next();
    if (done !== true) return { isDone: false, trouble: null };
    this.telling = null;
    this.next++;
    if (!value.ok) return { isDone: true, trouble: value.why };
    return { isDone: tape.isWhole && this.next >= (tape.trace?.chunks.length ?? 0), trouble: null };
  }
}
