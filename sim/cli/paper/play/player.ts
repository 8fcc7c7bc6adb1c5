/** Plays the papers' experiments, in any thread. */

import { BrokenRun, faultOf } from "../../bug.ts";
import type { Play } from "../../play/turn.ts";
import type { Figures } from "../model/experiment.ts";
import { keyOf, planOf, playRunOf } from "./plan.ts";
import type { PaperTask } from "./task.ts";

/** The result of a player: the run's place in the plan, and its figures. */
export type Brought = { readonly place: number; readonly figures: Figures };

/** Plays the nth of the runs that are still to be played. A mistake of ours is thrown as a BrokenRun. */
export function playerOf({ extent, names, seed, unplayed }: PaperTask): Play<Brought> {
  const plan = planOf(extent, names);
  return (nth) => {
    const place = unplayed[nth] ?? -1;
    const run = plan[place];
    if (run === undefined) throw new RangeError(`the plan has no run ${place}`);
    try {
      return { place, figures: playRunOf(run, seed) };
    } catch (thrown) {
      throw new BrokenRun(run.repetition, `${seed}: ${keyOf(run)}`, faultOf(thrown));
    }
  };
}
