/** Lanes: the accumulator of a print. */

import { fold } from "../../engine/index.ts";

/** Two lanes of 32 bits. */
export class Lanes {
  high = 0x6a09e667;
  low = 0x3c6ef372;

  add(value: number): void {
    this.high = fold(this.high, value | 0);
    this.low = Math.imul(this.low ^ (value | 0), 0x85ebca6b) + 0x27d4eb2f ^ (this.low >>> 15);
  }

  /** A whole number of up to 53 bits. */
  addWhole(value: number): void {
    this.add(value);
    this.add(value / 4_294_967_296);
  }

  /** 53 of these bits: among a million situations, two share a print with a probability of 1 in 20,000. */
  get print(): number {
    return (this.high >>> 0) * 0x20_0000 + (fold(this.low, this.high) >>> 11);
  }
}
