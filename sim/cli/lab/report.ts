/** Prints a sweep: a line for each cell, with its settings and the requested figures. */

import { isLengthFigure } from "../../lab/figure.ts";
import type { CellsDocument, CellSummary, Estimate, Manifest } from "../../lab/model.ts";
import { RUNS_TO_REDRAW } from "../../measure/few-runs.ts";
import { count, figure as shown, length, range, wrap } from "../report/wording.ts";
import { table } from "../report/table.ts";

/** More lines than anybody reads in a terminal. */
const MOST_LINES = 64;
const WIDTH = 100;

/** The whole report, with at most `most` cells. */
export function sweepReport(manifest: Manifest, document: CellsDocument, most = Infinity): string {
  const { name, about, seed, repeats, until, identity, common, runs } = manifest;
  const { cells, paths, confidence } = document;
  const many = until === null ? `${count(repeats)} runs each` : `${count(runs.finished)} runs, until ${until.metric} is within ±${percent(until.relative)}`;
  const asked = manifest.figures.filter((one) => cells[0]?.figures[one] !== undefined);
  const first = cells.slice(0, most);
  return [
    name,
    ...(about === "" ? [] : wrap(about, WIDTH)),
    `${count(cells.length)} cells · ${many} · seed ${seed} · ${common ? "the same chance in every cell" : "each cell with a chance of its own"}`,
    "",
    ...table([
      [...paths.map(headOf), "runs", ...asked.flatMap((one) => [headOf(one), ""])],
      ...first.map((cell) => [...paths.map((path) => String(cell.settings[path] ?? "")), count(cell.runs), ...asked.flatMap((one) => both(one, cell.figures[one]))]),
    ], `${"r".repeat(paths.length)}r${"rl".repeat(asked.length)}`),
    ...(first.length < cells.length ? [`  and ${count(cells.length - first.length)} cells more: they are in report.txt, cells.csv and cells.json`] : []),
    ...unreached(cells, manifest),
    "",
    `[${percent(confidence)} intervals] of percentiles: exact (binomial) where each run has one observation, else by redrawing whole runs; of rates of false positives: exact (Poisson), wider where they come in bursts`,
    ...(cells.some(({ runs: many }) => many < RUNS_TO_REDRAW) ? [`Fewer than ${RUNS_TO_REDRAW} runs are too few to redraw: their intervals are by Student's t, and wide`] : []),
    `seed=${seed} sweep=${identity} cells=${cells.length} runs=${runs.finished}`,
    "",
  ].join("\n");
}

/** Without the prefix that neighbouring columns share. */
const headOf = (path: string): string => path.replace(/^(?:config|network|load)\./, "");

export const sweepPage = (manifest: Manifest, document: CellsDocument): string => sweepReport(manifest, document, MOST_LINES);

function both(name: string, estimate: Estimate | undefined): readonly [string, string] {
  if (estimate === undefined || estimate.value === null) return ["–", estimate !== undefined && estimate.censored > 0 ? `(${estimate.censored} of ${estimate.n} censored)` : ""];
  const isLength = isLengthFigure(name);
  const write = (x: number): string => (isLength ? length(x) : shown(x));
  const interval = estimate.low === null && estimate.high === null ? "" : `[${range([estimate.low, estimate.high], write)}]`;
  return [`${write(estimate.value)}${isLength ? " s" : ""}`, `${interval}${estimate.censored > 0 ? ` (${estimate.censored} censored)` : ""}`];
}

/** Cells that reached the maximum of runs before their figure was precise. */
function unreached(cells: readonly CellSummary[], { until }: Manifest): readonly string[] {
  const open = cells.filter(({ precision }) => precision?.isReached === false);
  if (until === null || open.length === 0) return [];
  return ["", ...wrap(`In ${open.length} of ${cells.length} cells, ${until.metric} was not within ±${percent(until.relative)} after ${count(until.max)} runs: cell ${open.slice(0, 10).map(({ cell }) => cell).join(", ")}${open.length > 10 ? " and more" : ""}.`, WIDTH)];
}

const percent = (share: number): string => `${Number((share * 100).toPrecision(12))} %`;
