/** The Pareto front: cells for which no other cell is better in one respect without being worse in the other. */

import { dot, line, link, text } from "@observablehq/plot";
import type { CellsDocument, CellSummary } from "../../../lab/model.ts";
import { draw } from "../draw.ts";
import type { Figure } from "../figure.ts";
import { idOf } from "./heat.ts";
import { estimateIn, estimateText, type Measure, settingOf, valueOf, variedPaths } from "./measure.ts";

type Point = { readonly cell: CellSummary; readonly x: number; readonly y: number; readonly name: string };

/** The points that are not dominated: no other has less of one and no more of the other. In ascending order of x. */
export function frontOf<Placed extends { readonly x: number; readonly y: number }>(points: readonly Placed[]): readonly Placed[] {
  const ascending = points.toSorted((one, other) => one.x - other.x || one.y - other.y);
  let lowest = Infinity;
  return ascending.filter(({ x, y }, n) => {
    const isTwin = n > 0 && ascending[n - 1]?.x === x && ascending[n - 1]?.y === y && lowest === y;
    if (y >= lowest && !isTwin) return false;
    lowest = y;
    return true;
  });
}

/** Parameters of the network or the scenario, which nobody can choose. */
function circumstances(document: CellsDocument): readonly string[] {
  const given = variedPaths(document).filter((path) => !/^(?:config|preset)\b/.test(path));
  return given.length === 0 ? [] : [`Cells also differ in ${given.join(", ")}, which is given and cannot be chosen: compare only cells where it is the same.`];
}

/** Null if an end is unknown. */
function endsOf(cell: CellSummary, name: string): readonly [number, number] | null {
  const { low = null, high = null } = estimateIn(cell, name) ?? {};
  return low === null || high === null ? null : [low, high];
}

export function paretoFigure(document: CellsDocument, across: Measure, up: Measure): Figure {
  const points = document.cells.flatMap((cell): readonly Point[] => {
    const [x, y] = [valueOf(cell, across.name), valueOf(cell, up.name)];
    return x === null || y === null ? [] : [{ cell, x, y, name: String(cell.cell) }];
  });
  const front = frontOf(points);
  const others = points.filter((point) => !front.includes(point));
  const frame = { id: `pareto-${idOf(up.name)}`, title: `${up.words}, against ${across.words}` };
  if (points.length === 0) return { ...frame, about: ["No cell has both figures."], picture: null };
  // An interval without an end is not drawn: a line would suggest one.
  const bounded = (name: string): readonly Point[] => points.filter(({ cell }) => endsOf(cell, name) !== null);
  const end = (name: string, which: 0 | 1) => ({ cell }: Point): number => endsOf(cell, name)?.[which] ?? 0;
  const svg = draw({
    height: 420,
    x: { label: `${across.words} →`, grid: true, nice: true },
    y: { label: `↑ ${up.words}`, grid: true, nice: true },
    marks: [
      link(bounded(across.name), { x1: end(across.name, 0), x2: end(across.name, 1), y1: "y", y2: "y", stroke: "var(--faint)", strokeOpacity: 0.5 }),
      link(bounded(up.name), { y1: end(up.name, 0), y2: end(up.name, 1), x1: "x", x2: "x", stroke: "var(--faint)", strokeOpacity: 0.5 }),
      line(front, { x: "x", y: "y", curve: "step-after", stroke: "var(--hue-1)", strokeWidth: 2 }),
      dot(others, { x: "x", y: "y", r: 3.5, stroke: "var(--hue-0)", fill: "var(--panel)", strokeWidth: 1.4 }),
      dot(front, { x: "x", y: "y", r: 5, symbol: "diamond", fill: "var(--hue-1)" }),
      text(front, { x: "x", y: "y", text: "name", dy: -12, fill: "var(--ink)", fontWeight: "bold" }),
    ],
  }, `${up.words} against ${across.words}: ${front.length} of ${points.length} cells are on the front, cell ${front.map(({ name }) => name).join(", ")}.`);
  return {
    ...frame,
    about: [`Lower and further left is better. The numbered cells (${front.length} of ${points.length}) are on the front: no other cell is better in one figure without being worse in the other. Thin lines are ${Math.round(document.confidence * 100)} % intervals; a line without an end has no bound there. Cells whose intervals overlap may still differ: runs with the same random draws are compared pair by pair, not by these intervals.`, ...circumstances(document)],
    picture: {
      svg,
      keys: [{ name: "on the front, by cell", shape: "line", hue: "var(--hue-1)" }, { name: "dominated by another cell", shape: "mark", hue: "var(--hue-0)" }],
      table: {
        head: ["cell on the front", ...document.paths, across.words, up.words],
        rows: front.map(({ cell, name }) => [name, ...document.paths.map((path) => settingOf(cell, path)), estimateText(cell, across), estimateText(cell, up)]),
      },
    },
  };
}
