/** Student's distribution (1908), for means of few values. */

import { exp, ln } from "../../engine/index.ts";
import { bisect } from "./statistics.ts";

/** P(|T| ≥ t) with this many degrees of freedom. */
export const studentTails = (t: number, freedom: number): number => incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5);

/** The deviate with this probability beyond it, on each side. */
export function studentDeviate(tail: number, freedom: number): number {
  let ceiling = 2;
  while (studentTails(ceiling, freedom) > 2 * tail) ceiling += ceiling;
  return bisect(0, ceiling, (t) => studentTails(t, freedom) > 2 * tail);
}

/** The same for the normal distribution: Student's with so many degrees of freedom that the difference does not matter. */
export const normalDeviate = (tail: number): number => studentDeviate(tail, 1e7);

/** I_x(a, b) by its continued fraction (Abramowitz and Stegun 1964, 26.5.8), evaluated as Lentz does. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = exp(lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * ln(x) + b * ln(1 - x));
  return x < (a + 1) / (a + b + 2) ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(1 - x, b, a)) / b;
}

/** Replaces 0 as a divisor: small enough not to matter. */
const TINY = 1e-300;

function fraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / clear(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / clear(1 + even * d);
    c = clear(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / clear(1 + odd * d);
    c = clear(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return value;
}

const clear = (x: number): number => (Math.abs(x) < TINY ? TINY : x);

/** ln Γ(x): Stirling's series, after shifting x to where it is accurate. */
function lnGamma(x: number): number {
  let [at, below] = [x, 0];
  for (; at < 20; at++) below += ln(at);
  const square = at * at;
  return (at - 0.5) * ln(at) - at + 0.5 * ln(2 * Math.PI) + (1 / 12 - (1 / 360 - 1 / (1260 * square)) / square) / at - below;
}
