/** Draws a figure with Observable Plot, in a document that lies in memory, and hands it back as text. */

import { plot, type PlotOptions } from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { escape } from "../markup/mark.ts";

const { document } = parseHTML("<!doctype html><html><body></body></html>");

/** Figures are so many units wide, unless they say otherwise: they are shown as wide as there is room. */
export const WIDTH = 760;

const usual: PlotOptions = { width: WIDTH, height: 300, marginLeft: 56, marginRight: 24, marginTop: 28, marginBottom: 40, style: { fontSize: "12px" } };

/** SVG. `says` is read out to those who do not see it. Equal options, equal text. */
export function draw(options: PlotOptions, says: string): string {
  const drawn: { readonly outerHTML: string } = plot({ ...usual, ...options, document });
  return drawn.outerHTML
    // The page has a style of its own, and colours of its own for day and night.
    .replace(/<style>[^]*?<\/style>/, "")
    // What is inside an image is read by nobody.
    .replaceAll(/ aria-(?:label|hidden|description)="[^"]*"/g, "")
    .replaceAll(/<[^>]*>/g, (tag) => tag.replaceAll(/-?\d+\.\d{3,}(?:e-\d+)?/g, (number) => `${Number(Number(number).toFixed(2))}`))
    .replace(/^<svg /, `<svg role="img" aria-label="${escape(says)}" `);
}
