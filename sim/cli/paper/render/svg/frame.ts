/** What all pictures share: a page with axes, and a legend below. */

import type { Axis } from "../../model/findings.ts";
import { tickText } from "../wording.ts";
import { element, label } from "../../../markup/mark.ts";
import type { Scale } from "./scale.ts";

export const WIDTH = 480;
export const HEIGHT = 280;

/** The picture's area inside the page. */
export const inner = { left: 54, right: WIDTH - 12, top: 22, bottom: HEIGHT - 42 } as const;

/** The page, with what is drawn on it; `title` is for screen readers. */
export const page = (title: string, ...drawn: readonly string[]): string =>
  element("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", class: "chart" }, element("title", {}, escapeTitle(title)), ...drawn);

const escapeTitle = (title: string): string => title.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** Lines across the page at round values, each with its value. */
export const yAxis = (scale: Scale, { name }: Axis): string => element("g", { class: "axis" },
  label(name, { x: inner.left - 46, y: 12, class: "name" }),
  ...scale.ticks.flatMap((tick) => [
    element("line", { x1: inner.left, x2: inner.right, y1: scale.place(tick), y2: scale.place(tick), class: "grid" }),
    label(tickText(tick), { x: inner.left - 6, y: scale.place(tick) + 3.5, "text-anchor": "end" }),
  ]));

export const xAxis = (scale: Scale, { name }: Axis): string => element("g", { class: "axis" },
  label(name, { x: inner.right, y: HEIGHT - 6, "text-anchor": "end", class: "name" }),
  ...scale.ticks.flatMap((tick) => [
    element("line", { x1: scale.place(tick), x2: scale.place(tick), y1: inner.bottom, y2: inner.bottom + 4, class: "tick" }),
    label(tickText(tick), { x: scale.place(tick), y: inner.bottom + 16, "text-anchor": "middle" }),
  ]));
