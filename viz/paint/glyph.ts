/** Glyphs as paths, one unit from their middle to each side: they tell statuses apart without colour. */

import type { Glyph } from "../scene/mark.ts";

const shapes: Readonly<Record<Glyph, string>> = {
  cross: "M-.8-.8L.8.8M.8-.8L-.8.8",
  triangle: "M0-.9L.9.7L-.9.7Z",
  square: "M-.7-.7H.7V.7H-.7Z",
  diamond: "M0-1L.8 0L0 1L-.8 0Z",
  ring: "M.8 0A.8.8 0 1 1-.8 0A.8.8 0 1 1 .8 0",
  bars: "M-.6-.8V.8M.6-.8V.8",
  door: "M-.7.9V-.9H.7M-.1 0H.9M.5-.4L.9 0L.5.4",
  dot: "M.5 0A.5.5 0 1 1-.5 0A.5.5 0 1 1 .5 0Z",
  star: "M0-1L.25-.3L1-.3L.4.15L.62.9L0 .45L-.62.9L-.4.15L-1-.3L-.25-.3Z",
  flag: "M-.6 1V-1L.8-.5L-.6 0",
};

/** As in SVG's `d`, to be moved and scaled. */
export const shapeOf = (glyph: Glyph): string => shapes[glyph];

/** Glyphs of open lines are not filled. */
export const isOpen = (glyph: Glyph): boolean => glyph === "cross" || glyph === "bars" || glyph === "door" || glyph === "ring";
