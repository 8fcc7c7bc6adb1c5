/** Paints marks onto a canvas: the only file that uses one. */

import type { Mark, Scene, Size } from "../scene/mark.ts";
import { headOf } from "./arrow.ts";
import { paintCells } from "./cells.ts";
import { isOpen, shapeOf } from "./glyph.ts";
import { styleOf, type Style, type Theme } from "./look.ts";
import { flush, rasterDots, rasterLines, RASTERED } from "./raster.ts";

type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Nobody sees more than two device pixels per CSS pixel. */
const DENSEST = 2;

/**
 * Paints a scene over what was there. The size is in CSS pixels. `ground` is painted below, and repainted only if it, the theme or the
 * size changes: for what does not change while time passes.
 */
export function paint(canvas: HTMLCanvasElement, size: Size, scene: Scene, theme: Theme, ground: Scene = []): void {
  const pen = penOf(canvas);
  if (pen === null) return;
  const density = Math.min(DENSEST, globalThis.devicePixelRatio || 1);
  const [width, height] = [Math.round(size.width * density), Math.round(size.height * density)];
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, width, height);
  const isGrounded = ground.length > 0 && width > 0 && height > 0;
  if (isGrounded) pen.drawImage(groundOf(canvas, ground, theme, density), 0, 0);
  pen.setTransform(density, 0, 0, density, 0, 0);
  putAll(pen, scene, theme, !isGrounded);
}

const pens = new WeakMap<HTMLCanvasElement, Pen | null>();

function penOf(canvas: HTMLCanvasElement): Pen | null {
  const known = pens.get(canvas);
  if (known !== undefined) return known;
  const pen = canvas.getContext("2d", { alpha: true });
  pens.set(canvas, pen);
  return pen;
}

/** `isBlank`: nothing has been painted yet. */
function putAll(pen: Pen, scene: Scene, theme: Theme, isBlank: boolean): void {
  let isStillBlank = isBlank;
  for (const mark of scene) {
    const style = styleOf(mark.look, theme);
    if (rastered(pen, mark, style)) continue;
    flush(pen, isStillBlank);
    isStillBlank = false;
    put(pen, mark, style, theme);
  }
  flush(pen, isStillBlank);
}

type Ground = { readonly scene: Scene; readonly theme: Theme; readonly picture: OffscreenCanvas };
const grounds = new WeakMap<HTMLCanvasElement, Ground>();

function groundOf(canvas: HTMLCanvasElement, scene: Scene, theme: Theme, density: number): OffscreenCanvas {
  const known = grounds.get(canvas);
  const { width, height } = canvas;
  if (known?.scene === scene && known.theme === theme && known.picture.width === width && known.picture.height === height) return known.picture;
  const picture = new OffscreenCanvas(width, height);
  const pen = picture.getContext("2d");
  if (pen !== null) {
    pen.setTransform(density, 0, 0, density, 0, 0);
    putAll(pen, scene, theme, true);
  }
  grounds.set(canvas, { scene, theme, picture });
  return picture;
}

function put(pen: Pen, mark: Mark, style: Style, theme: Theme): void {
  pen.globalAlpha = style.opacity * (mark.opacity ?? 1);
  switch (mark.kind) {
    case "circle": return trace(pen, style, () => pen.arc(mark.x, mark.y, mark.r, 0, 2 * Math.PI));
    case "line":   return trace(pen, { ...style, fill: null }, () => { pen.moveTo(mark.x1, mark.y1); pen.lineTo(mark.x2, mark.y2); });
    case "arc":    return trace(pen, { ...style, fill: null }, () => pen.arc(mark.x, mark.y, mark.r, mark.from - Math.PI / 2, mark.to - Math.PI / 2));
    case "rect":   return trace(pen, style, () => pen.rect(mark.x, mark.y, mark.width, mark.height));
    case "path":   return path(pen, style, new Path2D(mark.d));
    case "text":   return text(pen, style, mark);
    case "glyph":  return glyph(pen, style, mark);
    case "dots":   return mark.isStill === true ? stillDots(pen, style, mark) : dots(pen, style, mark);
    case "lines":  return lines(pen, style, mark);
    case "cells":  return paintCells(pen, mark, theme);
  }
}

/** Very many thin lines and small dots are drawn as pixels instead. */
function rastered(pen: Pen, mark: Mark, { fill, stroke, opacity }: Style): boolean {
  const alpha = opacity * (mark.opacity ?? 1);
  if (mark.kind === "lines" && stroke !== null && (mark.head ?? 0) === 0 && mark.points.length >= 4 * RASTERED) return rasterLines(pen, mark.points, stroke, alpha);
  return mark.kind === "dots" && fill !== null && mark.isStill !== true && mark.r < 2 && mark.points.length >= 2 * RASTERED && rasterDots(pen, mark.points, mark.r, fill, alpha);
}

