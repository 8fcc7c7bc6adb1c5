/** The page: its width, its ink, and what all sections share. */

import type { Ink } from "./ink.ts";
import type { Cell } from "./table.ts";
import { columnsOf, wrap } from "./wording.ts";

/** The layout of a section. */
export type Page = { readonly width: number; readonly ink: Ink };

export const faint = (ink: Ink, texts: readonly string[]): readonly Cell[] => texts.map((text) => ({ text, ink: ink.faint }));

/** A title, with an explanation beside it. */
export function heading(title: string, remark: string, { width, ink }: Page): string {
  const [first = "", ...rest] = wrap(remark, width - columnsOf(title) - 2);
  const indent = " ".repeat(columnsOf(title) + 2);
  return [`${ink.title(title)}  ${ink.faint(first)}`, ...rest.map((line) => indent + ink.faint(line))].join("\n");
}
