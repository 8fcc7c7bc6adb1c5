/** The plan: every run of every cell, in the order in which they are played. */

import { experiments } from "../experiments/index.ts";
import type { Cell, Experiment, Extent, Figures } from "../model/experiment.ts";

export type Run = { readonly experiment: Experiment; readonly cell: Cell; readonly repetition: number };

/** The first run of each cell, then the second of each, and so on: whenever it is stopped, all cells have about equally many. */
export function planOf(extent: Extent, names: readonly string[], among: readonly Experiment[] = experiments): readonly Run[] {
  const cells = among.filter(({ name }) => names.includes(name)).flatMap((experiment) => experiment.cells(extent).map((cell) => ({ experiment, cell })));
  const most = Math.max(0, ...cells.map(({ cell }) => cell.repetitions));
  return Array.from({ length: most }, (_, repetition) =>
    cells.filter(({ cell }) => repetition < cell.repetitions).map(({ experiment, cell }) => ({ experiment, cell, repetition }))).flat();
}

/** The name of a run in files, and in the seed with which it is played. */
export const runKey = (experiment: string, cell: string, repetition: number): string => `${experiment}/${cell}/${repetition}`;

export const keyOf = ({ experiment, cell, repetition }: Run): string => runKey(experiment.name, cell.name, repetition);

/** Plays it: a pure function of (run, seed). */
export const playRunOf = ({ experiment, cell, repetition }: Run, seed: string): Figures => cell.play(`${seed}/${experiment.name}/${cell.chance ?? cell.name}`, repetition);
