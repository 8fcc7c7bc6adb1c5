/** A random generator as a value: the same one always gives the same number, and the next generator. */

import { fold, foldWide, mix } from "./mix.ts";

/**
 * The state of xoroshiro64** (Blackman and Vigna): two 32-bit words, not both zero, period 2⁶⁴ − 1.
 * Our own code instead of a library, so that no release can change a golden trace.
 */
export type Rng = { readonly s0: number; readonly s1: number };

/** A generator for each seed of up to 53 bits, and for each of its streams; neighbouring seeds and streams are uncorrelated from the first draw on. */
export function rngFrom(seed: number, stream = 0): Rng {
  const s0 = foldWide(fold(0x243f6a88, stream | 0), seed);
  const s1 = foldWide(fold(0x13198a2e, stream | 0), seed);
  return { s0, s1: s0 === 0 && s1 === 0 ? mix(1) : s1 };
}

const rotate = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

/** Draws once: 32 bits, unsigned. */
export const throwOf = (rng: Rng): number => Math.imul(rotate(Math.imul(rng.s0, 0x9e3779bb), 5), 5) >>> 0;

/** The generator after that draw. */
export function nextBox(rng: Rng): Rng {
  const mixed = rng.s1 ^ rng.s0;
  return { s0: rotate(rng.s0, 26) ^ mixed ^ (mixed << 9), s1: rotate(mixed, 13) };
}

/** A whole number in [0, limit), for limits up to 2³². Each is as likely as the others to within limit / 2³². */
export function below(limit: number, rng: Rng): readonly [value: number, rng: Rng] {
  return [Math.floor((throwOf(rng) * limit) / 4_294_967_296), nextBox(rng)];
}
