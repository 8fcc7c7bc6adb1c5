/** Scales: from values to places on a page, with round values as ticks. */

import type { Axis } from "../../model/findings.ts";

export type Scale = {
  /** The place of a value. */
  readonly place: (value: number) => number;
  readonly ticks: readonly number[];
};

type Span = readonly [from: number, to: number];

/** A scale that shows all these values, from one place to another. A linear one also shows zero, unless that would waste most of the space. */
export function scaleFor(values: readonly number[], { scale }: Axis, [from, to]: Span): Scale {
  return scale === "log" ? logarithmic(values.filter((value) => value > 0), [from, to]) : linear(values, [from, to]);
}

function linear(values: readonly number[], [from, to]: Span): Scale {
  const [least, greatest] = [Math.min(0, ...values), Math.max(...values, least0(values))];
  const step = roundStep((greatest - least) / 5);
  const [low, high] = [Math.floor(least / step) * step, Math.ceil(greatest / step - 1e-9) * step];
  return {
    place: (value) => from + ((value - low) / (high - low)) * (to - from),
    ticks: Array.from({ length: Math.round((high - low) / step) + 1 }, (_, nth) => round(low + nth * step)),
  };
}

/** Without values, or with zeros only, there is still a page to draw. */
const least0 = (values: readonly number[]): number => (values.some((value) => value > 0) ? 0 : 1);

/** One, two or five times a power of ten, no less than this. */
function roundStep(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(atLeast));
  return ([1, 2, 5, 10].find((step) => step * power >= atLeast * (1 - 1e-9)) ?? 10) * power;
}

/** Powers of ten; up to seven of them are all marked. */
function logarithmic(values: readonly number[], [from, to]: Span): Scale {
  const low = Math.floor(Math.log10(Math.min(1, ...values)) + 1e-9);
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values, 10 ** (low + 1))) - 1e-9));
  const stride = Math.ceil((high - low) / 7);
  const powers = Array.from({ length: Math.floor((high - low) / stride) + 1 }, (_, nth) => low + nth * stride);
  return {
    place: (value) => from + ((Math.log10(Math.max(value, 10 ** low)) - low) / (high - low)) * (to - from),
    ticks: powers.map((power) => round(10 ** power)),
  };
}

/** Removes rounding errors of additions. */
const round = (value: number): number => Number(value.toPrecision(12));
