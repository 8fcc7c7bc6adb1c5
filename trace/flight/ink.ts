/** Writes numbers, texts and references to a table of texts into a buffer, of which parts are handed out without copying. */

import { TextTable } from "./table.ts";

/** The usual size of a buffer, in bytes. */
const USUAL = 65_536;

/** The most bytes of a number: see `number`. */
const LONGEST = 10;

/**
 * Whole numbers are varints: seven bits a byte, low ones first; the high bit of a byte says that more follow. A text is its length and its UTF-16
 * units, each as such a number: mostly a byte per character.
 */
export class Ink {
  private bytes = new Uint8Array(USUAL);
  /** The bytes before this were handed out, and are never written again. */
  private start = 0;
  private end = 0;
  private readonly texts = new TextTable();
  /** The numbers of texts that were written by `familiar`. */
  private readonly again = new Map<string, number>();

  /** How many bytes were written since the last `take`. */
  get length(): number {
    return this.end - this.start;
  }

  /** Leaves room for this many bytes, which the caller fills after `take`. */
  spare(length: number): void {
    this.grow(length);
    this.end += length;
  }

  byte(value: number): void {
    if (this.end === this.bytes.length) this.grow(1);
    this.bytes[this.end++] = value;
  }

  /** A whole number from 0 up to 2⁵³. */
  whole(value: number): void {
    if (this.end + LONGEST > this.bytes.length) this.grow(LONGEST);
    const { bytes } = this;
    let { end } = this;
    let rest = value;
    for (; rest > 0x7fffffff; rest = Math.floor(rest / 128)) bytes[end++] = (rest % 128) | 128;
    for (; rest > 127; rest >>>= 7) bytes[end++] = (rest & 127) | 128;
    bytes[end++] = rest;
    this.end = end;
  }

  /** A line's head: a byte, a number of microseconds, and two bytes of the check. One method, because every step needs it. */
  head(code: number, wait: number, check: number): void {
    if (this.end + 16 > this.bytes.length) this.grow(16);
    this.bytes[this.end++] = code;
    this.number(wait);
    const { bytes, end } = this;
    bytes[end] = check;
    bytes[end + 1] = check >> 8;
    this.end = end + 2;
  }

  /** Any number: a whole one plus one, or 0 and eight bytes. */
  number(value: number): void {
    if (value >= 0 && (value < 0x3fffffff ? (value | 0) === value : Number.isSafeInteger(value + 1))) {
      this.whole(value + 1);
      return;
    }
    this.byte(0);
    this.grow(8);
    new DataView(this.bytes.buffer).setFloat64(this.end, value, true);
    this.end += 8;
  }

  /** A signed 32-bit integer. */
  word(value: number): void {
    if (this.end + 4 > this.bytes.length) this.grow(4);
    const { bytes, end } = this;
    bytes[end] = value;
    bytes[end + 1] = value >> 8;
    bytes[end + 2] = value >> 16;
    bytes[end + 3] = value >> 24;
    this.end = end + 4;
  }

  text(text: string): void {
    this.whole(text.length);
    for (let i = 0; i < text.length; i++) this.whole(text.charCodeAt(i));
  }

  /**
   * A text that may be repeated: the first time 0 and the text, which gets the next number in a table; later its number. The empty text is always 1.
   * Returns the number.
   */
  known(text: string): number {
    if (text.length === 0) {
      this.byte(1);
      return 1;
    }
    const known = this.texts.find(text);
    if (known >= 0) {
      this.whole(known + 2);
      return known + 2;
    }
    this.byte(0);
    this.text(text);
    return this.texts.size + 1;
  }

  /** The same for a text that mostly comes as the same string object, such as a sender's address: JavaScript engines cache a string's hash, while the table would compute it again. */
  familiar(text: string): number {
    const number = this.again.get(text);
    if (number !== undefined) {
      this.whole(number);
      return number;
    }
    const fresh = this.known(text);
    this.again.set(text, fresh);
    return fresh;
  }

  raw(bytes: Uint8Array): void {
    this.grow(bytes.length);
    this.bytes.set(bytes, this.end);
    this.end += bytes.length;
  }

  /** Clears the table of texts. */
  forget(): void {
    this.texts.clear();
    this.again.clear();
  }

  /** The bytes written since the last call; from now on they belong to the caller. */
  take(): Uint8Array {
    const taken = this.bytes.subarray(this.start, this.end);
    this.start = this.end;
    return taken;
  }

  private grow(by: number): void {
    if (this.end + by <= this.bytes.length) return;
    const written = this.bytes.subarray(this.start, this.end);
    this.bytes = new Uint8Array(Math.max(USUAL, 2 * (written.length + by)));
    this.bytes.set(written);
    this.start = 0;
    this.end = written.length;
  }
}
