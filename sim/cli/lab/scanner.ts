/** Parses text that we wrote ourselves directly from its bytes: for millions of lines, without allocating anything for each. */

const [QUOTE, MINUS, POINT, ZERO, NINE] = [34, 45, 46, 48, 57];
/** Numbers with more digits than a double holds exactly are left to the language's own parser. */
const SAFE_DIGITS = 15;
const POWERS = Array.from({ length: SAFE_DIGITS + 1 }, (_, n) => 10 ** n);

/** Stands at a place of the bytes and moves on from there; a failed read returns a value that no valid text gives. */
export class Scanner {
  bytes: Buffer = Buffer.alloc(0);
  at = 0;
  end = 0;

  over(bytes: Buffer, from: number, to: number): this {
    [this.bytes, this.at, this.end] = [bytes, from, to];
    return this;
  }

  /** Skips exactly these bytes; returns false, and does not move, if others are there. */
  pass(literal: Uint8Array): boolean {
    const { bytes, at } = this;
    if (at + literal.length > this.end) return false;
    for (let i = 0; i < literal.length; i++) if (bytes[at + i] !== literal[i]) return false;
    this.at = at + literal.length;
    return true;
  }

  /** A whole number; −1 if there is none. */
  whole(): number {
    const { bytes } = this;
    let [at, value] = [this.at, 0];
    for (let digit = (bytes[at] ?? 0) - ZERO; at < this.end && digit >= 0 && digit <= 9; digit = (bytes[++at] ?? 0) - ZERO) value = value * 10 + digit;
    if (at === this.at || at - this.at > SAFE_DIGITS) return -1;
    this.at = at;
    return value;
  }

  /**
   * A number in JSON's syntax; NaN if there is none. With up to fifteen digits, the digits and the power of ten are exact doubles, so their quotient is what the
   * language itself would read: the double nearest to the text.
   */
  number(): number {
    const { bytes, end } = this;
    const from = this.at;
    const isNegative = bytes[from] === MINUS;
    let [at, value, digits, decimals] = [isNegative ? from + 1 : from, 0, 0, -1];
    for (; at < end; at++) {
      const byte = bytes[at]!;
      if (byte >= ZERO && byte <= NINE) {
        value = value * 10 + (byte - ZERO);
        digits++;
        if (decimals >= 0) decimals++;
      } else if (byte === POINT && decimals < 0) decimals = 0;
      else break;
    }
    const next = at < end ? bytes[at]! | 32 : 0;
    if (digits === 0) return NaN;
    if (digits > SAFE_DIGITS || next === 101) return this.longNumber(from);
    this.at = at;
    if (decimals > 0) value /= POWERS[decimals]!;
    return isNegative ? -value : value;
  }

  /** The text in quotes, normally sixteen digits; null if there are no quotes. */
  quoted(): string | null {
    const { bytes, at } = this;
    if (bytes[at] !== QUOTE) return null;
    const to = bytes.indexOf(QUOTE, at + 1);
    if (to < 0 || to >= this.end) return null;
    this.at = to + 1;
    return bytes.toString("latin1", at + 1, to);
  }

  private longNumber(from: number): number {
    const text = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/.exec(this.bytes.toString("latin1", from, Math.min(this.end, from + 40)))?.[0] ?? "";
    this.at = from + text.length;
    return text === "" ? NaN : Number(text);
  }
}
