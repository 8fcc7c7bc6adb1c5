/** From the runs of a sweep, wherever their lines are, to all its files: one pass, in the order of cells and repetitions, a portion of lines at a time. */

import { estimatesOf, relativeOf, USUAL_CONFIDENCE } from "../../lab/estimate.ts";
import { Gathered } from "../../lab/gather.ts";
import { type Cell, type CellsDocument, type CellSummary, figureNames, type Manifest, type Row, type TimeName } from "../../lab/model.ts";
import { Watch } from "../../lab/until.ts";
import { rounded } from "../../measure/time-metric.ts";
import { mustInTime } from "../out/kept-folder.ts";
import { type Progress, progressFor } from "../play/progress.ts";
import type { Terminal } from "../terminal.ts";
import { cellColumns } from "./columns.ts";
import { type SweepFolder, manifestText, MANIFEST, RUNS } from "./folder.ts";
import type { Journal } from "./journal.ts";
import { Pen } from "./pen.ts";
import type { Places } from "./places.ts";
import { Portion, roomFor } from "./portion.ts";
import { sweepReport } from "./report.ts";
import { RowReader } from "./row-reader.ts";
import { eachRow, tablesHere, type TableTask } from "./table-maker.ts";
import { tablesApart } from "./tables-apart.ts";
import { csvTable } from "./tables.ts";

/** Where the runs are, in one file or in those of several shards, and the kinds of lengths that they contain. */
export type Source = { readonly places: Places; readonly kinds: readonly TimeName[] };

/** Combines several journals that share their places. */
export function sourceOf(journals: readonly Journal[]): Source {
  const [first] = journals;
  if (first === undefined) throw new RangeError("no runs at all");
  // In an order that does not depend on which shard was read first.
  return { places: first.whereabouts, kinds: [...new Set(journals.flatMap(({ kinds }) => [...kinds]))].toSorted() };
}

/** From this many runs on, a separate thread for the tables is worth starting. */
const MANY = 50_000;

/** Shows the progress of making tables and figures, if there are so many runs that it takes time. */
export function finishing(runs: number, options: { readonly quiet?: boolean; readonly json?: boolean }, terminal: Terminal): FinishOptions & Pick<Progress, "takeAway"> {
  const reached = { finished: 0, played: 0 };
  const progress = progressFor(reached, runs < MANY ? 0 : runs, options, terminal, "runs summed up");
  return {
    isMoving: (done) => {
      [reached.finished, reached.played] = [done, done];
      progress.draw();
    },
    takeAway: progress.takeAway,
  };
}

/** How it is done; the result does not depend on it. */
export type FinishOptions = {
  /** Does a separate thread make the tables? */
  readonly isApart?: boolean;
  /** Called after every portion: how many runs are done. */
  readonly isMoving?: (runs: number) => void;
};

/** Writes all files, each atomically, the manifest last; returns the content of cells.json. Every wanted run must be there. */
export async function finish(folder: SweepFolder, manifest: Manifest, source: Source, options: FinishOptions = {}): Promise<CellsDocument> {
  return await mustInTime(folder.path, async () => {
    const summaries = await gathered(folder, manifest, source, options);
    const document = documentOf(manifest, summaries);
    const cellTable = csvTable(folder.draftOf("cells.csv"), cellColumns(document.cells, manifest.paths));
    for (const cell of document.cells) cellTable.add(cell);
    cellTable.close();
    for (const done of [RUNS, "runs.csv", "runs.parquet", "cells.csv"]) folder.settle(done);
    const runs = summaries.reduce((sum, cell) => sum + cell.runs, 0);
    const whole: Manifest = { ...manifest, runs: { asked: runs, finished: runs } };
    folder.publish([
      { name: "cells.json", text: `${JSON.stringify(document, null, 2)}\n` },
      { name: "report.txt", text: sweepReport(whole, document) },
      { name: MANIFEST, text: manifestText(whole) },
    ]);
    return document;
  });
}

