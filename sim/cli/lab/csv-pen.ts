/** Comma-separated text, as RFC 4180 has it, written as bytes right away: a million lines of forty fields have no strings to spare. */

import type { Setting } from "../../lab/model.ts";
import { Pen } from "./pen.ts";

/** Bytes that are gathered before they go to the file. */
const PIECE = 1 << 16;
/** No number takes more, with its comma and the end of the line. */
const NUMBER = 64;
const [COMMA, NEWLINE, POINT, ZERO] = [44, 10, 46, 48];
/** Numbers of up to so many millionths are written digit by digit: they have fifteen digits at most, so that these digits are what the language itself would write. */
const MOST = 1e15;
const MILLION = 1e6;

/** Writes field after field, line after line; `names` are the first line. */
export class CsvPen {
  private readonly pen: Pen;
  private buffer = Buffer.allocUnsafe(PIECE);
  private at = 0;
  private isFirst = true;

  constructor(path: string, names: readonly string[]) {
    this.pen = new Pen(path);
    for (const name of names) this.field(name);
    this.endLine();
  }

  /** The next field of the line; nothing where there is nothing to say. */
  field(value: Setting | null): void {
    if (this.at + NUMBER > PIECE) this.flush();
    if (!this.isFirst) this.buffer[this.at++] = COMMA;
    this.isFirst = false;
    if (value === null) return;
    if (typeof value === "number" && this.digits(value)) return;
    this.text(typeof value === "string" && /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : `${value}`);
  }

  endLine(): void {
    this.buffer[this.at++] = NEWLINE;
    this.isFirst = true;
  }

  close(): void {
    this.flush();
    this.pen.close();
  }

  private text(text: string): void {
    const most = 3 * text.length + NUMBER;
    if (this.at + most > PIECE) {
      this.flush();
      if (most > PIECE) return this.pen.write(text);
    }
    this.at += this.buffer.write(text, this.at);
  }

  /** Whole numbers, and whole numbers of millionths. Answers with false, and writes nothing, if this is neither. */
  private digits(value: number): boolean {
    if (value < 0 || value >= MOST / MILLION) return false;
    const millionths = Math.round(value * MILLION);
    if (millionths / MILLION !== value) return false;
    const whole = Math.floor(millionths / MILLION);
    this.whole(whole);
    let rest = millionths - whole * MILLION;
    if (rest === 0) return true;
    this.buffer[this.at++] = POINT;
    for (let unit = MILLION / 10; rest > 0; unit /= 10) {
      const digit = Math.floor(rest / unit);
      this.buffer[this.at++] = ZERO + digit;
      rest -= digit * unit;
    }
    return true;
  }

  private whole(value: number): void {
    let size = 1;
    for (let bound = 10; value >= bound; bound *= 10) size++;
    for (let at = this.at + size - 1, rest = value; at >= this.at; at--) {
      const tenth = Math.floor(rest / 10);
      this.buffer[at] = ZERO + (rest - tenth * 10);
      rest = tenth;
    }
    this.at += size;
  }

  private flush(): void {
    this.pen.write(this.buffer.subarray(0, this.at));
    [this.buffer, this.at] = [Buffer.allocUnsafe(PIECE), 0];
  }
}
