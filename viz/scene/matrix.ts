/** The matrix: who believes what about whom, a row for each observer, a column for each subject, and the truth along the top. */

import type { MatrixPicture } from "../model/picture.ts";
import { existences, statuses } from "../model/words.ts";
import { shortName } from "./label.ts";
import { round } from "./layout.ts";
import { legendHeight, legendMarks } from "./legend.ts";
import type { Mark } from "./mark.ts";
import type { SceneOf } from "./ui.ts";

const [LEFT, TOP, MARGIN] = [46, 58, 10];
/** So many letters of a name fit to the left. */
const LETTERS = 7;

/** The rows of the legend. */
const LEGEND_ROWS = 2;

export const matrixScene: SceneOf<MatrixPicture> = (matrix, size, ui) => {
  const { width, height } = { ...size, height: size.height - legendHeight(LEGEND_ROWS) };
  const side = Math.max(10, Math.min(width - LEFT - MARGIN, height - TOP - MARGIN - 20));
  const cell = side / matrix.columns;
  const marks: Mark[] = [
    { kind: "text", look: "axis-label", x: 8, y: 14, text: matrix.binned === 1 ? "row: observer; column: subject; top row: the truth" : `cell: worst belief among ${matrix.binned} × ${matrix.binned}; top row: the truth`, anchor: "start" },
    { kind: "cells", look: `beliefs ${heldIn(matrix).join(" ")}`, x: LEFT, y: TOP, width: round(side), height: round(cell * matrix.rows), rows: matrix.rows, columns: matrix.columns, cells: matrix.cells, shade: matrix.wrong },
  ];
  // With many columns, equal neighbours are combined into one mark.
  const isFine = matrix.columns > 64;
  for (let column = 0, next = 0; column < matrix.columns; column = next) {
    next = isFine ? endOfEqual(matrix.truth, column) : column + 1;
    const existence = existences[matrix.truth[column]!] ?? "absent";
    marks.push({ kind: "rect", look: `truth ${existence}`, x: round(LEFT + column * cell), y: TOP - 12, width: round(Math.max(0.5, (next - column) * cell - 0.5)), height: 9, hit: { kind: "member", who: matrix.firstColumn + column * matrix.binned }, title: `in truth: ${existence}` });
  }
  if (cell >= 11 && matrix.binned === 1) {
    for (let row = 0; row < matrix.rows; row++) {
      marks.push({ kind: "text", look: "axis-label", x: LEFT - 4, y: round(TOP + (row + 0.5) * cell + 3), text: shortName(ui.facts.members, matrix.firstRow + row, LETTERS), anchor: "end" });
    }
  }
  return [...marks, ...legendMarks(marks, { x: 8, y: height, width: size.width - 16, rows: LEGEND_ROWS, hasTruth: ui.facts.hasTruth })];
};

/** The end of the run of values that equal the one at a place. */
function endOfEqual(codes: Uint8Array, place: number): number {
  let end = place + 1;
  while (end < codes.length && codes[end] === codes[place]) end++;
  return end;
}

/** The occurring beliefs, as words for the legend. */
function heldIn({ cells, wrong }: MatrixPicture): readonly string[] {
  const held = new Uint8Array(256);
  let isWrong = false;
  for (let cell = 0; cell < cells.length; cell++) {
    const code = cells[cell]!;
    held[code] = 1;
    isWrong ||= code === 1 && wrong[cell] !== 0;
  }
  return [...statuses.filter((_, code) => held[code] === 1).map((status) => `held-${status}`), ...(isWrong ? ["wrong"] : [])];
}
