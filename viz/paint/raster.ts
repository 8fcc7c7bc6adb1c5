/** Draws thousands of thin lines and small dots pixel by pixel: without a graphics card, a canvas takes ten times as long for such a path. */

import type { Theme } from "./look.ts";

type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** From this many pieces on, a separate layer is worth its cost. */
export const RASTERED = 300;

/** The resolution of coordinates within a pixel. */
const PIXEL = 65_536;

let layer: { readonly canvas: OffscreenCanvas; readonly brush: OffscreenCanvasRenderingContext2D; readonly image: ImageData; readonly pixels: Uint32Array } | null = null;
let isDirty = false;

/** The layer, as large as the canvas in device pixels. */
function layerFor(pen: Pen): NonNullable<typeof layer> | null {
  const [width, height] = [Math.max(1, pen.canvas.width), Math.max(1, pen.canvas.height)];
  if (layer === null || layer.canvas.width !== width || layer.canvas.height !== height) {
    const canvas = new OffscreenCanvas(width, height);
    const brush = canvas.getContext("2d");
    if (brush === null) return null;
    const image = new ImageData(width, height);
    layer = { canvas, brush, image, pixels: new Uint32Array(image.data.buffer) };
    isDirty = false;
  }
  return layer;
}

/** Lines of four numbers each, one pixel wide. False if there is no layer to draw on. */
export function rasterLines(pen: Pen, points: Float32Array, colour: string, opacity: number): boolean {
  const on = layerFor(pen);
  if (on === null) return false;
  const scale = pen.getTransform().a;
  const { pixels, image: { width, height } } = on;
  const [rgb, alpha] = [packed(colour), Math.round(255 * opacity)];
  const fresh = ((alpha << 24) | rgb) >>> 0;
  for (let at = 0; at < points.length; at += 4) {
    const [x1, y1, x2, y2] = [points[at]! * scale, points[at + 1]! * scale, points[at + 2]! * scale, points[at + 3]! * scale];
    const steps = Math.max(1, Math.ceil(Math.max(Math.abs(x2 - x1), Math.abs(y2 - y1))));
    // Fixed-point numbers, 65,536 to a pixel: twice as fast.
    let [x, y] = [Math.round(x1 * PIXEL), Math.round(y1 * PIXEL)];
    const [stepX, stepY] = [Math.round(((x2 - x1) / steps) * PIXEL), Math.round(((y2 - y1) / steps) * PIXEL)];
    const isWithin = Math.min(x1, x2) >= 1 && Math.min(y1, y2) >= 1 && Math.max(x1, x2) < width - 1 && Math.max(y1, y2) < height - 1;
    for (let step = 0; step <= steps; step++, x += stepX, y += stepY) {
      const [column, row] = [x >> 16, y >> 16];
      if (!isWithin && (column < 0 || row < 0 || column >= width || row >= height)) continue;
      const place = row * width + column;
      const before = pixels[place]!;
      // Where lines cross, opacity increases, and the later colour wins.
      pixels[place] = before === 0 ? fresh : ((Math.min(255, (before >>> 24) + (alpha >> 1)) << 24) | rgb) >>> 0;
    }
  }
  isDirty = true;
  return true;
}

/** Squares around points of two numbers each. */
export function rasterDots(pen: Pen, points: Float32Array, r: number, colour: string, opacity: number): boolean {
  const on = layerFor(pen);
  if (on === null) return false;
  const scale = pen.getTransform().a;
  const { pixels, image: { width, height } } = on;
  const value = ((Math.round(255 * opacity) << 24) | packed(colour)) >>> 0;
  const wide = Math.max(1, Math.round(2 * r * scale));
  for (let at = 0; at < points.length; at += 2) {
    const [left, top] = [Math.round(points[at]! * scale - wide / 2), Math.round(points[at + 1]! * scale - wide / 2)];
    for (let y = Math.max(0, top); y < Math.min(height, top + wide); y++) {
      for (let x = Math.max(0, left); x < Math.min(width, left + wide); x++) pixels[y * width + x] = value;
    }
  }
  isDirty = true;
  return true;
}

/** Copies the layer to the canvas: before anything else is painted there, and at the end. A blank canvas needs no blending. */
export function flush(pen: Pen, isBlank: boolean): void {
  if (!isDirty || layer === null) return;
  isDirty = false;
  if (isBlank) {
    pen.putImageData(layer.image, 0, 0);
    layer.pixels.fill(0);
    return;
  }
  layer.brush.putImageData(layer.image, 0, 0);
  layer.pixels.fill(0);
  const transform = pen.getTransform();
  const { globalAlpha } = pen;
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.globalAlpha = 1;
  pen.drawImage(layer.canvas, 0, 0);
  pen.setTransform(transform);
  pen.globalAlpha = globalAlpha;
}

/** A colour without opacity as a pixel: blue, green, red from the highest byte. */
function packed(colour: string): number {
  const number = Number.parseInt(colour.slice(1), 16);
  return ((number & 255) << 16) | (number & 0xff00) | (number >> 16);
}

/** A colour of cells as a pixel, with its opacity. */
export const pixelOf = (theme: Theme, name: string, opacity: number): number => ((opacity << 24) | packed(theme[name] ?? "#888888")) >>> 0;
