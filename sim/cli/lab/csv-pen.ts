/** Writes CSV (RFC 4180) directly as bytes: for a million lines of forty fields, strings would be too expensive. */

import type { Setting } from "../../lab/model.ts";
import { Pen } from "./pen.ts";

/** Bytes that are buffered before they go to the file. */
const PIECE = 1 << 16;
/** The most bytes of a number, with its comma and the end of the line. */
const NUMBER = 64;
const [COMMA, NEWLINE, POINT, ZERO] = [44, 10, 46, 48];
/** Numbers up to this many millionths are written digit by digit: they have at most fifteen digits, so the result is the same as the language's own. */
const MOST = 1e15;
const MILLION = 1e6;

/** Writes field after field, line after line; `names` form the first line. */
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

  /** Writes the next field of the line; null leaves it empty. */
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

  /** Writes whole numbers, and whole numbers of millionths. Otherwise returns false, and writes nothing. */
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
