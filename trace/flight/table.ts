/** A table that numbers texts in the order of their first appearance. */

const SLOTS = 1024;

/**
 * Replaces a Map for short texts that come fresh from packets: for a Map the JavaScript engine would hash each anew, which takes longer than the rest of
 * a line. Long texts are hashed by their ends. Peers choose the texts, and may cause collisions: so only a few slots are searched, and a
 * text that is not found there counts as new.
 */
export class TextTable {
  private texts: string[] = [];
  /** Two numbers for each slot: a text's hash, and its number from 1, or 0 if the slot is free. Texts with another hash need not be read from memory. */
  private slots = new Int32Array(2 * SLOTS);

  get size(): number {
    return this.texts.length;
  }

  /** The number of a text, from 0; -1 if it is new, and gets the next one. */
  find(text: string): number {
    const { slots } = this;
    const mask = slots.length - 2;
    const sought = hash(text);
    let slot = (2 * sought) & mask;
    for (let tries = 0; tries < 16; tries++) {
      const number = slots[slot + 1] ?? 0;
      if (number === 0) break;
      if (slots[slot] === sought && this.texts[number - 1] === text) return number - 1;
      slot = (slot + 2) & mask;
    }
    slots[slot] = sought;
    slots[slot + 1] = this.texts.push(text);
    if (4 * this.texts.length > slots.length) this.grow();
    return -1;
  }

  clear(): void {
    this.texts = [];
    this.slots = new Int32Array(2 * SLOTS);
  }

  private grow(): void {
    this.slots = new Int32Array(2 * this.slots.length);
    const { slots } = this;
    const mask = slots.length - 2;
    for (const [number, text] of this.texts.entries()) {
      const sought = hash(text);
      let slot = (2 * sought) & mask;
      for (let tries = 1; tries < 16 && slots[slot + 1] !== 0; tries++) slot = (slot + 2) & mask;
      slots[slot] = sought;
      slots[slot + 1] = number + 1;
    }
  }
}

/** How many of a text's units are hashed, from either end. */
const NEAR = 24;

function hash(text: string): number {
  const { length } = text;
  const near = length < NEAR ? length : NEAR;
  // Two chains side by side, which processors compute in parallel.
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
