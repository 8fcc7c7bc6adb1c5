/** A table of texts that gives each the next number when it comes up for the first time. */

const SLOTS = 1024;

/**
 * What a Map does, for short texts that come fresh out of packets: a Map has the JavaScript engine hash each anew, which takes longer than the rest of
 * a line. Long ones are hashed by their ends. Peers choose texts, and may choose such that crowd one place: it is not searched for long, and a
 * text that is not found there is taken for new.
 */
export class TextTable {
  private texts: string[] = [];
  private slots = new Int32Array(SLOTS);

  get size(): number {
    return this.texts.length;
  }

  /** The number of a text, from 0; -1 if it is new, and has the next one from now on. */
  find(text: string): number {
    const mask = this.slots.length - 1;
    let slot = hash(text) & mask;
    for (let tries = 0; tries < 16; tries++) {
      const number = this.slots[slot] ?? 0;
      if (number === 0) break;
      if (this.texts[number - 1] === text) return number - 1;
      slot = (slot + 1) & mask;
    }
    this.slots[slot] = this.texts.push(text);
    if (2 * this.texts.length > this.slots.length) this.grow();
    return -1;
  }

  clear(): void {
    this.texts = [];
    this.slots = new Int32Array(SLOTS);
  }

  private grow(): void {
    this.slots = new Int32Array(2 * this.slots.length);
    const mask = this.slots.length - 1;
    for (const [number, text] of this.texts.entries()) {
      let slot = hash(text) & mask;
      for (let tries = 1; tries < 16 && this.slots[slot] !== 0; tries++) slot = (slot + 1) & mask;
      this.slots[slot] = number + 1;
    }
  }
}

/** Up to so many of a text's units are looked at from either end. */
const NEAR = 24;

function hash(text: string): number {
  const { length } = text;
  const near = length < NEAR ? length : NEAR;
  // Two chains side by side, which processors do at once.
  let x = length;
  let y = 0;
  let i = 0;
  for (; i + 1 < near; i += 2) {
    x = Math.imul(x ^ text.charCodeAt(i), 0x01000193);
    y = Math.imul(y ^ text.charCodeAt(i + 1), 0x01000193);
  }
  for (i = Math.max(i, length - NEAR); i < length; i++) x = Math.imul(x ^ text.charCodeAt(i), 0x01000193);
  x = Math.imul(x, 0x9e3779b1) ^ y;
  x ^= x >>> 15;
  return x ^ (x >>> 7);
}
