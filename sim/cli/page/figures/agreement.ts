/** Agreement over time: how many members' views were true, in the median run and in a range around it. */

import { areaY, line, ruleY } from "@observablehq/plot";
import { middleOf, PARTS } from "../../../measure/curve.ts";
import { clockFor, count, reading } from "../../report/wording.ts";
import { bandKeys, bandMarks } from "../bands.ts";
import type { Document } from "../../report/index.ts";
import { draw } from "../draw.ts";
import type { Figure } from "../figure.ts";
import type { Tally } from "../tally.ts";

type Point = { readonly at: number; readonly mean: number; readonly low: number; readonly middle: number; readonly high: number };

export function agreementFigure({ agreement, durationSeconds, disruptions, runs }: Document, tally: Tally): Figure {
  const clock = clockFor(durationSeconds);
  const percent = (share: number): number => Math.round(share * 1_000) / 10;
  const points = agreement.map((mean, part): Point => {
    const [low = 0, middle = 0, high = 0] = [0.1, 0.5, 0.9].map((quantile) => percent(tally.agreementAt(part, quantile)));
    return { at: middleOf(part, durationSeconds) / clock.length, mean: percent(mean), low, middle, high };
  });
  const least = points.reduce((worst, point) => (point.mean < worst.mean ? point : worst), { at: 0, mean: 100, low: 100, middle: 100, high: 100 });
  const svg = draw({
    x: { label: `time, ${clock.unit} →`, domain: [0, durationSeconds / clock.length] },
    y: { label: "↑ members whose view is true, %", domain: [0, 100], ticks: 5, grid: true },
    marks: [
      ...bandMarks(disruptions, durationSeconds, clock),
      areaY(points, { x: "at", y1: "low", y2: "high", fill: "var(--hue-0)", fillOpacity: 0.25 }),
      line(points, { x: "at", y: "middle", stroke: "var(--hue-0)", strokeWidth: 1, strokeDasharray: "4 3" }),
      line(points, { x: "at", y: "mean", stroke: "var(--hue-0)", strokeWidth: 2.5 }),
      ruleY([0], { stroke: "var(--faint)" }),
    ],
  }, `Agreement over ${reading(durationSeconds, clock)} ${clock.unit}: the mean of the runs is lowest, ${least.mean} %, at ${reading(least.at, { ...clock, length: 1 })} ${clock.unit}, and ${points.at(-1)?.mean ?? 0} % at the end.`);
  return {
    id: "agreement",
    title: "Agreement over time",
    about: [`The share of running members that hold alive exactly those who run on their side. Each run is looked at ${PARTS} times; ${runs === 1 ? "there was one run" : `of ${count(runs)} runs, the mean, the median and the middle eight in ten`}.`],
    picture: {
      svg,
      keys: [
        { name: "mean of the runs", shape: "line", hue: "var(--hue-0)" },
        { name: "median run", shape: "dashed", hue: "var(--hue-0)" },
        { name: "eight runs in ten", shape: "area", hue: "var(--hue-0)" },
        ...bandKeys(disruptions),
      ],
      table: {
        head: [`time, ${clock.unit}`, "mean, %", "10 % of runs have at most, %", "median, %", "90 % of runs have at most, %"],
        rows: points.map(({ at, mean, low, middle, high }) => [reading(at, { ...clock, length: 1 }), mean, low, middle, high].map(String)),
      },
    },
  };
}