function trace(pen: Pen, style: Style, draw: () => void): void {
  pen.beginPath();
  draw();
  finish(pen, style);
}

function finish(pen: Pen, { fill, stroke, width, dash }: Style): void {
  if (fill !== null) {
    pen.fillStyle = fill;
    pen.fill();
  }
  if (stroke === null) return;
  pen.strokeStyle = stroke;
  pen.lineWidth = width;
  pen.setLineDash([...dash]);
  pen.stroke();
}

function path(pen: Pen, { fill, stroke, width, dash }: Style, shape: Path2D): void {
  if (fill !== null) {
    pen.fillStyle = fill;
    pen.fill(shape);
  }
  if (stroke === null) return;
  pen.strokeStyle = stroke;
  pen.lineWidth = width;
  pen.setLineDash([...dash]);
  pen.stroke(shape);
}

function text(pen: Pen, { fill, font }: Style, mark: Extract<Mark, { kind: "text" }>): void {
  pen.font = `${font} system-ui, "DejaVu Sans", sans-serif`;
  pen.textAlign = mark.anchor === "middle" ? "center" : mark.anchor;
  pen.fillStyle = fill ?? "currentcolor";
  pen.fillText(mark.text, mark.x, mark.y);
}

const shapes = new Map<string, Path2D>();

function glyph(pen: Pen, style: Style, { glyph: name, x, y, size }: Extract<Mark, { kind: "glyph" }>): void {
  const shape = shapes.get(name) ?? new Path2D(shapeOf(name));
  shapes.set(name, shape);
  pen.save();
  pen.translate(x, y);
  pen.scale(size, size);
  path(pen, { ...style, dash: [], fill: isOpen(name) ? null : style.fill, stroke: style.stroke ?? style.fill, width: style.width / size }, shape);
  pen.restore();
}

function dots(pen: Pen, style: Style, { points, r }: Extract<Mark, { kind: "dots" }>): void {
  if (r < 2 && style.fill !== null) {
    pen.fillStyle = style.fill;
    for (let at = 0; at < points.length; at += 2) pen.fillRect(points[at]! - r, points[at + 1]! - r, 2 * r, 2 * r);
    return;
  }
  trace(pen, style, () => {
    for (let at = 0; at < points.length; at += 2) {
      pen.moveTo(points[at]! + r, points[at + 1]!);
      pen.arc(points[at]!, points[at + 1]!, r, 0, 2 * Math.PI);
    }
  });
}

/** Pictures of points that are drawn repeatedly: painted once for each size and colour. */
const pictures = new WeakMap<Float32Array, { readonly key: string; readonly picture: OffscreenCanvas }>();

function stillDots(pen: Pen, style: Style, mark: Extract<Mark, { kind: "dots" }>): void {
  const { canvas, globalAlpha } = pen;
  const transform = pen.getTransform();
  const key = `${canvas.width} ${canvas.height} ${transform.a} ${style.fill} ${style.stroke} ${mark.r}`;
  let known = pictures.get(mark.points);
  if (known?.key !== key) {
    const picture = new OffscreenCanvas(Math.max(1, canvas.width), Math.max(1, canvas.height));
    const brush = picture.getContext("2d");
    if (brush === null) return;
    brush.setTransform(transform);
    dots(brush, style, mark);
    known = { key, picture };
    pictures.set(mark.points, known);
  }
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.drawImage(known.picture, 0, 0);
  pen.setTransform(transform);
  pen.globalAlpha = globalAlpha;
}

function lines(pen: Pen, style: Style, { points, head = 0 }: Extract<Mark, { kind: "lines" }>): void {
  trace(pen, { ...style, fill: null }, () => {
    for (let at = 0; at < points.length; at += 4) {
      pen.moveTo(points[at]!, points[at + 1]!);
      pen.lineTo(points[at + 2]!, points[at + 3]!);
    }
  });
  if (head > 0) heads(pen, style, points, head);
}

/** Draws all arrowheads in a single path. */
function heads(pen: Pen, style: Style, points: Float32Array, head: number): void {
  trace(pen, { ...style, stroke: null, fill: style.stroke }, () => {
    for (let at = 0; at < points.length; at += 4) {
      for (const [n, [x, y]] of headOf(points, at, head).entries()) {
        if (n === 0) pen.moveTo(x, y);
        else pen.lineTo(x, y);
      }
    }
  });
}
