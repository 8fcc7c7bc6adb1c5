/** Distributions of how long a packet is under way, or of any other random length. */

import type { Micros } from "../../engine/index.ts";

export type Latency =
  | { readonly kind: "constant"; readonly of: Micros }
  | { readonly kind: "uniform"; readonly min: Micros; readonly max: Micros }
  /** Never below `min`. */
  | { readonly kind: "normal"; readonly mean: Micros; readonly deviation: Micros; readonly min: Micros }
  /** exp of a normal: half of all are below `median`; `sigma` is the deviation of the logarithm. */
  | { readonly kind: "lognormal"; readonly median: Micros; readonly sigma: number }
  /** `min` plus an exponential of this mean. */
  | { readonly kind: "exponential"; readonly min: Micros; readonly mean: Micros }
  /** P(longer than x) = (min / x)^alpha. */
  | { readonly kind: "pareto"; readonly min: Micros; readonly alpha: number }
  /** P(longer than x) = exp(−(x / scale)^shape): with a shape below 1, what has lasted long is likely to last longer. */
  | { readonly kind: "weibull"; readonly scale: Micros; readonly shape: number }
  /** Linear between points of (share of packets at most this late, latency); shares rise from 0 to 1. */
  | { readonly kind: "empirical"; readonly points: readonly (readonly [share: number, latency: Micros])[] };
