/** A line drawn across the group, and the members on each side of it. */

import type { MemberNumber } from "../model/run.ts";
import type { Mark } from "../scene/mark.ts";

export type Point = { readonly x: number; readonly y: number };

/** The members on each side of the infinite line through two points. */
export function sidesOfLine(points: Float32Array, from: Point, to: Point): readonly [readonly MemberNumber[], readonly MemberNumber[]] {
  const [left, right]: [MemberNumber[], MemberNumber[]] = [[], []];
  for (let who = 0; 2 * who < points.length; who++) {
    const turn = (to.x - from.x) * (points[2 * who + 1]! - from.y) - (to.y - from.y) * (points[2 * who]! - from.x);
    (turn > 0 ? left : right).push(who);
  }
  return [left, right];
}

/** The line as drawn, to the edges of the picture, and how many members it would separate. */
export function lineMarks(points: Float32Array, from: Point, to: Point): readonly Mark[] {
  const [left, right] = sidesOfLine(points, from, to);
  const length = Math.max(1, Math.hypot(to.x - from.x, to.y - from.y));
  const [dx, dy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const far = 4_000;
  return [
    { kind: "line", look: "part-line", x1: from.x - far * dx, y1: from.y - far * dy, x2: to.x + far * dx, y2: to.y + far * dy },
    { kind: "text", look: "part-label", x: to.x + 12, y: to.y - 12, text: `${left.length} | ${right.length}`, anchor: "start" },
  ];
}
