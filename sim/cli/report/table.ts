/** Tables with aligned columns. */

import { columnsOf } from "./wording.ts";

export type Cell = string | { readonly text: string; readonly ink: (text: string) => string };
export type Row = readonly Cell[];

const GAP = 2;

const textOf = (cell: Cell): string => (typeof cell === "string" ? cell : cell.text);
const dyed = (cell: Cell): string => (typeof cell === "string" ? cell : cell.ink(cell.text));

/** The width of each column. */
const widthsOf = (rows: readonly Row[]): readonly number[] =>
  Array.from({ length: Math.max(...rows.map((row) => row.length)) }, (_, i) => Math.max(...rows.map((row) => columnsOf(textOf(row[i] ?? "")))));

/** The width of the table, with its indent; or up to the end of a column, the first of which is 0. */
export const widthOf = (rows: readonly Row[], upTo?: number): number =>
  widthsOf(rows).slice(0, upTo === undefined ? undefined : upTo + 1).reduce((sum, width) => sum + GAP + width, 0);

/** The table's lines, indented; `align` has one letter per column: l for left, r for right. */
export function table(rows: readonly Row[], align: string): readonly string[] {
  const widths = widthsOf(rows);
  return rows.map((row) => {
    const cells = row.map((cell, i) => {
      const padding = " ".repeat((widths[i] ?? 0) - columnsOf(textOf(cell)));
      return align[i] === "r" ? padding + dyed(cell) : dyed(cell) + padding;
    });
    return " ".repeat(GAP) + cells.join(" ".repeat(GAP)).trimEnd();
  });
}
