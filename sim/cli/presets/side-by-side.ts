/** Prints presets in columns, a line for each field, and where its values come from. */

import { type Config, type PresetName, presets, sourceOf } from "../../../engine/index.ts";
import type { Ink } from "../report/ink.ts";
import { type Cell, type Row, table, widthOf } from "../report/table.ts";
import { wrap } from "../report/wording.ts";
import { columnName, families, subjects } from "./families.ts";
import { readable } from "./value.ts";

/** The layout: the width of the page, and its colours. */
export type Page = { readonly width: number; readonly ink: Ink };

/** Shown where a preset has the same value as the first. */
const SAME = "·";
/** If fewer columns than this are left beside the values, sources get lines of their own. */
const LEAST = 20;
const GAP = 2;
const INDENT = 6;

/** What is shown: these presets, and the fields that `isShown` accepts. */
type Beside = { readonly names: readonly PresetName[]; readonly head: (name: PresetName) => string; readonly isShown: (field: keyof Config) => boolean };

/** Every preset, family by family. */
export const allText = (page: Page): string =>
  families
    .map(({ title, presets: names }) => {
      const heading = [page.ink.title(title), page.ink.faint(`${SAME}  the same as ${names[0]}`), ""];
      return `${[...heading, ...tables({ names, head: columnName, isShown: () => true }, page)].join("\n")}\n`;
    })
    .join("\n");

/** These presets, and only the fields in which they differ. */
export function differencesText(names: readonly PresetName[], page: Page): string {
  const isShown = (field: keyof Config): boolean => new Set(names.map((name) => presets[name][field])).size > 1;
  const lines = tables({ names, head: (name) => name, isShown }, page);
  return `${lines.length === 0 ? `${names.join(" and ")} do not differ` : lines.join("\n")}\n`;
}

/** A table for each subject that has any field to show. */
const tables = (beside: Beside, page: Page): readonly string[] =>
  subjects.flatMap(({ subject, fields }) => {
    const shown = fields.filter(beside.isShown);
    return shown.length === 0 ? [] : ["", ...subjectTable(subject, shown, beside, page)];
  }).slice(1);

function subjectTable(subject: string, fields: readonly (keyof Config)[], { names, head }: Beside, page: Page): readonly string[] {
  const { ink } = page;
  const headings: Row = [subject.toUpperCase(), ...names.map(head)].map((text): Cell => ({ text, ink: ink.title }));
  const rows = [headings, ...fields.map((field) => valueRow(field, names, ink))];
  const sources = [[], ...fields.map((field) => sourceLines(field, names, head))];
  const room = page.width - widthOf(rows) - GAP;
  return room >= LEAST ? withSources(rows, sources, room, ink) : withSourcesBeneath(rows, sources, page);
}

/** The field, the first preset's value, and the others' where they differ. */
function valueRow(field: keyof Config, names: readonly PresetName[], ink: Ink): Row {
  const [first = "", ...others] = names.map((name) => readable(field, presets[name][field]));
  return [field, first, ...others.map((value): Cell => (value === first ? { text: SAME, ink: ink.faint } : { text: value, ink: ink.mark }))];
}

/** The source of the first; and, each on a line, different sources of others. */
function sourceLines(field: keyof Config, names: readonly PresetName[], head: Beside["head"]): readonly string[] {
  const whose = new Map<string, readonly PresetName[]>();
  for (const name of names) whose.set(sourceOf(name, field), [...(whose.get(sourceOf(name, field)) ?? []), name]);
  return [...whose].map(([source, having], nth) => (nth === 0 ? source : `${having.map(head).join(", ")}: ${source}`));
}

/** In a last column, on as many lines as they need. */
function withSources(rows: readonly Row[], sources: readonly (readonly string[])[], room: number, ink: Ink): readonly string[] {
  const lines = rows.flatMap((row, nth): readonly Row[] => {
    const [first = "", ...more] = (sources[nth] ?? []).flatMap((source) => wrap(source, room));
    return [[...row, faint(first, ink)], ...more.map((part): Row => [...row.map(() => ""), faint(part, ink)])];
  });
  return table(lines, "l".repeat((rows[0]?.length ?? 0) + 1));
}

/** Each source below its line. */
function withSourcesBeneath(rows: readonly Row[], sources: readonly (readonly string[])[], { width, ink }: Page): readonly string[] {
  return table(rows, "l".repeat(rows[0]?.length ?? 0)).flatMap((line, nth) => [
    line,
    ...(sources[nth] ?? []).flatMap((source) => wrap(source, width - INDENT)).map((part) => " ".repeat(INDENT) + ink.faint(part)),
  ]);
}

const faint = (text: string, ink: Ink): Cell => ({ text, ink: ink.faint });
