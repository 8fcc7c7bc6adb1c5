/** Reads bytes: the mirror of `ink.ts`. Never throws, and never reads beyond the end: errors are noted in `isWrong`. */

/** The table of texts: see `Ink.known`. It continues from one piece of a flight to the next. */
export type Texts = string[];

/** Reads until an error. From then on `isWrong` is true, and every read returns an empty value: 0, the empty text. */
export class Source {
  isWrong = false;
  private readonly bytes: Uint8Array;
  private readonly texts: Texts;
  private at = 0;

  constructor(bytes: Uint8Array, texts: Texts) {
    this.bytes = bytes;
    this.texts = texts;
  }

  /** How many bytes are left. */
  get left(): number {
    return this.isWrong ? 0 : this.bytes.length - this.at;
  }

  byte(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined || this.isWrong) return this.wrong();
    this.at++;
    return byte;
  }

  whole(): number {
    let value = 0;
    for (let unit = 1; unit <= 2 ** 49; unit *= 128) {
      const byte = this.byte();
      value += (byte & 127) * unit;
      if (byte < 128) return Number.isSafeInteger(value) ? value : this.wrong();
    }
    return this.wrong();
  }

  number(): number {
    const value = this.whole();
    if (value > 0 || this.isWrong) return value - 1;
    const bytes = this.raw(8);
    return bytes.length === 8 ? new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0, true) : 0;
  }

  word(): number {
    return this.byte() | (this.byte() << 8) | (this.byte() << 16) | (this.byte() << 24);
  }

  /** How many items follow. Each takes at least a byte, so there cannot be more than the bytes that are left. */
  count(): number {
    const count = this.whole();
    return count <= this.left ? count : this.wrong();
  }

  /** A list, with its length before it. */
  list<T>(read: () => T): readonly T[] {
    return this.many(this.count(), read);
  }

  many<T>(count: number, read: () => T): readonly T[] {
    const items: T[] = [];
    for (let left = count; left > 0 && !this.isWrong; left--) items.push(read());
    return items;
  }

  text(): string {
    const units = this.list(() => this.whole());
    if (units.some((unit) => unit > 0xffff)) this.wrong();
    // In parts, because a call takes a limited number of arguments.
    const parts = Array.from({ length: Math.ceil(units.length / 4096) }, (_, part) => String.fromCharCode(...units.slice(part * 4096, (part + 1) * 4096)));
    return this.isWrong ? "" : parts.join("");
  }

  known(): string {
    const number = this.whole();
    if (this.isWrong) return "";
    if (number === 1) return "";
    if (number > 1) return this.texts[number - 2] ?? this.wrongText();
    const text = this.text();
    if (!this.isWrong) this.texts.push(text);
    return text;
  }

  raw(length: number): Uint8Array {
    if (length > this.left) this.wrong();
    if (this.isWrong) return new Uint8Array(0);
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  /** Notes an error: the rest is not read. */
  wrong(): 0 {
    this.isWrong = true;
    return 0;
  }

  private wrongText(): "" {
    this.isWrong = true;
    return "";
  }
}
