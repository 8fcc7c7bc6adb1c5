/** Draws survival curves: at as many moments as can be seen, whatever the number of observations. */

import { areaY, dot, line, type Markish } from "@observablehq/plot";
import type { Key } from "./figure.ts";
import { standingAt, type Survival } from "./survival.ts";

/** The number of moments along a figure. */
const MOMENTS = 240;
/** The most marks of censored observations. */
const MARKS = 120;

/** A curve with a name and its own look: hue and dashes tell it from the others. */
export type Curve = { readonly name: string; readonly survival: Survival; readonly hue: string; readonly dash: string; readonly shape: "line" | "dashed" | "dotted" };

/** The looks of the curves, in order. */
export const looks = [
  { hue: "var(--hue-0)", dash: "none", shape: "line" },
  { hue: "var(--hue-1)", dash: "7 3", shape: "dashed" },
  { hue: "var(--hue-2)", dash: "2 3", shape: "dotted" },
  { hue: "var(--hue-3)", dash: "9 3 2 3", shape: "dashed" },
] as const;

/** Does it show the share that still goes on, or the share that has ended? */
export type Direction = "going" | "ended";

type Point = { readonly at: number; readonly share: number; readonly low: number; readonly high: number };

/** Step lines, the intervals around them, and crosses where observations were censored. Shares in per cent. */
export function curveMarks(curves: readonly Curve[], until: number, direction: Direction): readonly Markish[] {
  const drawn = curves.map((curve) => ({ ...curve, points: pointsOf(curve.survival, until, direction) }));
  return [
    ...drawn.map(({ points, hue }) => areaY(points, { x: "at", y1: "low", y2: "high", curve: "step-after", fill: hue, fillOpacity: 0.16 })),
    ...drawn.map(({ points, hue, dash }) => line(points, { x: "at", y: "share", curve: "step-after", stroke: hue, strokeWidth: 2.2, strokeDasharray: dash })),
    ...drawn.map(({ survival, hue }) => dot(censoredOf(survival, until, direction), { x: "at", y: "share", symbol: "plus", r: 4.5, stroke: hue, strokeWidth: 1.6 })),
  ];
}

/** The end of a figure of these curves: the last observation, ended or censored. */
export const endOf = (curves: readonly Curve[]): number =>
  curves.reduce((end, { survival: { steps, censored } }) => Math.max(end, steps.at(-1)?.at ?? 0, censored.at(-1) ?? 0), 0) || 1;

/** The legend of the crosses, if there are any. */
export const censoredKey = (curves: readonly Curve[]): readonly Key[] =>
  curves.some(({ survival }) => survival.censored.length > 0) ? [{ name: "censored", shape: "mark", hue: "var(--ink)" }] : [];

function pointsOf(survival: Survival, until: number, direction: Direction): readonly Point[] {
  const { steps } = survival;
  // Few steps are drawn exactly; many are sampled.
  const moments = steps.length <= MOMENTS ? [0, ...steps.map(({ at }) => at), until] : Array.from({ length: MOMENTS + 1 }, (_, n) => (n / MOMENTS) * until);
  return moments.map((at) => pointAt(survival, at, direction));
}

function pointAt(survival: Survival, at: number, direction: Direction): Point {
  const { share, low, high } = standingAt(survival, at);
  const [one, other] = [percent(low), percent(high)];
  return direction === "going" ? { at, share: percent(share), low: one, high: other } : { at, share: 100 - percent(share), low: 100 - other, high: 100 - one };
}

function censoredOf(survival: Survival, until: number, direction: Direction): readonly Point[] {
  const distinct = [...new Set(survival.censored)].filter((at) => at <= until);
  const stride = Math.max(1, Math.ceil(distinct.length / MARKS));
  return distinct.filter((_, n) => n % stride === 0).map((at) => pointAt(survival, at, direction));
}

const percent = (share: number): number => Math.round(share * 10_000) / 100;