/** While one portion becomes rows of the tables, the next is read and evaluated. */
async function gathered(folder: SweepFolder, manifest: Manifest, { places, kinds }: Source, options: FinishOptions): Promise<readonly CellSummary[]> {
  const { cells, repeats, paths, name, identity, version } = manifest;
  const { bytes, lines: runs } = places.size;
  const { isApart = runs >= MANY } = options;
  const portions = Array.from({ length: isApart ? 2 : 1 }, () => new Portion(roomFor(bytes, runs, places.longest)));
  const task: TableTask = { csv: folder.draftOf("runs.csv"), parquet: folder.draftOf("runs.parquet"), cells, paths, kinds, repeats, about: { sweep: name, identity, version } };
  const tables = isApart ? tablesApart(task, portions.map(({ shared }) => shared)) : tablesHere(task);
  const lines = new Pen(folder.draftOf(RUNS));
  const summing = new Summing(manifest);
  const reader = new RowReader();
  let done = 0;
  try {
    for (let [place, nth] = [0, 0]; place < cells.length * repeats; nth = (nth + 1) % portions.length) {
      const portion = portions[nth]!;
      await tables.isFree(nth);
      place = portion.fill(place, cells.length * repeats, places);
      const kept = new Uint8Array(portion.lines);
      eachRow(portion, reader, repeats, (row, at) => {
        kept[at] = Number(summing.add(row));
      });
      if (kept.includes(0)) portion.keep((at) => kept[at] === 1);
      tables.take(nth, portion);
      writeLines(lines, portion);
      options.isMoving?.(done += portion.lines);
    }
  } catch (thrown) {
    await tables.close().catch(() => {});
    throw thrown;
  }
  lines.close();
  await tables.close();
  return summing.end();
}

/** Writes adjacent lines to the file as one piece. */
function writeLines(pen: Pen, { lines, starts, ends, bytes }: Portion): void {
  for (let nth = 0; nth < lines; ) {
    const from = starts[nth]!;
    for (nth++; nth < lines && starts[nth] === ends[nth - 1]! + 1; ) nth++;
    pen.write(bytes.subarray(from, ends[nth - 1]! + 1));
  }
  pen.flush();
}

/** Sums up the rows of each cell as they pass. */
class Summing {
  private readonly manifest: Manifest;
  private readonly summaries: CellSummary[] = [];
  private gathered = new Gathered();
  private watch: Watch | null;
  private isOver = false;

  constructor(manifest: Manifest) {
    this.manifest = manifest;
    this.watch = this.newWatch();
  }

  /** Returns false if the cell was known precisely enough before this run, which then does not count. */
  add(row: Row): boolean {
    while (row.cell > this.summaries.length) this.next();
    if (this.isOver) return false;
    this.gathered.add(row);
    if (this.watch?.next === this.gathered.runs) this.isOver = this.watch.look(this.gathered).kind === "stops";
    return true;
  }

  end(): readonly CellSummary[] {
    while (this.summaries.length < this.manifest.cells.length) this.next();
    return this.summaries;
  }

  private newWatch(): Watch | null {
    const { until, seed } = this.manifest;
    return until === null ? null : new Watch(until, seed);
  }

  private next(): void {
    const cell = this.manifest.cells[this.summaries.length]!;
    this.summaries.push(summaryOf(cell, this.gathered, this.manifest));
    [this.gathered, this.watch, this.isOver] = [new Gathered(), this.newWatch(), false];
  }
}

function summaryOf(cell: Cell, gathered: Gathered, { until, seed }: Manifest): CellSummary {
  const estimates = estimatesOf(gathered, { confidence: until?.confidence ?? USUAL_CONFIDENCE, seed });
  const relative = until === null ? null : relativeOf(estimates.get(until.metric) ?? { value: null, low: null, high: null, n: 0, censored: 0 });
  return {
    ...cell,
    runs: gathered.runs,
    memberHours: rounded(gathered.sums.reduce((sum, { memberSeconds }) => sum + memberSeconds, 0) / 3600),
    precision: until === null ? null : { relative, isReached: relative !== null && relative <= until.relative },
    figures: Object.fromEntries(estimates),
  };
}

/** The figures that were measured in any cell, the same in all. */
function documentOf({ name, identity, paths, until }: Manifest, summaries: readonly CellSummary[]): CellsDocument {
  const measured = figureNames.filter((figure) => summaries.some(({ figures }) => figures[figure] !== undefined));
  const nothing = { value: null, low: null, high: null, n: 0, censored: 0 };
  const cells = summaries.map((cell) => ({ ...cell, figures: Object.fromEntries(measured.map((figure) => [figure, cell.figures[figure] ?? nothing])) }));
  return { madeBy: "swimlab", kind: "cells", name, identity, paths, confidence: until?.confidence ?? USUAL_CONFIDENCE, cells };
}
