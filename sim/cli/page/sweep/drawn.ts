/** The effect of each setting, from all candidates of a search: each at its drawn value, with as many runs as it got. */

import { dot, link } from "@observablehq/plot";
import type { Estimate } from "../../../lab/model.ts";
import type { Knob } from "../../../lab/tune/space.ts";
import { type Candidate, isLengthKnob, type Tuning } from "../../lab/tuning-report.ts";
import { count, range } from "../../report/wording.ts";
import { draw } from "../draw.ts";
import type { Figure } from "../figure.ts";
import { idOf } from "./heat.ts";
import { type Measure, written } from "./measure.ts";

type Point = Estimate & { readonly nth: number; readonly runs: number; readonly x: number };

/** One figure over one setting. */
export function drawnFigure({ candidates, recommended, knobs }: Tuning, measure: Measure, knob: Knob): Figure {
  const points = candidates.flatMap((candidate) => pointOf(candidate, measure, knob)).toSorted((one, other) => one.x - other.x || one.nth - other.nth);
  const frame = { id: `drawn-${idOf(measure.name)}-${idOf(knob)}`, title: `${measure.words} by ${knob}` };
  if (points.length === 0) return { ...frame, about: ["No candidate has this figure."], picture: null };
  const most = Math.max(...points.map(({ runs }) => runs));
  const [long, short] = [points.filter(({ runs }) => runs === most), points.filter(({ runs }) => runs < most)];
  const known = long.filter(({ low, high }) => low !== null && high !== null);
  const chosen = points.filter(({ nth }) => nth === recommended?.nth);
  const svg = draw({
    width: 500, height: 260,
    x: { label: `${knob}${isLengthKnob(knob) ? ", s" : ""} →`, grid: true, nice: true, ...(isLengthKnob(knob) ? { type: "log", ticks: lengthTicks(points), tickFormat: String } : {}) },
    y: { label: `↑ ${measure.words}`, grid: true, zero: true },
    marks: [
      dot(short, { x: "x", y: "value", r: 2.5, fill: "var(--faint)", fillOpacity: 0.6 }),
      link(known, { x1: "x", x2: "x", y1: "low", y2: "high", stroke: "var(--hue-0)", strokeWidth: 1.5 }),
      dot(long, { x: "x", y: "value", r: 4, fill: "var(--hue-0)", stroke: "var(--panel)" }),
      dot(chosen, { x: "x", y: "value", r: 6, symbol: "diamond", fill: "var(--hue-1)" }),
    ],
  }, `${measure.words} by ${knob}: ${points.length} candidates${chosen[0] === undefined ? "" : `; the recommended one has ${told(chosen[0], measure)} at ${chosen[0].x}`}.`);
  const others = knobs.length - 1;
  return {
    ...frame,
    about: [`${count(points.length)} candidates; their ${count(others)} other settings differ as well. Those with ${count(most)} runs reached the last round.`],
    picture: {
      svg,
      keys: [{ name: "reached the last round, with its interval", shape: "mark", hue: "var(--hue-0)" }, { name: "dropped before", shape: "mark", hue: "var(--faint)" }, ...(chosen.length === 0 ? [] : [{ name: "recommended", shape: "mark" as const, hue: "var(--hue-1)" }])],
      table: {
        head: [`${knob}${isLengthKnob(knob) ? ", s" : ""}`, measure.words, "interval", "runs", "candidate"],
        rows: points.map((point) => [String(point.x), point.value === null ? "–" : written(point.value, measure), range([point.low, point.high], (x) => written(x, measure)), count(point.runs), String(point.nth)]),
      },
    },
  };
}

/** Ticks of an axis of lengths, in round seconds: as far as there are points, and one beyond. */
const lengthTicks = (points: readonly Point[]): readonly number[] =>
  [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200].filter((tick) => tick >= (points[0]?.x ?? 0) / 2 && tick <= (points.at(-1)?.x ?? 0) * 2);

const told = ({ value }: Point, measure: Measure): string => (value === null ? "–" : written(value, measure));

function pointOf({ nth, runs, values, estimates }: Candidate, { name }: Measure, knob: Knob): readonly Point[] {
  const [estimate, value] = [estimates[name], values[knob]];
  if (estimate === undefined || estimate.value === null || value === undefined) return [];
  return [{ ...estimate, nth, runs, x: isLengthKnob(knob) ? value / 1e6 : value }];
}
