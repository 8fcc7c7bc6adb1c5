/** The file of finished runs: a line each, appended as soon as a run is over, so that a killed process loses none but those under way. Where each line is, is known; what it says, is read again when wanted. */

import { closeSync, existsSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";
import { placeOf, type Turn } from "../../lab/order.ts";
import { type Row, type TimeName, timeNames } from "../../lab/model.ts";
import { exits, isSystemFault, Stop, whyNot } from "../stop.ts";

/** How many runs there can be. */
export type Extent = { readonly cells: number; readonly repeats: number };

/** Bytes that are read at a time to find the lines. */
const BLOCK = 1 << 20;
const NEWLINE = 10;
/** Where a line speaks of lengths, and how it names each kind of them. */
const TIMES = Buffer.from('"times":{');
const kind = /"([A-Za-z.]+)":\{"/g;
/** How each line begins. */
const head = /^\{"cell":(\d+),"repetition":(\d+),"traceHash":"[0-9a-f]{16}",/;

/** Where the line of a place begins; −1 if there is none. With its length, twelve bytes a run: all that grows with their number. */
const NOWHERE = -1;

export class Journal {
  readonly path: string;
  private readonly repeats: number;
  private readonly offsets: Float64Array;
  private readonly file: number;
  private readonly lengths: Uint32Array;
  private end = 0;
  /** Was the last line half written, and was it cut off? */
  isRepaired = false;
  count = 0;
  /** Lines that say again what another says. */
  repeated = 0;
  /** The kinds of lengths that any run has watched. */
  readonly kinds = new Set<TimeName>();

  /** Opens the file, to go on with it or only to read it. Throws a Stop if it holds what are no runs of these cells. */
  constructor(path: string, { cells, repeats }: Extent, manner: "append" | "read") {
    this.path = path;
    this.repeats = repeats;
    this.offsets = new Float64Array(cells * repeats).fill(NOWHERE);
    this.lengths = new Uint32Array(cells * repeats);
    if (manner === "read" && !existsSync(path)) throw new Stop(exits.noInput, `there is no file ${path}`);
    this.file = openSync(path, manner === "append" ? "a+" : "r");
    try {
      this.scan(cells);
      if (this.isRepaired && manner === "append") ftruncateSync(this.file, this.end);
    } catch (thrown) {
      closeSync(this.file);
      throw thrown;
    }
  }

  has(turn: Turn): boolean {
    return this.offsets[placeOf(turn, this.repeats)] !== NOWHERE;
  }

  hasPlace(place: number): boolean {
    return this.offsets[place] !== NOWHERE;
  }

  append(row: Row): void {
    const line = Buffer.from(`${JSON.stringify(row)}\n`);
    try {
      for (let written = 0; written < line.length; ) written += writeSync(this.file, line, written);
    } catch (fault) {
      if (!isSystemFault(fault)) throw fault;
      throw new Stop(exits.noOutput, `${this.path} can't be written to: ${whyNot(fault)}; what is there is kept, and the same command goes on with it`);
    }
    this.notice(line);
    this.offsets[placeOf(row, this.repeats)] = this.end;
    this.lengths[placeOf(row, this.repeats)] = line.length - 1;
    this.end += line.length;
    this.count++;
  }

  /** The line of a place, without its end. */
  line(place: number): Buffer {
    const at = this.offsets[place] ?? NOWHERE;
    if (at === NOWHERE) throw new RangeError(`there is no run at place ${place}`);
    const line = Buffer.allocUnsafe(this.lengths[place] ?? 0);
    readSync(this.file, line, 0, line.length, at);
    return line;
  }

  row(place: number): Row {
    return rowIn(this.line(place), () => `${this.path}, cell ${Math.floor(place / this.repeats)}, repetition ${place % this.repeats}`);
  }

  close(): void {
    closeSync(this.file);
  }

  private notice(line: Buffer): void {
    const from = line.indexOf(TIMES);
    if (from < 0) return;
    for (const [, name] of line.toString("latin1", from + TIMES.length).matchAll(kind)) {
      const known = timeNames.find((each) => each === name);
      if (known !== undefined) this.kinds.add(known);
    }
  }

  private scan(cells: number): void {
    const { size } = fstatSync(this.file);
    let [rest, at, lineNumber] = [Buffer.alloc(0), 0, 0];
    for (let read = 0; read < size; ) {
      const piece = Buffer.allocUnsafe(Math.min(BLOCK, size - read));
      read += readSync(this.file, piece, 0, piece.length, read);
      const text = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
      let from = 0;
      for (let to = text.indexOf(NEWLINE); to >= 0; to = text.indexOf(NEWLINE, from)) {
        this.note(text, { from, to, at: at + from, cells, nth: ++lineNumber });
        from = to + 1;
      }
      rest = text.subarray(from);
      at += from;
    }
    this.end = at;
    this.isRepaired = rest.length > 0;
  }

  private note(text: Buffer, { from, to, at, cells, nth }: { readonly from: number; readonly to: number; readonly at: number; readonly cells: number; readonly nth: number }): void {
    const found = head.exec(text.toString("latin1", from, Math.min(to, from + 100)));
    const turn = { cell: Number(found?.[1] ?? NaN), repetition: Number(found?.[2] ?? NaN) };
    const isOne = found !== null && text[to - 1] === 125;
    if (!isOne) throw new Stop(exits.badData, `${this.path}:${nth} is no run of swimlab's: remove the line, and it is played again`);
    if (turn.cell >= cells || turn.repetition >= this.repeats) {
      throw new Stop(exits.badData, `${this.path}:${nth} is a run of cell ${turn.cell}, repetition ${turn.repetition}, and this sweep has ${cells} cells of ${this.repeats}: it belongs to another`);
    }
    const place = placeOf(turn, this.repeats);
    const before = this.offsets[place] ?? NOWHERE;
    if (before === NOWHERE) {
      this.notice(text.subarray(from, to));
      [this.offsets[place], this.lengths[place]] = [at, to - from];
      this.count++;
      return;
    }
    if (!this.line(place).equals(text.subarray(from, to))) {
      throw new Stop(exits.badData, `${this.path}:${nth} says otherwise than an earlier line of the same run, cell ${turn.cell}, repetition ${turn.repetition}: one of them is not swimlab's; remove both, and the run is played again`);
    }
    this.repeated++;
  }
}

/** Reads a line. Throws a Stop if it is none of ours. */
export function rowIn(line: Buffer, place: () => string): Row {
  try {
    const row: unknown = JSON.parse(line.toString());
    if (isRow(row)) return row;
  } catch {
    // Not JSON: not ours, as below.
  }
  throw new Stop(exits.badData, `${place()}: this line is no run of swimlab's: remove it, and the run is played again`);
}

const isRow = (value: unknown): value is Row =>
  typeof value === "object" && value !== null && "counts" in value && "times" in value && "memberSeconds" in value && typeof value.memberSeconds === "number" &&
  typeof value.counts === "object" && value.counts !== null && typeof value.times === "object" && value.times !== null;
