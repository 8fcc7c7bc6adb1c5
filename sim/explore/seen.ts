/** The set of seen prints, each with the number of its situation: open addressing in typed arrays, which hold millions of entries without an object for each. */

const FIRST = 1 << 16;

export class Seen {
  private prints = new Float64Array(FIRST);
  private numbers = new Int32Array(FIRST).fill(-1);
  private readonly scratch = new Float64Array(1);
  private readonly words = new Uint32Array(this.scratch.buffer);
  private count = 0;

  /** The number of this print; −1 if it has not been seen. */
  find(print: number): number {
    return this.numbers[this.slotOf(print)]!;
  }

  /** Call it only for a print that has not been seen. */
  add(print: number, number: number): void {
    if (++this.count * 2 > this.prints.length) this.grow();
    const slot = this.slotOf(print);
    this.prints[slot] = print;
    this.numbers[slot] = number;
  }

  /** The slot where it is, or would be. */
  private slotOf(print: number): number {
    const mask = this.prints.length - 1;
    this.scratch[0] = print;
    const mixed = Math.imul(this.words[0]! ^ Math.imul(this.words[1]!, 0x85ebca6b), 0x9e3779b1);
    let slot = (mixed ^ (mixed >>> 15)) & mask;
    while (this.numbers[slot] !== -1 && this.prints[slot] !== print) slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    const [prints, numbers] = [this.prints, this.numbers];
    this.prints = new Float64Array(prints.length * 2);
    this.numbers = new Int32Array(prints.length * 2).fill(-1);
    numbers.forEach((number, slot) => {
      if (number === -1) return;
      const there = this.slotOf(prints[slot]!);
      this.prints[there] = prints[slot]!;
      this.numbers[there] = number;
    });
  }
}
