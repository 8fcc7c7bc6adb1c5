/** The columns of a run in a table, in any format. */

import { type Cell, type CellSummary, countNames, type Row, type Setting, type TimeName, timeNames } from "../../lab/model.ts";
import { quantiles, sampleOf } from "../../measure/statistics.ts";
import { observationsIn } from "../../lab/row.ts";

export type ColumnType = "INT32" | "DOUBLE" | "STRING";
export type Column<Of> = {
  readonly name: string;
  readonly type: ColumnType;
  readonly of: (one: Of) => Setting | null;
  /** Does every row have a value? */
  readonly isAlways?: true;
  /** Do hardly any two rows have the same value? */
  readonly isUnique?: true;
};

/** A run with its cell. */
export type RunOf = { readonly cell: Cell; readonly row: Row };

/** Cell, repetition, settings, and what is kept of the run; for lengths, the kinds that were measured in any run. */
export const runColumns = (cells: readonly Cell[], paths: readonly string[], kinds: ReadonlySet<TimeName>): readonly Column<RunOf>[] => [
  { name: "cell", type: "INT32", isAlways: true, of: ({ row }) => row.cell },
  { name: "repetition", type: "INT32", isAlways: true, of: ({ row }) => row.repetition },
  ...settingColumns(cells, paths, (run: RunOf) => run.cell),
  { name: "traceHash", type: "STRING", isAlways: true, isUnique: true, of: ({ row }) => row.traceHash },
  { name: "events", type: "DOUBLE", isAlways: true, of: ({ row }) => row.events },
  { name: "memberSeconds", type: "DOUBLE", isAlways: true, of: ({ row }) => row.memberSeconds },
  ...countNames.map((name): Column<RunOf> => ({ name, type: "DOUBLE", isAlways: true, of: ({ row }) => row.counts[name] })),
  ...timeNames.filter((name) => kinds.has(name)).flatMap((name): readonly Column<RunOf>[] => [
    { name: `${name}.n`, type: "INT32", isAlways: true, of: ({ row }) => (row.times[name]?.seconds.length ?? 0) + (row.times[name]?.censoredAfter?.length ?? 0) },
    { name: `${name}.p50`, type: "DOUBLE", of: ({ row }) => median(row, name) },
    { name: `${name}.max`, type: "DOUBLE", of: ({ row }) => greatest(row.times[name]?.seconds ?? []) },
    { name: `${name}.censored`, type: "INT32", isAlways: true, of: ({ row }) => row.times[name]?.censoredAfter?.length ?? 0 },
  ]),
];

/** Settings, runs, and for each figure its value and the ends of its interval. */
export const cellColumns = (cells: readonly CellSummary[], paths: readonly string[]): readonly Column<CellSummary>[] => [
  { name: "cell", type: "INT32", of: ({ cell }) => cell },
  ...settingColumns(cells, paths, (cell: CellSummary) => cell),
  { name: "runs", type: "INT32", of: ({ runs }) => runs },
  { name: "memberHours", type: "DOUBLE", of: ({ memberHours }) => memberHours },
  ...Object.keys(cells[0]?.figures ?? {}).flatMap((figure) => (["value", "low", "high", "n", "censored"] as const).map((part): Column<CellSummary> => (
    { name: part === "value" ? figure : `${figure}.${part}`, type: "DOUBLE", of: ({ figures }) => figures[figure]?.[part] ?? null }))),
];

function settingColumns<Of>(cells: readonly Cell[], paths: readonly string[], cellOf: (one: Of) => Cell): readonly Column<Of>[] {
  return paths.map((path) => {
    const isNumber = cells.every(({ settings }) => typeof settings[path] === "number");
    return { name: path, type: isNumber ? "DOUBLE" : "STRING", of: (one) => (isNumber ? cellOf(one).settings[path] ?? null : String(cellOf(one).settings[path] ?? "")) };
  });
}

function median(row: Row, name: TimeName): number | null {
  const watched = row.times[name];
  if (watched === undefined) return null;
  const { seconds, censoredAfter } = watched;
  if (censoredAfter !== undefined) return quantiles(sampleOf([observationsIn(row, name)]), [50])[0] ?? null;
  return seconds.length === 1 ? seconds[0]! : seconds.toSorted((a, b) => a - b)[Math.ceil(seconds.length / 2) - 1] ?? null;
}

function greatest(lengths: readonly number[]): number | null {
  let most: number | null = null;
  for (const length of lengths) if (most === null || length > most) most = length;
  return most;
}
