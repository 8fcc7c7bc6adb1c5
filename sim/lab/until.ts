/** Decides when there are enough runs: checks at fixed numbers of runs, and stops only after two successful checks in a row. */

import { estimateOf, relativeOf } from "./estimate.ts";
import type { Gathered } from "./gather.ts";
import type { Until } from "./model.ts";

/** The result of a check. `relative`: the precision of the figure, null if unknown. */
export type Look = { readonly runs: number; readonly relative: number | null; readonly isPrecise: boolean };

/** Whether a cell needs more runs. */
export type Standing =
  /** Continue to this many runs before the next check. */
  | { readonly kind: "goes-on"; readonly to: number; readonly look: Look | null }
  /** The figure is precise enough, or the maximum is reached. */
  | { readonly kind: "stops"; readonly look: Look };

/** A quarter more runs between two checks, and at least two. */
const nextLook = (runs: number, { max }: Until): number => Math.min(max, runs + Math.max(2, Math.ceil(runs / 4)));

/**
 * Decides by rows in order of repetition, and by their number alone: so the result does not depend on how many machines play, or which ends first. A cell stops at the second
 * check in a row that finds it precise: a figure that looks precise early by luck has to do so again with a quarter more runs. It stops at `max` in any case.
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

  /** The number of runs at the next check. */
  get next(): number {
    return this.wanted;
  }

  /** Checks a cell that has this many runs. */
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
