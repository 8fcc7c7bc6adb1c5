/** The figures of a document that are not within their tolerances. */

import { markOf, type Comparison } from "./comparison.ts";
import type { Document } from "./document.ts";

/** `name`: experiment, table, line and column. */
export type Miss = { readonly name: string; readonly cell: Comparison };

export const missesIn = ({ sections }: Document): readonly Miss[] =>
  sections.flatMap((section) => section.tables.flatMap(({ title, columns, body }) => body.flatMap((line) => line.cells.flatMap((cell, nth) =>
    (cell === null || markOf(cell) !== "miss" ? [] : [{ name: `${section.name} · ${title} · ${line.name} · ${columns[nth]?.name ?? ""}`, cell }])))));
