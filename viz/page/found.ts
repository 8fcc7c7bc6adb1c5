/** The lines that match the filter, searched in portions from the beginning of the run, while the log is visible. */

import { bisectRight } from "d3";
import type { LineNumber, RunId } from "../model/run.ts";
import type { Desk } from "./desk.ts";

/** The most lines that are kept: a user who wants more should filter more. */
const MOST = 2_000_000;

/** `numbers` is null without a filter: then every line is there, under its own number. */
export class Found {
  numbers: Uint32Array | null = null;
  count = 0;
  scanned: LineNumber = 0;
  private readonly desk: Desk;
  private readonly changed: () => void;
  private run: RunId | null = null;
  private filter = "";
  private isAsking = false;

  constructor(desk: Desk, changed: () => void) {
    this.desk = desk;
    this.changed = changed;
  }

  /** Continues the search if there are more lines: `lines` are known. */
  follow(run: RunId, filter: string, lines: number): void {
    if (run !== this.run || filter !== this.filter) {
      [this.run, this.filter, this.scanned, this.count] = [run, filter, 0, 0];
      this.numbers = filter === "" ? null : new Uint32Array(1_024);
    }
    if (filter === "") [this.count, this.scanned] = [lines, lines];
    else if (!this.isAsking && this.scanned < lines && this.count < MOST) void this.lookOn(run, filter);
  }

  /** The line in a row of the list. */
  lineIn(row: number): LineNumber {
    return this.numbers === null ? row : (this.numbers[row] ?? 0);
  }

  /** The last row at or before a line; −1 if there is none. */
  rowOf(line: LineNumber): number {
    if (this.numbers === null) return Math.min(line, this.count - 1);
    return bisectRight(this.numbers, line, 0, this.count) - 1;
  }

  private async lookOn(run: RunId, filter: string): Promise<void> {
    this.isAsking = true;
    try {
      const { lines, scanned } = await this.desk.ask("search", { run, from: this.scanned, direction: 1, most: 20_000, filter });
      if (run === this.run && filter === this.filter) {
        this.take(lines);
        this.scanned = scanned;
      }
    } finally {
      this.isAsking = false;
      this.changed();
    }
  }

  private take(lines: Uint32Array): void {
    let numbers = this.numbers ?? new Uint32Array(1_024);
    if (this.count + lines.length > numbers.length) {
      const wider = new Uint32Array(Math.max(2 * numbers.length, this.count + lines.length));
      wider.set(numbers);
      numbers = wider;
    }
    numbers.set(lines, this.count);
    this.numbers = numbers;
    this.count += lines.length;
  }
}
