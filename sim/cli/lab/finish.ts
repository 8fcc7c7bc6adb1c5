/** From the runs of a sweep, wherever their lines are, to all its files: one pass, in the order of cells and repetitions, a row at a time. */

import { estimatesOf, relativeOf, USUAL_CONFIDENCE } from "../../lab/estimate.ts";
import { Gathered } from "../../lab/gather.ts";
import { type Cell, type CellsDocument, type CellSummary, figureNames, type Manifest, type TimeName } from "../../lab/model.ts";
import { placeOf } from "../../lab/order.ts";
import { Watch } from "../../lab/until.ts";
import { rounded } from "../../measure/time-metric.ts";
import { must } from "../out/kept-folder.ts";
import { cellColumns, runColumns } from "./columns.ts";
import { type SweepFolder, manifestText, MANIFEST, RUNS } from "./folder.ts";
import { type Journal, rowIn } from "./journal.ts";
import { sweepReport } from "./report.ts";
import { csvTable, parquetTable, Pen } from "./tables.ts";

/** Where the runs are: one file, or the files of several shards. */
export type Source = {
  readonly line: (place: number) => Buffer;
  readonly has: (place: number) => boolean;
  readonly kinds: ReadonlySet<TimeName>;
};

/** Several journals as one. */
export function sourceOf(journals: readonly Journal[]): Source {
  const [only] = journals;
  if (only !== undefined && journals.length === 1) return { line: (place) => only.line(place), has: (place) => only.hasPlace(place), kinds: only.kinds };
  const owner = (place: number): Journal | undefined => journals.find((journal) => journal.hasPlace(place));
  return {
    line: (place) => owner(place)?.line(place) ?? Buffer.alloc(0),
    has: (place) => owner(place) !== undefined,
    kinds: new Set(journals.flatMap(({ kinds }) => [...kinds])),
  };
}

/** Writes all files, each whole, the manifest last; answers with what is in cells.json. Every run that is wanted must be there. */
export function finish(folder: SweepFolder, manifest: Manifest, source: Source): CellsDocument {
  return must(folder.path, () => {
    const { cells, paths, identity, name } = manifest;
    const columns = runColumns(cells, paths, source.kinds);
    const lines = new Pen(folder.draftOf(RUNS));
    const csv = csvTable(folder.draftOf("runs.csv"), columns);
    const parquet = parquetTable(folder.draftOf("runs.parquet"), columns, { sweep: name, identity, version: manifest.version });
    const summaries: CellSummary[] = [];
    let runs = 0;
    for (const cell of cells) {
      summaries.push(eachCell(cell, manifest, source, (line, row) => {
        runs++;
        lines.write(line);
        lines.write("\n");
        csv.add({ cell, row });
        parquet.add({ cell, row });
      }));
    }
    for (const table of [lines, csv, parquet]) table.close();
    const document = documentOf(manifest, summaries);
    const cellTable = csvTable(folder.draftOf("cells.csv"), cellColumns(document.cells, paths));
    for (const cell of document.cells) cellTable.add(cell);
    cellTable.close();
    for (const done of [RUNS, "runs.csv", "runs.parquet", "cells.csv"]) folder.settle(done);
    const whole: Manifest = { ...manifest, runs: { asked: runs, finished: runs } };
    folder.publish([
      { name: "cells.json", text: `${JSON.stringify(document, null, 2)}\n` },
      { name: "report.txt", text: sweepReport(whole, document) },
      { name: MANIFEST, text: manifestText(whole) },
    ]);
    return document;
  });
}

type Take = (line: Buffer, row: ReturnType<typeof rowIn>) => void;

/** The rows of a cell, as many as count. */
function eachCell(cell: Cell, { repeats, until, seed }: Manifest, source: Source, take: Take): CellSummary {
  const gathered = new Gathered();
  const confidence = until?.confidence ?? USUAL_CONFIDENCE;
  const watch = until === null ? null : new Watch(until, seed);
  for (let repetition = 0; repetition < repeats; repetition++) {
    const line = source.line(placeOf({ cell: cell.cell, repetition }, repeats));
    const row = rowIn(line, () => `cell ${cell.cell}, repetition ${repetition}`);
    gathered.add(row);
    take(line, row);
    if (watch?.next === gathered.runs && watch.look(gathered).kind === "stops") break;
  }
  const estimates = estimatesOf(gathered, { confidence, seed });
  const relative = until === null ? null : relativeOf(estimates.get(until.metric) ?? { value: null, low: null, high: null, n: 0, censored: 0 });
  return {
    ...cell,
    runs: gathered.runs,
    memberHours: rounded(gathered.sums.reduce((sum, { memberSeconds }) => sum + memberSeconds, 0) / 3600),
    precision: until === null ? null : { relative, isReached: relative !== null && relative <= until.relative },
    figures: Object.fromEntries(estimates),
  };
}

/** Figures that were measured in any cell, the same in all. */
function documentOf({ name, identity, paths, until }: Manifest, summaries: readonly CellSummary[]): CellsDocument {
  const measured = figureNames.filter((figure) => summaries.some(({ figures }) => figures[figure] !== undefined));
  const nothing = { value: null, low: null, high: null, n: 0, censored: 0 };
  const cells = summaries.map((cell) => ({ ...cell, figures: Object.fromEntries(measured.map((figure) => [figure, cell.figures[figure] ?? nothing])) }));
  return { madeBy: "swimlab", kind: "cells", name, identity, paths, confidence: until?.confidence ?? USUAL_CONFIDENCE, cells };
}
