/** When enough has been repeated: looks at fixed numbers of runs, and believes only what two looks in a row agree upon. */

import { estimateOf, relativeOf } from "./estimate.ts";
import type { Gathered } from "./gather.ts";
import type { Until } from "./model.ts";

/** What a look said. `relative`: how precise the figure is, null if that can't be said. */
export type Look = { readonly runs: number; readonly relative: number | null; readonly isPrecise: boolean };

/** How things stand with a cell. */
export type Standing =
  /** So many runs are wanted before the next look. */
  | { readonly kind: "goes-on"; readonly to: number; readonly look: Look | null }
  /** Precise enough, or out of patience. */
  | { readonly kind: "stops"; readonly look: Look };

/** A quarter more runs between one look and the next, and two at least. */
const nextLook = (runs: number, { max }: Until): number => Math.min(max, runs + Math.max(2, Math.ceil(runs / 4)));

/**
 * Decides by rows in order of repetition, and by their number alone: so nothing depends on how many play, or who ends first. A cell stops at the second look in a row that
 * finds it precise: a figure that looks precise early by luck has to look so again with a quarter more runs. It stops at `max` in any case.
 */
export class Watch {
  private readonly until: Until;
  private readonly seed: string;
  private wasPrecise = false;
  private wanted: number;

  constructor(until: Until, seed: string) {
    this.until = until;
    this.seed = seed;
    this.wanted = Math.min(until.min, until.max);
  }

  /** Runs that are wanted before the next look. */
  get next(): number {
    return this.wanted;
  }

  /** Looks, at so many runs as were wanted. */
  look(cell: Gathered): Standing {
    const { metric, relative: enough, confidence, max } = this.until;
    const estimate = estimateOf(cell, metric, { confidence, seed: this.seed });
    const relative = estimate === undefined ? null : relativeOf(estimate);
    const isPrecise = relative !== null && relative <= enough;
    const look: Look = { runs: cell.runs, relative, isPrecise };
    if ((isPrecise && this.wasPrecise) || cell.runs >= max) return { kind: "stops", look };
    this.wasPrecise = isPrecise;
    this.wanted = nextLook(cell.runs, this.until);
    return { kind: "goes-on", to: this.wanted, look };
  }
}
