/** Heat maps: a figure over two parameters of a sweep. The number is in each cell; the colour only helps to find it. */

import { cell as cellMark, text } from "@observablehq/plot";
import type { CellsDocument } from "../../../lab/model.ts";
import { draw } from "../draw.ts";
import type { Figure } from "../figure.ts";
import { type Measure, mean, settingOf, valueOf, valuesAlong, written } from "./measure.ts";

/** The number of colour steps. */
const STEPS = 5;

type Square = { readonly x: string; readonly y: string; readonly value: number; readonly step: number; readonly text: string };

export function heatFigure(document: CellsDocument, measure: Measure, [across, down]: readonly [string, string]): Figure {
  const squares = squaresOf(document, measure, [across, down]);
  const averaged = document.cells.length > squares.length;
  const [columns, rows] = [valuesAlong(document, across), valuesAlong(document, down)];
  const best = squares.reduce<Square | null>((least, square) => (least === null || square.value < least.value ? square : least), null);
  const svg = draw({
    width: 500, height: 90 + rows.length * 44, marginLeft: 84,
    x: { label: `${across} →`, domain: columns, type: "band" },
    y: { label: `↑ ${down}`, domain: rows.toReversed(), type: "band" },
    marks: [
      ...Array.from({ length: STEPS }, (_, step) => cellMark(squares.filter((square) => square.step === step), { x: "x", y: "y", fill: `var(--step-${step})`, inset: 1 })),
      ...Array.from({ length: STEPS }, (_, step) => text(squares.filter((square) => square.step === step), { x: "x", y: "y", text: "text", fill: `var(--on-${step})` })),
    ],
  }, `${measure.words} over ${across} and ${down}.${best === null ? "" : ` Least, ${best.text}, where ${across} is ${best.x} and ${down} is ${best.y}.`}`);
  return {
    id: `heat-${idOf(measure.name)}-${idOf(across)}-${idOf(down)}`,
    title: `${measure.words}, over ${across} and ${down}`,
    about: averaged ? ["Each number is the mean of the cells that have these two settings."] : [],
    picture: {
      svg,
      keys: [{ name: "least", shape: "cell", hue: "var(--step-0)" }, { name: "most", shape: "cell", hue: `var(--step-${STEPS - 1})` }],
      table: { head: [`${down} \\ ${across}`, ...columns], rows: rows.map((y) => [y, ...columns.map((x) => squares.find((square) => square.x === x && square.y === y)?.text ?? "–")]) },
    },
  };
}

export const idOf = (name: string): string => name.replaceAll(/[^A-Za-z0-9]+/g, "-");

function squaresOf(document: CellsDocument, measure: Measure, [across, down]: readonly [string, string]): readonly Square[] {
  const gathered = new Map<string, { readonly x: string; readonly y: string; readonly values: number[] }>();
  for (const cell of document.cells) {
    const [x, y, value] = [settingOf(cell, across), settingOf(cell, down), valueOf(cell, measure.name)];
    if (value === null) continue;
    const key = JSON.stringify([x, y]);
    const known = gathered.get(key) ?? { x, y, values: [] };
    known.values.push(value);
    gathered.set(key, known);
  }
  const squares = [...gathered.values()].map(({ x, y, values }) => ({ x, y, value: mean(values) }));
  const least = Math.min(...squares.map(({ value }) => value));
  const extent = Math.max(...squares.map(({ value }) => value)) - least;
  return squares.map((square) => ({ ...square, step: extent === 0 ? 0 : Math.min(STEPS - 1, Math.floor(((square.value - least) / extent) * STEPS)), text: written(square.value, measure) }));
}
