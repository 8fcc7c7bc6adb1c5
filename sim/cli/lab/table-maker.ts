/** Makes the two tables of all runs from portions of lines: in this thread, or in a separate one while this one computes. */

import type { MessagePort } from "node:worker_threads";
import type { Cell, Row, TimeName } from "../../lab/model.ts";
import { turnAt } from "../../lab/order.ts";
import { isSystemFault } from "../stop.ts";
import { runColumns } from "./columns.ts";
import { rowIn } from "./journal.ts";
import { Portion, type Shared } from "./portion.ts";
import { RowReader } from "./row-reader.ts";
import { csvTable, parquetTable } from "./tables.ts";

/** Which tables, and where. */
export type TableTask = {
  readonly csv: string;
  readonly parquet: string;
  readonly cells: readonly Cell[];
  readonly paths: readonly string[];
  readonly kinds: readonly TimeName[];
  readonly repeats: number;
  readonly about: Readonly<Record<string, string>>;
};

/** An order to a separate thread: take this many lines of the nth buffer. */
export type Order = { readonly kind: "take"; readonly nth: number; readonly lines: number } | { readonly kind: "close" };
/** Its answers. */
export type Answer = { readonly kind: "taken"; readonly nth: number } | { readonly kind: "closed" } | { readonly kind: "failed"; readonly fault: { readonly message: string; readonly code?: string | undefined; readonly syscall?: string | undefined } };

/** Takes portions, in order. A portion may be reused once `isFree` has resolved. */
export type TableMaker = {
  readonly take: (nth: number, portion: Portion) => void;
  readonly isFree: (nth: number) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Parses each line of a portion, and passes it on with its row, which is valid until the next. */
export function eachRow(portion: Portion, reader: RowReader, repeats: number, see: (row: Row, nth: number) => void): void {
  for (let nth = 0; nth < portion.lines; nth++) {
    const [from, to, place] = [portion.starts[nth]!, portion.ends[nth]!, portion.places[nth]!];
    const row = reader.read(portion.bytes, from, to) ?? rowIn(portion.bytes.subarray(from, to), () => {
      const { cell, repetition } = turnAt(place, repeats);
      return `cell ${cell}, repetition ${repetition}`;
    });
    see(row, nth);
  }
}

function tablesOf({ csv, parquet, cells, paths, kinds, repeats, about }: TableTask): { readonly take: (portion: Portion) => void; readonly close: () => void } {
  const columns = runColumns(cells, paths, new Set(kinds));
  const tables = [csvTable(csv, columns), parquetTable(parquet, columns, about)];
  const reader = new RowReader();
  return {
    take: (portion) => eachRow(portion, reader, repeats, (row) => {
      const run = { cell: cells[row.cell]!, row };
      for (const table of tables) table.add(run);
    }),
    close: () => tables.forEach((table) => table.close()),
  };
}

/** Makes the tables in this thread. */
export function tablesHere(task: TableTask): TableMaker {
  const tables = tablesOf(task);
  return { take: (_, portion) => tables.take(portion), isFree: () => Promise.resolve(), close: () => Promise.resolve(tables.close()) };
}

/** Makes the tables in the thread that was started for it. */
export function makeTables(task: TableTask, memory: readonly Shared[], port: MessagePort): void {
  const answer = (what: Answer): void => port.postMessage(what);
  const guarded = (work: () => void): void => {
    try {
      work();
    } catch (fault) {
      if (!isSystemFault(fault)) throw fault;
      answer({ kind: "failed", fault: { message: fault.message, code: fault.code, syscall: fault.syscall } });
    }
  };
  guarded(() => {
    const [tables, portions] = [tablesOf(task), memory.map((each) => new Portion(each))];
    port.on("message", (order: Order) => guarded(() => {
      if (order.kind === "close") {
        tables.close();
        answer({ kind: "closed" });
        return;
      }
      const portion = portions[order.nth]!;
      portion.lines = order.lines;
      tables.take(portion);
      answer({ kind: "taken", nth: order.nth });
    }));
  });
}
