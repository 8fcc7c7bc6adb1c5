/** A picture with its title and its legend, as HTML. */

import type { Chart, Series } from "../../model/findings.ts";
import { barsPicture } from "../svg/bars.ts";
import { escape } from "../../../markup/mark.ts";
import { hueOf, plotPicture } from "../svg/plot.ts";

export function figureHtml(chart: Chart): string {
  const picture = chart.kind === "plot" ? plotPicture(chart) : barsPicture(chart);
  const keys = chart.kind === "plot"
    ? chart.series.map((series) => keyHtml(series.name, hueOf(series, chart.series), shapeOf(series)))
    : [keyHtml("ours", "ours-0", "filled"), keyHtml("theirs", "theirs-0", "filled")];
  return `<figure><h3>${escape(chart.title)}</h3>${picture}<figcaption><ul>${keys.join("")}</ul></figcaption></figure>`;
}

const shapeOf = ({ mark, whose }: Series): string => (mark !== "dots" ? "line" : whose === "ours" ? "filled" : "hollow");

const keyHtml = (name: string, hue: string, shape: string): string => `<li><span class="key ${shape} ${hue}"></span>${escape(name)}</li>`;
