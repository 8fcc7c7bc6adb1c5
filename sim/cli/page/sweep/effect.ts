/** Effect plots: the effect of one parameter on a figure, averaged over the values of the others. */

import { dot, line, link } from "@observablehq/plot";
import type { CellsDocument, CellSummary } from "../../../lab/model.ts";
import { range } from "../../report/wording.ts";
import { draw } from "../draw.ts";
import type { Figure } from "../figure.ts";
import { idOf } from "./heat.ts";
import { estimateIn, type Measure, mean, settingOf, valueOf, valuesAlong, written } from "./measure.ts";

type Effect = { readonly setting: string; readonly value: number; readonly low: number | null; readonly high: number | null; readonly cells: number };

/** `isCommon`: do all cells share their seeds? */
export function effectFigure(document: CellsDocument, measure: Measure, path: string, isCommon: boolean): Figure {
  const settings = valuesAlong(document, path);
  const cells = document.cells.filter((cell) => valueOf(cell, measure.name) !== null);
  const effects = settings.flatMap((setting) => effectOf(cells.filter((cell) => settingOf(cell, path) === setting), { setting, measure, isCommon }));
  const [first, last] = [effects[0], effects.at(-1)];
  const known = effects.filter(({ low, high }) => low !== null && high !== null);
  const svg = draw({
    width: 500, height: 260,
    x: { label: `${path} →`, domain: settings, type: "point" },
    y: { label: `↑ ${measure.words}`, grid: true, zero: true },
    marks: [
      dot(cells, { x: (cell: CellSummary) => settingOf(cell, path), y: (cell: CellSummary) => valueOf(cell, measure.name), r: 2.5, fill: "var(--faint)", fillOpacity: 0.5 }),
      link(known, { x1: "setting", x2: "setting", y1: "low", y2: "high", stroke: "var(--hue-0)", strokeWidth: 2.5 }),
      line(effects, { x: "setting", y: "value", stroke: "var(--hue-0)", strokeWidth: 1.5, strokeDasharray: "5 3" }),
      dot(effects, { x: "setting", y: "value", r: 5, fill: "var(--hue-0)", stroke: "var(--panel)" }),
    ],
  }, `${measure.words} by ${path}: ${effects.map(({ setting, value }) => `${written(value, measure)} at ${setting}`).join(", ")}.`);
  return {
    id: `effect-${idOf(measure.name)}-${idOf(path)}`,
    title: `${measure.words} by ${path}`,
    about: first === undefined || last === undefined ? [] : [`From ${written(first.value, measure)} at ${first.setting} to ${written(last.value, measure)} at ${last.setting}.`],
    picture: {
      svg,
      keys: [{ name: "mean of the cells, and its interval", shape: "dashed", hue: "var(--hue-0)" }, { name: "a cell", shape: "mark", hue: "var(--faint)" }],
      table: {
        head: [path, measure.words, "interval", "cells"],
        rows: effects.map(({ setting, value, low, high, cells: many }) => [setting, written(value, measure), range([low, high], (x) => written(x, measure)), String(many)]),
      },
    },
  };
}

type Wanted = { readonly setting: string; readonly measure: Measure; readonly isCommon: boolean };

/**
 * The mean of the cells with a setting; its interval from theirs, if each has one. Cells with seeds of their own are independent, and their errors add up as squares; cells with
 * common seeds may all err in the same direction, and then the mean errs as much as they do.
 */
function effectOf(cells: readonly CellSummary[], { setting, measure, isCommon }: Wanted): readonly Effect[] {
  if (cells.length === 0) return [];
  const value = mean(cells.flatMap((cell) => valueOf(cell, measure.name) ?? []));
  const halves = cells.flatMap((cell) => {
    const { low = null, high = null } = estimateIn(cell, measure.name) ?? {};
    return low === null || high === null ? [] : [(high - low) / 2];
  });
  if (halves.length < cells.length) return [{ setting, value, low: null, high: null, cells: cells.length }];
  const reach = isCommon ? mean(halves) : Math.sqrt(halves.reduce((sum, half) => sum + half * half, 0)) / cells.length;
  return [{ setting, value, low: Math.max(0, value - reach), high: value + reach, cells: cells.length }];
}
