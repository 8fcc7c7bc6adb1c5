/**
 * Hashes: whole numbers scrambled into 32 bits, by integer operations alone, so that every JavaScript engine agrees.
 * They are not cryptographic: a peer can construct collisions, so nothing but speed may depend on their absence.
 */

/** Scrambles 32 bits so that each bit of the result depends on each of the input. (Chris Wellons' `lowbias32`.) */
export function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return x ^ (x >>> 16);
}

/** Folds one more number into a hash. The order of folding matters. */
export function fold(hash: number, value: number): number {
  return mix(Math.imul(hash, 0x9e3779b1) + value);
}

/** Folds the low 32 bits and the rest of a whole number up to 2⁵³ into a hash. */
export function foldWide(hash: number, value: number): number {
  return fold(fold(hash, value | 0), Math.floor(value / 4_294_967_296));
}

/** Folds the characters of a text into a hash. (FNV-1a over UTF-16 units, then scrambled.) */
export function foldText(hash: number, text: string): number {
  let x = hash ^ 0x811c9dc5;
  for (let i = 0; i < text.length; i++) x = Math.imul(x ^ text.charCodeAt(i), 0x01000193);
  return mix(x ^ text.length);
}

/** The hash that gives a member its place in a view: the same on every member, so that equal views have equal shapes. */
export const hashOf = (name: string): number => foldText(0, name);
