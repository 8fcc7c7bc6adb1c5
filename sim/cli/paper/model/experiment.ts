/** An experiment: cells that are played repeatedly, and an evaluation of all their runs. */

import type { Findings } from "./findings.ts";

/** `subset`: minutes, every experiment. `full`: as much as was published. */
export type Extent = "subset" | "full";

/** The results of one run: a few named numbers, small enough for thousands of lines of JSON. */
export type Figures = Readonly<Record<string, number | readonly number[]>>;

/** One setting of an experiment. */
export type Cell = {
  /** Unique in its experiment, and the name of its runs in files: `interval lifeguard C=4 D=16384 I=64`. */
  readonly name: string;
  readonly repetitions: number;
  /** The cost of one run, in thousands of member-seconds or the equivalent: the unit of progress. */
  readonly weight: number;
  /** Everything that decides what a run does except the seed, as plain data: if it changes, so does the identity of the results. */
  readonly setting: unknown;
  /** Cells with the same name of chance get the same random numbers, so that they differ only in their setting. By default each has its own. */
  readonly chance?: string;
  /** Plays run number `repetition`, from 0: a pure function of (cell, seed, repetition). */
  readonly play: (seed: string, repetition: number) => Figures;
};

/** The runs of each cell, in order of their repetition. */
export type Played = (cell: string) => readonly Figures[];

export type Experiment = {
  readonly name: string;
  readonly title: string;
  readonly source: string;
  readonly about: readonly string[];
  readonly cells: (extent: Extent) => readonly Cell[];
  readonly judge: (played: Played, extent: Extent) => Findings;
};

/** The number under this name. */
export function figureOf(figures: Figures, name: string): number {
  const found = figures[name];
  if (typeof found !== "number") throw new RangeError(`no figure ${name}`);
  return found;
}

/** The numbers under this name. */
export function figuresOf(figures: Figures, name: string): readonly number[] {
  const found = figures[name];
  if (typeof found !== "object") throw new RangeError(`no figures ${name}`);
  return found;
}
