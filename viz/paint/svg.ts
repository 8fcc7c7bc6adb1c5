/** Paints marks as SVG text: for goldens that a person reads, and for pictures to save. */

import type { Mark, Scene, Size } from "../scene/mark.ts";
import { headOf } from "./arrow.ts";
import { isOpen, shapeOf } from "./glyph.ts";
import { cellColours, densityColours, styleOf, type Theme } from "./look.ts";

/** A whole document. The looks are in `class`, so that the meaning of a mark can be read. */
export function svgOf(scene: Scene, { width, height }: Size, theme: Theme): string {
  const body = scene.map((mark) => `  ${elementOf(mark, theme)}\n`).join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif">\n${body}</svg>\n`;
}

function elementOf(mark: Mark, theme: Theme): string {
  switch (mark.kind) {
    case "circle": return tag("circle", mark, theme, { cx: mark.x, cy: mark.y, r: mark.r });
    case "line":   return tag("line", mark, theme, { x1: mark.x1, y1: mark.y1, x2: mark.x2, y2: mark.y2 });
    case "arc":    return tag("path", mark, theme, { d: arcOf(mark), fill: "none" });
    case "path":   return tag("path", mark, theme, { d: mark.d });
    case "rect":   return tag("rect", mark, theme, { x: mark.x, y: mark.y, width: mark.width, height: mark.height });
    case "text":   return tag("text", mark, theme, { x: mark.x, y: mark.y, "text-anchor": mark.anchor }, escape(mark.text));
    case "glyph":  return tag("path", mark, theme, { d: shapeOf(mark.glyph), transform: `translate(${mark.x} ${mark.y}) scale(${mark.size})`, "vector-effect": "non-scaling-stroke", ...(isOpen(mark.glyph) ? { fill: "none" } : {}) });
    case "dots":   return tag("path", mark, theme, { d: pairs(mark.points, 2).map(([x, y]) => `M${x} ${y}h0`).join(""), "stroke-linecap": "round", "stroke-width": 2 * mark.r });
    case "lines":  return tag("path", mark, theme, { d: linesOf(mark) });
    case "cells":  return cellsOf(mark, theme);
  }
}

type Attributes = Readonly<Record<string, string | number>>;

function tag(name: string, mark: Mark, theme: Theme, attributes: Attributes, inside = ""): string {
  const { fill, stroke, width, dash, font, opacity } = styleOf(mark.look, theme);
  const all: Attributes = {
    class: mark.look,
    ...(mark.kind === "text" ? { "font-size": font.replace(/^bold /, ""), ...(font.startsWith("bold") ? { "font-weight": "bold" } : {}) } : {}),
    fill: mark.kind === "dots" ? "none" : (fill ?? "none"),
    ...(stroke === null && mark.kind !== "dots" ? {} : { stroke: (mark.kind === "dots" ? fill : stroke) ?? "none", "stroke-width": width }),
    ...(dash.length > 0 && mark.kind !== "glyph" ? { "stroke-dasharray": dash.join(" ") } : {}),
    ...(opacity * (mark.opacity ?? 1) === 1 ? {} : { opacity: Math.round(100 * opacity * (mark.opacity ?? 1)) / 100 }),
    ...attributes,
  };
  const written = Object.entries(all).map(([key, value]) => ` ${key}="${escape(String(value))}"`).join("");
  const title = mark.title === undefined ? "" : `<title>${escape(mark.title)}</title>`;
  return title === "" && inside === "" ? `<${name}${written}/>` : `<${name}${written}>${title}${inside}</${name}>`;
}

function arcOf({ x, y, r, from, to }: Extract<Mark, { kind: "arc" }>): string {
  const point = (angle: number): string => `${hundredths(x + r * Math.sin(angle))} ${hundredths(y - r * Math.cos(angle))}`;
  // An SVG arc cannot be a full circle: it is drawn in two halves.
  if (to - from >= 2 * Math.PI - 0.01) return `M${point(from)}A${r} ${r} 0 1 1 ${point(from + Math.PI)}A${r} ${r} 0 1 1 ${point(from)}`;
  return `M${point(from)}A${r} ${r} 0 ${to - from > Math.PI ? 1 : 0} 1 ${point(to)}`;
}

function linesOf({ points, head = 0 }: Extract<Mark, { kind: "lines" }>): string {
  const lines = pairs(points, 4).map(([x1, y1, x2, y2]) => `M${x1} ${y1}L${x2} ${y2}`);
  if (head === 0) return lines.join("");
  return lines.map((line, n) => `${line}M${headOf(points, 4 * n, head).map(([x, y]) => `${hundredths(x)} ${hundredths(y)}`).join("L")}Z`).join("");
}

function cellsOf(mark: Extract<Mark, { kind: "cells" }>, theme: Theme): string {
  const [width, height] = [mark.width / mark.columns, mark.height / mark.rows];
  const inside = Array.from(mark.cells, (code, cell) => {
    const isWrong = (mark.shade?.[cell] ?? 0) > 0;
    const strength = mark.strength?.[cell] ?? (isWrong ? 255 : code === 1 ? 90 : 190);
    const colour = theme[mark.strength === undefined ? (isWrong && code === 1 ? "wrong" : (cellColours[code] ?? "")) : (densityColours[code] ?? "")];
    if (colour === undefined || strength === 0) return "";
    const [x, y] = [mark.x + (cell % mark.columns) * width, mark.y + Math.floor(cell / mark.columns) * height];
    return `<rect x="${hundredths(x)}" y="${hundredths(y)}" width="${hundredths(width)}" height="${hundredths(height)}" fill="${colour}" fill-opacity="${hundredths(strength / 255)}"${isWrong ? ' class="wrong"' : ""}/>`;
  });
  return `<g class="${escape(mark.look)}">${inside.join("")}</g>`;
}

function pairs(points: Float32Array, width: number): readonly (readonly number[])[] {
  return Array.from({ length: Math.floor(points.length / width) }, (_, place) => Array.from(points.subarray(place * width, (place + 1) * width), hundredths));
}

const hundredths = (length: number): number => Math.round(length * 100) / 100;
const escape = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
