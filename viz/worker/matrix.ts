/** The picture of who believes what about whom: cell by cell in a small group, in bins of the worst belief in a large one. The work is proportional to the number of different views, not to N². */

import { type Instant, isLiving, membersOf, type View } from "../../engine/index.ts";
import type { MatrixPicture, MatrixWish } from "../model/picture.ts";
import type { MemberNumber } from "../model/run.ts";
import { codeIn, existences, statuses } from "../model/words.ts";
import type { Place } from "./place.ts";

/** Means that no observer is present. */
const NOBODY = 255;
/** How bad a belief is, by its code: a bin shows the worst. */
const badness: readonly number[] = [0, 1, 3, 4, 2];
const living: readonly boolean[] = statuses.map((status) => status !== "unknown" && isLiving(status));
/** The most records that are read for one picture. In a large group without any agreement, observers beyond that are left out. */
const BUDGET = 30_000_000;

/** One view as a row of bins: the worst belief in each, and how many are wrong. */
type Row = { readonly worst: Uint8Array; readonly wrong: Uint32Array };
type Window = { readonly firstColumn: number; readonly shown: number; readonly binned: number; readonly size: number };

export function matrixPicture(place: Place, at: Instant, { firstRow, firstColumn, members, most }: MatrixWish): MatrixPicture {
  const { chronicle: { roster }, truth } = place;
  const shown = Math.max(1, Math.min(members, roster.ids.length - Math.max(firstRow, firstColumn)));
  const binned = Math.max(1, Math.ceil(shown / most));
  const size = Math.ceil(shown / binned);
  const cells = new Uint8Array(size * size).fill(NOBODY);
  const errors = new Uint32Array(size * size);
  const observers = new Uint32Array(size);
  const rowOf = rowsBySide(place, { firstColumn, shown, binned, size });
  // Members of a bin with the same view count as one observer with that weight.
  const counts = new Map<Row, number>();
  for (let bin = 0; bin < size; bin++) {
    counts.clear();
    for (let observer = firstRow + bin * binned; observer < firstRow + Math.min(shown, (bin + 1) * binned); observer++) {
      const state = place.states[observer];
      const row = state === undefined || !truth.isPresent(observer) ? undefined : rowOf(state.view, truth.sideOf(observer, roster.ids));
      if (row !== undefined) counts.set(row, (counts.get(row) ?? 0) + 1);
    }
    for (const [{ worst, wrong }, count] of counts) {
      observers[bin]! += count;
      for (let column = 0, cell = bin * size; column < size; column++, cell++) {
        errors[cell]! += count * wrong[column]!;
        if (cells[cell] === NOBODY || badness[worst[column]!]! > badness[cells[cell]!]!) cells[cell] = worst[column]!;
      }
    }
  }
  const width = (column: number): number => Math.min(binned, shown - column * binned);
  return {
    at, firstRow, firstColumn, binned, rows: size, columns: size, cells,
    wrong: sharesOf(errors, observers, width),
    truth: Uint8Array.from({ length: size }, (_, column) => worstIn(place, firstColumn + column * binned, width(column))),
  };
}

/** The share of each cell's pairs that is wrong, 0 to 255: at least 1 if any is. */
function sharesOf(errors: Uint32Array, observers: Uint32Array, width: (column: number) => number): Uint8Array {
  const [shares, size] = [new Uint8Array(errors.length), observers.length];
  for (let row = 0, cell = 0; row < size; row++) {
    for (let column = 0; column < size; column++, cell++) {
      const count = errors[cell]!;
      if (count > 0) shares[cell] = Math.max(1, Math.round((255 * count) / Math.max(1, observers[row]! * width(column))));
    }
  }
  return shares;
}

/** The row of a view that is held on a side; undefined if the budget is spent. */
function rowsBySide({ chronicle: { roster }, truth }: Place, window: Window): (view: View, side: number) => Row | undefined {
  const known = new Map<number, { readonly shouldLive: Uint8Array; readonly rows: Map<View, Row> }>();
  const numbers = (id: Parameters<typeof roster.numberOf>[0]): MemberNumber => roster.numberOf(id) ?? -1;
  let left = BUDGET;
  return (view, side) => {
    const here = known.get(side) ?? {
      shouldLive: Uint8Array.from({ length: window.shown }, (_, column) => Number(truth.isRunning(window.firstColumn + column) && truth.sideOf(window.firstColumn + column, roster.ids) === side)),
      rows: new Map<View, Row>(),
    };
    known.set(side, here);
    const before = here.rows.get(view);
    if (before !== undefined || left <= 0) return before;
    left -= window.shown;
    const row = rowOf(view, here.shouldLive, window, numbers);
    here.rows.set(view, row);
    return row;
  };
}

function rowOf(view: View, shouldLive: Uint8Array, { firstColumn, shown, binned, size }: Window, numberOf: (id: Parameters<Place["chronicle"]["roster"]["numberOf"]>[0]) => MemberNumber): Row {
  const held = new Uint8Array(shown);
  for (const { id, status } of membersOf(view)) {
    const column = numberOf(id) - firstColumn;
    if (column >= 0 && column < shown) held[column] = codeIn(statuses, status);
  }
  const row: Row = { worst: new Uint8Array(size), wrong: new Uint32Array(size) };
  for (let column = 0; column < shown; column++) {
    const [bin, belief] = [Math.floor(column / binned), held[column]!];
    if (living[belief] !== (shouldLive[column] === 1)) row.wrong[bin]!++;
    if (badness[belief]! > badness[row.worst[bin]!]!) row.worst[bin] = belief;
  }
  return row;
}

const RUNNING = codeIn(existences, "running");

function worstIn({ truth }: Place, first: number, count: number): number {
  for (let who = first; who < first + count; who++) if (truth.of(who) !== RUNNING) return truth.of(who);
  return RUNNING;
}
