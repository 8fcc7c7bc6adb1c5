/** The figures of a sweep that its page shows, and how their values are written. */

import type { CellsDocument, CellSummary, Estimate } from "../../../lab/model.ts";
import { isLengthFigure } from "../../../lab/figure.ts";
import { figure as shown, length, range } from "../../report/wording.ts";

/** A figure for comparing cells: less is better in all of them. */
export type Measure = { readonly name: string; readonly words: string; readonly isLength: boolean };

const known: readonly Measure[] = [
  { name: "firstDetection.p50", words: "first detection, median, s", isLength: true },
  { name: "firstDetection.p99", words: "first detection, p99, s", isLength: true },
  { name: "convergence.p99", words: "convergence, p99, s", isLength: true },
  { name: "falsePositives.perMemberHour", words: "false positives per member-hour", isLength: false },
  { name: "load.bytesPerMemberSecond", words: "bytes per member and second", isLength: false },
];

/** The words for any figure. */
export const measureOf = (name: string): Measure => known.find((measure) => measure.name === name) ?? { name, words: name, isLength: isLengthFigure(name) };

/** The measures that have a value in any cell. */
export const measuresOf = ({ cells }: CellsDocument): readonly Measure[] => known.filter(({ name }) => cells.some((cell) => valueOf(cell, name) !== null));

export const estimateIn = ({ figures }: CellSummary, name: string): Estimate | undefined => figures[name];
export const valueOf = (cell: CellSummary, name: string): number | null => estimateIn(cell, name)?.value ?? null;

export const written = (x: number, { isLength }: Measure): string => (isLength ? length(x) : shown(x));

/** `7.2 [6.8–7.9]`, or a dash. */
export function estimateText(cell: CellSummary, measure: Measure): string {
  const estimate = estimateIn(cell, measure.name);
  if (estimate === undefined || estimate.value === null) return "–";
  const { value, low, high, censored } = estimate;
  const interval = low === null && high === null ? "" : ` [${range([low, high], (x) => written(x, measure))}]`;
  return `${written(value, measure)}${interval}${censored > 0 ? `, ${censored} censored` : ""}`;
}

/** The values of a parameter, in the order of the grid. */
export const valuesAlong = ({ cells }: CellsDocument, path: string): readonly string[] => [...new Set(cells.map((cell) => settingOf(cell, path)))];

export const settingOf = ({ settings }: CellSummary, path: string): string => String(settings[path] ?? "–");

/** Parameters that vary between cells; of several that change together, the first. */
export function variedPaths(document: CellsDocument): readonly string[] {
  const varied = document.paths.filter((path) => valuesAlong(document, path).length > 1);
  const course = (path: string): string => { const values = valuesAlong(document, path); return document.cells.map((cell) => values.indexOf(settingOf(cell, path))).join(" "); };
  return varied.filter((path, n) => varied.findIndex((other) => course(other) === course(path)) === n);
}

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
