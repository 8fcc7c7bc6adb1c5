/** The picture of who believes what of whom: cell by cell in a small group, in bins of the worst belief in a large one. */

import { type Instant, isLiving, membersOf } from "../../engine/index.ts";
import type { MatrixPicture, MatrixWish } from "../model/picture.ts";
import { codeIn, existences, statuses } from "../model/words.ts";
import type { Place } from "./place.ts";

/** Where nobody is who could believe anything. */
const NOBODY = 255;
/** How bad a belief is, by its code: what is worse is what a bin shows. */
const badness: readonly number[] = [0, 1, 3, 4, 2];

export function matrixPicture(place: Place, at: Instant, { firstRow, firstColumn, members, most }: MatrixWish): MatrixPicture {
  const { chronicle: { roster }, truth } = place;
  const shown = Math.max(1, Math.min(members, roster.ids.length - Math.max(firstRow, firstColumn)));
  const binned = Math.max(1, Math.ceil(shown / most));
  const size = Math.ceil(shown / binned);
  const cells = new Uint8Array(size * size).fill(NOBODY);
  const errors = new Uint32Array(size * size);
  const pairs = new Uint32Array(size * size);
  for (let row = 0; row < shown; row++) {
    const observer = firstRow + row;
    const state = place.states[observer];
    if (state === undefined || !truth.isPresent(observer)) continue;
    const side = truth.sideOf(observer, roster.ids);
    const held = new Uint8Array(shown);
    for (const { id, status } of membersOf(state.view)) {
      const column = (roster.numberOf(id) ?? -1) - firstColumn;
      if (column >= 0 && column < shown) held[column] = codeIn(statuses, status);
    }
    const line = Math.floor(row / binned) * size;
    held.forEach((belief, column) => {
      const cell = line + Math.floor(column / binned);
      const subject = firstColumn + column;
      const shouldLive = truth.isRunning(subject) && truth.sideOf(subject, roster.ids) === side;
      const isHeldLiving = isLiving(statuses[belief] as Parameters<typeof isLiving>[0]);
      pairs[cell]!++;
      if (shouldLive !== isHeldLiving) errors[cell]!++;
      if (cells[cell] === NOBODY || badness[belief]! > badness[cells[cell]!]!) cells[cell] = belief;
    });
  }
  return {
    at, firstRow, firstColumn, binned, rows: size, columns: size, cells,
    wrong: Uint8Array.from(errors, (count, cell) => (count === 0 ? 0 : Math.max(1, Math.round((255 * count) / (pairs[cell] ?? 1))))),
    truth: Uint8Array.from({ length: size }, (_, column) => worstIn(place, firstColumn + column * binned, Math.min(binned, shown - column * binned))),
  };
}

const RUNNING = codeIn(existences, "running");

function worstIn({ truth }: Place, first: number, count: number): number {
  for (let who = first; who < first + count; who++) if (truth.of(who) !== RUNNING) return truth.of(who);
  return RUNNING;
}
