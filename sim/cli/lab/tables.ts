/** Tables on disk, row by row: as comma-separated text, and as Parquet for whoever has many. */

import { closeSync, openSync, writeSync } from "node:fs";
import { ByteWriter, ParquetWriter, schemaFromColumnData } from "hyparquet-writer";
import type { Column } from "./columns.ts";

/** A table that takes rows until it is closed. */
export type Table<Of> = { readonly add: (one: Of) => void; readonly close: () => void };

/** Text goes to the disk in pieces of about so many bytes. */
const PIECE = 1 << 20;

/** A file that is written in large pieces. */
export class Pen {
  private readonly file: number;
  private waiting: Buffer[] = [];
  private size = 0;

  constructor(path: string) {
    this.file = openSync(path, "w");
  }

  write(piece: Buffer | string): void {
    const bytes = typeof piece === "string" ? Buffer.from(piece) : piece;
    this.waiting.push(bytes);
    this.size += bytes.length;
    if (this.size >= PIECE) this.flush();
  }

  close(): void {
    this.flush();
    closeSync(this.file);
  }

  private flush(): void {
    const bytes = Buffer.concat(this.waiting);
    for (let written = 0; written < bytes.length; ) written += writeSync(this.file, bytes, written);
    [this.waiting, this.size] = [[], 0];
  }
}

/** Comma-separated, as RFC 4180 has it; nothing where there is nothing to say. */
export function csvTable<Of>(path: string, columns: readonly Column<Of>[]): Table<Of> {
  const pen = new Pen(path);
  pen.write(`${columns.map(({ name }) => quoted(name)).join(",")}\n`);
  let [lines, waiting] = ["", 0];
  return {
    add: (one) => {
      let line = "";
      for (const { of } of columns) line += `${line === "" ? "" : ","}${quoted(of(one))}`;
      lines += `${line}\n`;
      if (++waiting < 512) return;
      pen.write(lines);
      [lines, waiting] = ["", 0];
    },
    close: () => {
      pen.write(lines);
      pen.close();
    },
  };
}

const quoted = (value: string | number | boolean | null): string => (typeof value === "string" && /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : `${value ?? ""}`);

/** Rows of one group in the file, and in memory. */
const GROUP = 65_536;

/** Parquet with typed columns; `about` is what the file says of itself. */
export function parquetTable<Of>(path: string, columns: readonly Column<Of>[], about: Readonly<Record<string, string>>): Table<Of> {
  const pen = new Pen(path);
  const writer = new Page(pen);
  const group = columns.map(() => [] as (string | number | boolean | null)[]);
  const columnData = (): { readonly name: string; readonly data: (string | number | boolean | null)[]; readonly type: Column<Of>["type"]; readonly nullable: boolean }[] =>
    columns.map(({ name, type }, i) => ({ name, data: group[i]!, type, nullable: true }));
  const parquet = new ParquetWriter({
    writer, schema: schemaFromColumnData({ columnData: columnData() }), createdBy: "swimlab", kvMetadata: Object.entries(about).map(([key, value]) => ({ key, value })),
  });
  const flush = (): void => {
    if ((group[0]?.length ?? 0) === 0) return;
    // With a writer in memory, nothing is promised: all is done when this returns.
    void parquet.write({ columnData: columnData(), rowGroupSize: GROUP });
    writer.drain();
    for (const column of group) column.length = 0;
  };
  return {
    add: (one) => {
      for (let i = 0; i < columns.length; i++) group[i]!.push(columns[i]!.of(one));
      if (group[0]!.length >= GROUP) flush();
    },
    close: () => {
      flush();
      void parquet.finish();
      writer.drain();
      pen.close();
    },
  };
}

/** Collects the bytes of a group in memory, and passes them on; positions in the file go on counting. */
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
