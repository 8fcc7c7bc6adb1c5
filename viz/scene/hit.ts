/** What is under a point of a scene. Pure: the same marks and point give the same hit. */

import type { Hit, Mark, Scene } from "./mark.ts";

/** How far from a thin mark still counts as a hit, in pixels: fingers are wide. */
const REACH = 6;

/** The hit of the topmost mark at a point; null if there is none. */
export function hitAt(scene: Scene, x: number, y: number, reach = REACH): Hit | null {
  for (let place = scene.length - 1; place >= 0; place--) {
    const mark = scene[place];
    const hit = mark === undefined ? null : hitOf(mark, x, y, reach);
    if (hit !== null) return hit;
  }
  return null;
}

/** The title of a text mark at a point; null if there is none. */
export function titleAt(scene: Scene, x: number, y: number): string | null {
  const mark = scene.findLast((one) => one.kind === "text" && one.title !== undefined && isWritten(one, x, y));
  return mark?.title ?? null;
}

/** Is the point on the text? Uses an approximate width of letters. */
const isWritten = (mark: Extract<Mark, { kind: "text" }>, x: number, y: number): boolean =>
  x >= mark.x && x <= mark.x + 7 * mark.text.length && y >= mark.y - 12 && y <= mark.y + 4;

function hitOf(mark: Mark, x: number, y: number, reach: number): Hit | null {
  if (mark.kind === "dots" || mark.kind === "lines") return hitAmong(mark, x, y, reach);
  return mark.hit !== undefined && isOn(mark, x, y, reach) ? mark.hit : null;
}

function isOn(mark: Mark, x: number, y: number, reach: number): boolean {
  switch (mark.kind) {
    case "circle": return Math.hypot(x - mark.x, y - mark.y) <= Math.max(mark.r, reach);
    case "glyph":  return Math.hypot(x - mark.x, y - mark.y) <= Math.max(mark.size, reach);
    case "arc":    return Math.abs(Math.hypot(x - mark.x, y - mark.y) - mark.r) <= reach;
    case "line":   return distance(x, y, mark.x1, mark.y1, mark.x2, mark.y2) <= reach;
    case "rect":
    case "cells":  return x >= mark.x && y >= mark.y && x <= mark.x + mark.width && y <= mark.y + mark.height;
    case "text":   return Math.abs(y - mark.y) <= 2 * reach && Math.abs(x - mark.x) <= 4 * mark.text.length;
    case "path":
    case "dots":
    case "lines":  return false;
  }
}

/** The nearest of many that is near enough. */
function hitAmong(mark: Extract<Mark, { kind: "dots" | "lines" }>, x: number, y: number, reach: number): Hit | null {
  const { hits, points } = mark;
  if (hits === undefined) return null;
  const isDots = mark.kind === "dots";
  const width = isDots ? 2 : 4;
  let [best, nearest] = [-1, Math.max(reach, isDots ? mark.r : 0)];
  for (let place = 0; place < hits.length; place++) {
    const at = place * width;
    const far = isDots
      ? Math.hypot(x - points[at]!, y - points[at + 1]!)
      : distance(x, y, points[at]!, points[at + 1]!, points[at + 2]!, points[at + 3]!);
    if (far <= nearest) [best, nearest] = [place, far];
  }
  const named = hits[best];
  if (named === undefined) return null;
  return isDots && mark.hitKind === "member" ? { kind: "member", who: named } : { kind: "message", message: named };
}

/** The distance from a point to a line segment. */
function distance(x: number, y: number, x1: number, y1: number, x2: number, y2: number): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / length));
  return Math.hypot(x - x1 - share * dx, y - y1 - share * dy);
}
