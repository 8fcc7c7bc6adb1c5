/** Ticks of an axis of time: round moments, in seconds, with as many digits as needed to tell them apart. */

import type { ScaleLinear } from "d3";

/** Approximately `count` ticks; the scale's domain is in microseconds. */
export function secondsTicks(x: ScaleLinear<number, number>, count: number): readonly { readonly at: number; readonly text: string }[] {
  const ticks = x.ticks(Math.max(2, Math.floor(count)));
  const step = (ticks[1] ?? 1e6) - (ticks[0] ?? 0);
  const digits = step >= 1e6 ? 0 : Math.min(6, Math.ceil(6 - Math.log10(Math.max(1, step))));
  return ticks.map((at) => ({ at, text: `${(at / 1e6).toFixed(digits)} s` }));
}
