/** Which runs there are, in which order they are played, and which machine plays which. */

import type { Shard } from "./model.ts";

/** A run, by its cell and its repetition. */
export type Turn = { readonly cell: number; readonly repetition: number };

/** A run's place among all: ordered by cell, then by repetition, as in the finished file. */
export const placeOf = ({ cell, repetition }: Turn, repeats: number): number => cell * repeats + repetition;
export const turnAt = (place: number, repeats: number): Turn => ({ cell: Math.floor(place / repeats), repetition: place % repeats });

/** The first run of each cell, then the second of each, and so on: whenever the sweep is stopped, all cells have about equally many. */
export function* turns(cells: number, repeats: number): Generator<Turn> {
  for (let repetition = 0; repetition < repeats; repetition++) for (let cell = 0; cell < cells; cell++) yield { cell, repetition };
}

/**
 * Does this shard play it? Repetitions of a cell are dealt out in turn, so that each shard gets its part of expensive and cheap cells. If runs decide how many
 * there are (`until`), all runs of a cell stay together.
 */
export const isMine = ({ cell, repetition }: Turn, shard: Shard | null, staysTogether: boolean): boolean =>
  shard === null || (staysTogether ? cell : cell + repetition) % shard.of === shard.index - 1;
