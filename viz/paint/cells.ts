/** Paints pictures of equal cells: each cell is a pixel of an image that is made once for each picture, and stretched. */

import type { Mark } from "../scene/mark.ts";
import { cellColours, densityColours, type Theme } from "./look.ts";
import { pixelOf } from "./raster.ts";

type Cells = Extract<Mark, { kind: "cells" }>;
type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

const pictures = new WeakMap<Uint8Array, { readonly theme: Theme; readonly shade: Uint8Array | null; readonly picture: OffscreenCanvas }>();

export function paintCells(pen: Pen, mark: Cells, theme: Theme): void {
  const { x, y, width, height, clip } = mark;
  let known = pictures.get(mark.cells);
  if (known === undefined || known.theme !== theme || known.shade !== mark.shade) {
    known = { theme, shade: mark.shade, picture: pictureOf(mark, theme) };
    pictures.set(mark.cells, known);
  }
  pen.imageSmoothingEnabled = false;
  pen.save();
  if (clip !== undefined) {
    pen.beginPath();
    pen.rect(clip.x, y, clip.width, height);
    pen.clip();
  }
  pen.drawImage(known.picture, x, y, width, height);
  pen.restore();
}

function pictureOf(mark: Cells, theme: Theme): OffscreenCanvas {
  const { rows, columns, strength } = mark;
  const image = new ImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  if (strength === undefined) beliefs(pixels, mark, theme);
  else {
    const colours = densityColours.map((name) => pixelOf(theme, name, 0));
    for (let cell = 0; cell < mark.cells.length; cell++) pixels[cell] = ((strength[cell]! << 24) | (colours[mark.cells[cell]!] ?? 0)) >>> 0;
  }
  const picture = new OffscreenCanvas(columns, rows);
  picture.getContext("2d")?.putImageData(image, 0, 0);
  return picture;
}

/** Wrong cells have a colour of their own, correct ones are paler. */
function beliefs(pixels: Uint32Array, { cells, shade }: Cells, theme: Theme): void {
  const right = cellColours.map((name, code) => pixelOf(theme, name, code === 1 ? 90 : 190));
  const wrong = cellColours.map((name, code) => pixelOf(theme, code === 1 ? "wrong" : name, 255));
  for (let cell = 0; cell < cells.length; cell++) pixels[cell] = (shade !== null && shade[cell]! > 0 ? wrong : right)[cells[cell]!] ?? 0;
}
