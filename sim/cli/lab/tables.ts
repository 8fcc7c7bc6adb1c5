/** Tables on disk, written row by row: as CSV, and as Parquet for large ones. */

import { ByteWriter, ParquetWriter, schemaFromColumnData } from "hyparquet-writer";
import type { Column } from "./columns.ts";
import { CsvPen } from "./csv-pen.ts";
import { Pen } from "./pen.ts";

/** A table that takes rows until it is closed. */
export type Table<Of> = { readonly add: (one: Of) => void; readonly close: () => void };

/** A table as CSV. */
export function csvTable<Of>(path: string, columns: readonly Column<Of>[]): Table<Of> {
  const pen = new CsvPen(path, columns.map(({ name }) => name));
  return {
    add: (one) => {
      for (const { of } of columns) pen.field(of(one));
      pen.endLine();
    },
    close: () => pen.close(),
  };
}

/** Rows of one group in the file, and in memory. */
const GROUP = 65_536;

type Value = string | number | boolean | null;

/** The values of a column in the current group: as numbers while none is missing. */
class Filling {
  private readonly numbers: Float64Array | null;
  private readonly others: Value[] = [];
  private hasGaps = false;

  constructor({ type }: Column<never>) {
    this.numbers = type === "STRING" ? null : new Float64Array(GROUP);
  }

  set(nth: number, value: Value): void {
    if (this.numbers === null) this.others[nth] = value;
    else if (value === null) {
      this.hasGaps = true;
      this.numbers[nth] = NaN;
    } else this.numbers[nth] = value as number;
  }

  /** Takes this many values, and starts again. A missing number is NaN here, which no figure of ours ever is. */
  take(count: number): Value[] | Float64Array {
    if (this.numbers === null) return this.others.splice(0, count);
    const filled = this.numbers.subarray(0, count);
    const { hasGaps } = this;
    this.hasGaps = false;
    return hasGaps ? Array.from(filled, (value) => (Number.isNaN(value) ? null : value)) : filled;
  }
}

/** Parquet with typed columns; `about` is the file's metadata. */
export function parquetTable<Of>(path: string, columns: readonly Column<Of>[], about: Readonly<Record<string, string>>): Table<Of> {
  const pen = new Pen(path);
  const writer = new Page(pen);
  const group = columns.map((column) => new Filling(column));
  let rows = 0;
  const columnData = (count: number): { readonly name: string; readonly data: Value[] | Float64Array; readonly type: Column<Of>["type"]; readonly nullable: boolean }[] =>
    columns.map(({ name, type, isAlways = false, isUnique = false }, i) => ({ name, data: group[i]!.take(count), type, nullable: !isAlways, ...(isUnique ? plain : {}) }));
  const parquet = new ParquetWriter({
    writer, schema: schemaFromColumnData({ columnData: columnData(0) }), createdBy: "swimlab", kvMetadata: Object.entries(about).map(([key, value]) => ({ key, value })),
  });
  const flush = (): void => {
    if (rows === 0) return;
    // With a writer in memory there is no promise to await: all is done when this returns.
    void parquet.write({ columnData: columnData(rows), rowGroupSize: GROUP });
    writer.drain();
    rows = 0;
  };
  return {
    add: (one) => {
      for (let i = 0; i < columns.length; i++) group[i]!.set(rows, columns[i]!.of(one));
      if (++rows === GROUP) flush();
    },
    close: () => {
      flush();
      void parquet.finish();
      writer.drain();
      pen.close();
    },
  };
}

/** A column whose values are all different gains nothing from a dictionary or from statistics. */
const plain = { encoding: "PLAIN", statistics: false } as const;

/** Collects the bytes of a group in memory, and passes them on; positions in the file continue to count. */
class Page extends ByteWriter {
  private readonly pen: Pen;

  constructor(pen: Pen) {
    super();
    this.pen = pen;
  }

  drain(): void {
    this.pen.write(Buffer.from(new Uint8Array(this.buffer, 0, this.index)));
    this.index = 0;
  }
}
