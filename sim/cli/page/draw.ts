/** Draws a figure with Observable Plot, in an in-memory document, and returns it as text. */

import { plot, type PlotOptions } from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { escape } from "../markup/mark.ts";

const { document } = parseHTML("<!doctype html><html><body></body></html>");

/** The default width of figures in units: they are scaled to the available space. */
export const WIDTH = 760;

const usual: PlotOptions = { width: WIDTH, height: 300, marginLeft: 56, marginRight: 24, marginTop: 28, marginBottom: 40, style: { fontSize: "12px" } };

/** SVG. `says` is the text for screen readers. Equal options give equal text. */
export function draw(options: PlotOptions, says: string): string {
  const drawn: { readonly outerHTML: string } = plot({ ...usual, ...options, document });
  return drawn.outerHTML
    // The page has its own style, with colours for light and dark mode.
    .replace(/<style>[^]*?<\/style>/, "")
    // Screen readers do not read inside an image.
    .replaceAll(/ aria-(?:label|hidden|description)="[^"]*"/g, "")
    .replaceAll(/<[^>]*>/g, (tag) => tag.replaceAll(/-?\d+\.\d{3,}(?:e-\d+)?/g, (number) => `${Number(Number(number).toFixed(2))}`))
    .replace(/^<svg /, `<svg role="img" aria-label="${escape(says)}" `);
}
