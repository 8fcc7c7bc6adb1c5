/** Paints marks onto a canvas: the only file that knows one. */

import type { Mark, Scene } from "../scene/mark.ts";
import { headOf } from "./arrow.ts";
import { isOpen, shapeOf } from "./glyph.ts";
import { cellColours, densityColours, styleOf, type Style, type Theme } from "./look.ts";

type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** More pixels than two for each of the page's are not seen. */
const DENSEST = 2;

/** Paints a scene over whatever was there. The canvas takes the size that the page gives it. */
export function paint(canvas: HTMLCanvasElement, scene: Scene, theme: Theme): void {
  const pen = canvas.getContext("2d", { alpha: true });
  if (pen === null) return;
  const density = Math.min(DENSEST, globalThis.devicePixelRatio || 1);
  const [width, height] = [Math.round(canvas.clientWidth * density), Math.round(canvas.clientHeight * density)];
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  pen.setTransform(density, 0, 0, density, 0, 0);
  pen.clearRect(0, 0, canvas.clientWidth, canvas.clientHeight);
  for (const mark of scene) put(pen, mark, theme);
}

function put(pen: Pen, mark: Mark, theme: Theme): void {
  const style = styleOf(mark.look, theme);
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
    case "cells":  return cells(pen, mark, theme);
  }
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

/** Pictures of points that come again and again: painted once for each size and colour. */
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

/** Arrows' heads, all in one stroke of the pen. */
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

function cells(pen: Pen, mark: Extract<Mark, { kind: "cells" }>, theme: Theme): void {
  const { x, y, width, height, rows, columns, clip } = mark;
  const small = new OffscreenCanvas(columns, rows);
  small.getContext("2d")?.putImageData(mark.strength === undefined ? beliefs(mark, theme) : density(mark, mark.strength, theme), 0, 0);
  pen.imageSmoothingEnabled = false;
  pen.save();
  if (clip !== undefined) {
    pen.beginPath();
    pen.rect(clip.x, y, clip.width, height);
    pen.clip();
  }
  pen.drawImage(small, x, y, width, height);
  pen.restore();
}

function density({ rows, columns, cells: codes }: Extract<Mark, { kind: "cells" }>, strength: Uint8Array, theme: Theme): ImageData {
  const image = new ImageData(columns, rows);
  const colours = densityColours.map((name) => rgbOf(theme[name] ?? "#888888"));
  for (let cell = 0; cell < codes.length; cell++) {
    const [red, green, blue] = colours[codes[cell]!] ?? [0, 0, 0];
    image.data.set([red, green, blue, strength[cell]!], 4 * cell);
  }
  return image;
}

function beliefs({ rows, columns, cells: codes, shade }: Extract<Mark, { kind: "cells" }>, theme: Theme): ImageData {
  const image = new ImageData(columns, rows);
  const colours = cellColours.map((name) => rgbOf(theme[name] ?? "#888888"));
  const wrong = rgbOf(theme["wrong"] ?? "#d4006a");
  for (let cell = 0; cell < codes.length; cell++) {
    const colour = colours[codes[cell]!];
    if (colour === undefined) continue;
    const isWrong = (shade?.[cell] ?? 0) > 0;
    // What is wrong stands out of its neighbours by a colour of its own, what is right is paler.
    const [red, green, blue] = isWrong && codes[cell] === 1 ? wrong : colour;
    image.data.set([red, green, blue, isWrong ? 255 : codes[cell] === 1 ? 90 : 190], 4 * cell);
  }
  return image;
}

function rgbOf(colour: string): readonly [number, number, number] {
  const number = Number.parseInt(colour.slice(1), 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}
