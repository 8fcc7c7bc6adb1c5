/** Latencies: inverse distribution functions, from a number in [0, 1) to a length. Exact on every JavaScript engine. */

import { exp, impossible, ln, micros, type Micros } from "../../engine/index.ts";
import type { Latency } from "../scenario/model.ts";

/** The latency that the share `u` of all packets does not exceed. */
export function latencyAt(latency: Latency, u: number): Micros {
  switch (latency.kind) {
    case "constant":    return latency.of;
    case "uniform":     return micros(latency.min + u * (latency.max - latency.min));
    case "normal":      return micros(Math.max(latency.min, latency.mean + latency.deviation * normalAt(u)));
    case "lognormal":   return micros(latency.median * exp(latency.sigma * normalAt(u)));
    case "exponential": return micros(latency.min - latency.mean * ln(1 - u));
    case "pareto":      return micros(latency.min * exp(-ln(1 - u) / latency.alpha));
    case "weibull":     return micros(u === 0 ? 0 : latency.scale * exp(ln(-ln(1 - u)) / latency.shape));
    case "empirical":   return micros(between(latency.points, u));
    default:            return impossible(latency);
  }
}

function between(points: readonly (readonly [share: number, latency: Micros])[], u: number): number {
  let [shareBelow, below] = points[0] ?? [0, 0];
  for (const [share, at] of points) {
    if (u < share) return below + ((u - shareBelow) / (share - shareBelow)) * (at - below);
    [shareBelow, below] = [share, at];
  }
  return below;
}

/** Coefficients of Peter Acklam's rational approximation, relative error below 1.15e-9: far finer than a microsecond of any latency. */
const A = [-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239] as const;
const B = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572] as const;
const C = [-0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783] as const;
const D = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416] as const;
const TAIL = 0.02425;

/** 2⁻³³, half of the finest step a draw can take. */
const STEP = 1 / 8_589_934_592;

/** The quantile of the standard normal distribution. u is kept half a 32-bit step away from 0 and 1, where the quantile is infinite. */
export function normalAt(u: number): number {
  const p = Math.min(Math.max(u, STEP), 1 - STEP);
  if (p < TAIL) return tail(Math.sqrt(-2 * ln(p)));
  if (p > 1 - TAIL) return -tail(Math.sqrt(-2 * ln(1 - p)));
  const q = p - 0.5;
  const r = q * q;
  return (polynomial(A, r) * q) / (polynomial(B, r) * r + 1);
}

const tail = (q: number): number => polynomial(C, q) / (polynomial(D, q) * q + 1);

const polynomial = (coefficients: readonly number[], x: number): number => coefficients.reduce((sum, c) => sum * x + c, 0);
