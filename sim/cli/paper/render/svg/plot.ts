/** A picture of points and lines: ours, theirs, and theory. */

import type { Plot, Series } from "../../model/findings.ts";
import { inner, page, xAxis, yAxis } from "./frame.ts";
import { element, path, steps } from "../../../markup/mark.ts";
import { type Scale, scaleFor } from "./scale.ts";

/** The hue of a series: whose it is, and its number among those. */
export const hueOf = (series: Series, among: readonly Series[]): string => `${series.whose}-${among.filter(({ whose }) => whose === series.whose).indexOf(series) % HUES}`;

/** How many series of one owner can be told apart. */
const HUES = 4;

/** The points that can be drawn on these axes: a logarithmic axis has no 0. */
const visible = ({ x, y }: Plot, { points }: Series): Series["points"] => points.filter(([a, b]) => (x.scale === "linear" || a > 0) && (y.scale === "linear" || b > 0));

export function plotPicture(plot: Plot): string {
  const points = plot.series.flatMap((series) => visible(plot, series));
  const x = scaleFor(points.map(([value]) => value), plot.x, [inner.left, inner.right]);
  const y = scaleFor(points.map(([, value]) => value), plot.y, [inner.bottom, inner.top]);
  // Ours last, above what they are compared with.
  const order = { theory: 0, theirs: 1, ours: 2 } as const;
  const drawn = plot.series.toSorted((one, other) => order[one.whose] - order[other.whose]).map((series) => seriesMarks(series, visible(plot, series), hueOf(series, plot.series), { x, y }));
  return page(plot.title, yAxis(y, plot.y), xAxis(x, plot.x), ...drawn);
}

function seriesMarks({ mark, whose }: Series, points: Series["points"], hue: string, { x, y }: { readonly x: Scale; readonly y: Scale }): string {
  const places = points.map(([a, b]): readonly [number, number] => [x.place(a), y.place(b)]);
  switch (mark) {
    case "line":  return element("path", { d: path(places), class: `line ${hue}` });
    case "steps": return element("path", { d: steps(places), class: `line ${hue}` });
    case "dots":  return element("g", { class: `dots ${hue}` }, ...places.map(([cx, cy]) => element("circle", { cx, cy, r: whose === "ours" ? 3 : 3.5 })));
  }
}
