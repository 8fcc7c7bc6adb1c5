/** The file of finished runs: one line each, appended as soon as a run is over, so that a killed process loses only runs under way. It keeps where each line is, and reads the line again when needed. */

import { closeSync, existsSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { placeOf, type Turn } from "../../lab/order.ts";
import { type Row, type TimeName, timeNames } from "../../lab/model.ts";
import { exits, isSystemFault, Stop, whyNot } from "../stop.ts";
import { type Extent, Places } from "./places.ts";
import { Scanner } from "./scanner.ts";

/** Bytes that are read at a time to find the lines. */
const BLOCK = 1 << 20;
const [NEWLINE, QUOTE, COLON, OPENED, CLOSED] = [10, 34, 58, 123, 125];
/** How each line begins, and where its lengths begin. */
const [CELL, REPETITION, HASH, TIMES] = ['{"cell":', ',"repetition":', ',"traceHash":"', '"times":{'].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer, Buffer];
/** The digits of a hash, and what follows them. */
const HASH_END = 18;

export class Journal {
  readonly path: string;
  private readonly repeats: number;
  private readonly places: Places;
  private readonly file: number;
  private readonly nth: number;
  private readonly scanner = new Scanner();
  private end = 0;
  /** Was the last line incomplete, and was it cut off? */
  isRepaired = false;
  count = 0;
  /** Lines that repeat another line of this file. */
  repeated = 0;
  /** The kinds of lengths in any run, and their names as bytes. */
  readonly kinds = new Set<TimeName>();
  private readonly spelled: Buffer[] = [];

  /** Opens the file, to continue it or only to read it; several may share their places. Throws a Stop if it contains lines that are not runs of these cells, or contradicts another file. */
  constructor(path: string, extent: Extent, manner: "append" | "read", places = new Places(extent)) {
    [this.path, this.repeats, this.places] = [path, extent.repeats, places];
    if (manner === "read" && !existsSync(path)) throw new Stop(exits.noInput, `there is no file ${path}`);
    this.file = openSync(path, manner === "append" ? "a+" : "r");
    this.nth = places.open(this.file, path);
    try {
      this.scan(extent.cells);
      if (this.isRepaired && manner === "append") ftruncateSync(this.file, this.end);
    } catch (thrown) {
      closeSync(this.file);
      throw thrown;
    }
  }

  /** The places of its lines, and of those of the journals that share them. */
  get whereabouts(): Places {
    return this.places;
  }

  has(turn: Turn): boolean {
    return this.places.has(placeOf(turn, this.repeats));
  }

  append(row: Row): void {
    const line = Buffer.from(`${JSON.stringify(row)}\n`);
    try {
      for (let written = 0; written < line.length; ) written += writeSync(this.file, line, written);
    } catch (fault) {
      if (!isSystemFault(fault)) throw fault;
      throw new Stop(exits.noOutput, `${this.path} can't be written to: ${whyNot(fault)}; what was written is kept, and the same command resumes it`);
    }
    this.notice(line, 0, line.length - 1);
    this.places.set(placeOf(row, this.repeats), this.nth, this.end, line.length - 1);
    this.end += line.length;
    this.count++;
  }

  row(place: number): Row {
    return rowIn(this.places.line(place), () => `${this.path}, cell ${Math.floor(place / this.repeats)}, repetition ${place % this.repeats}`);
  }

  close(): void {
    closeSync(this.file);
  }

  /** Looks for names of kinds: words in quotes before an opening brace. */
  private notice(text: Buffer, from: number, to: number): void {
    const begin = text.indexOf(TIMES, from);
    if (begin < 0 || begin >= to) return;
    for (let at = begin + TIMES.length; at < to; at++) {
      if (text[at] !== QUOTE) continue;
      const scanner = this.scanner.over(text, at + 1, to);
      if (this.spelled.some((name) => scanner.pass(name))) {
        at = scanner.at - 1;
        continue;
      }
      const closes = text.indexOf(QUOTE, at + 1);
      if (closes < 0 || closes > to) return;
      if (text[closes + 1] === COLON && text[closes + 2] === OPENED) this.learn(text.toString("latin1", at + 1, closes));
      at = closes;
    }
  }

  private learn(name: string): void {
    const known = timeNames.find((each) => each === name);
    if (known === undefined || this.kinds.has(known)) return;
    this.kinds.add(known);
    // With what follows it, because one name is a prefix of another.
    this.spelled.push(Buffer.from(`${name}":{"seconds":[`));
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
    const turn = this.turnOf(text, from, to);
    if (turn === null) throw new Stop(exits.badData, `${this.path}:${nth} is not a run that swimlab wrote: remove the line, and it is played again`);
    const { cell, repetition } = turn;
    const run = `${this.path}:${nth} is a run of cell ${cell}, repetition ${repetition}`;
    if (cell >= cells) throw new Stop(exits.badData, `${run}, and this sweep has ${cells} cells: it belongs to another`);
    if (repetition >= this.repeats) throw new Stop(exits.badData, `${run} (the first is 0), and ${this.repeats} ${this.repeats === 1 ? "run of each cell is" : "runs of each cell are"} requested: request at least as many as were played here, or name another folder with --out`);
    const place = placeOf(turn, this.repeats);
    if (!this.places.has(place)) {
      this.notice(text, from, to);
      this.places.set(place, this.nth, at, to - from);
      this.count++;
      return;
    }
    const isOwn = this.places.ownerOf(place) === this.nth;
    if (this.places.line(place).equals(text.subarray(from, to))) {
      if (isOwn) this.repeated++;
      else this.places.again++;
      return;
    }
    if (isOwn) throw new Stop(exits.badData, `${this.path}:${nth} contradicts an earlier line of the same run, cell ${cell}, repetition ${repetition}: one of them is not swimlab's; remove both, and the run is played again`);
    const other = this.places.files[this.places.ownerOf(place)]?.path ?? "";
    throw new Stop(exits.badData, `${dirname(other)} and ${dirname(this.path)} contradict each other about cell ${cell}, repetition ${repetition}: one of them is not swimlab's of this version`);
  }

  /** The run that a line belongs to; null if it is none. */
  private turnOf(text: Buffer, from: number, to: number): Turn | null {
    const scanner = this.scanner.over(text, from, to);
    if (!scanner.pass(CELL)) return null;
    const cell = scanner.whole();
    if (!scanner.pass(REPETITION)) return null;
    const repetition = scanner.whole();
    const isRow = scanner.pass(HASH) && scanner.at + HASH_END <= to && text[scanner.at + HASH_END - 2] === QUOTE && text[to - 1] === CLOSED;
    return isRow ? { cell, repetition } : null;
  }
}

/** Parses a line. Throws a Stop if it is none of ours. */
export function rowIn(line: Buffer, place: () => string): Row {
  try {
    const row: unknown = JSON.parse(line.toString());
    if (isRow(row)) return row;
  } catch {
    // Not JSON: not ours, handled below.
  }
  throw new Stop(exits.badData, `${place()}: this line is not a run that swimlab wrote: remove it, and the run is played again`);
}

const isRow = (value: unknown): value is Row =>
  typeof value === "object" && value !== null && "counts" in value && "times" in value && "memberSeconds" in value && typeof value.memberSeconds === "number" &&
  typeof value.counts === "object" && value.counts !== null && typeof value.times === "object" && value.times !== null;
