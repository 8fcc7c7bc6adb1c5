/** Faults in space: partitions and cuts as walls between those whom they part, impairments as rings around those whom they strike. */

import type { FaultFact } from "../model/run.ts";
import { type Layout, round } from "./layout.ts";
import type { Mark } from "./mark.ts";

/** With more borders than these, a wall is not drawn through the middle: only between neighbours. */
const SPOKES = 12;
/** More members than these have no rings. */
const RINGED = 300;

export function wallMarks(faults: readonly FaultFact[], layout: Layout): readonly Mark[] {
  return faults.flatMap((fault, n) => (fault.kind === "impair" ? impairedMarks(fault, layout) : [...wallOf(fault, layout), ...nameOf(fault, n)]));
}

function wallOf({ kind, sides }: FaultFact, { order, points, centre, radius, r }: Layout): readonly Mark[] {
  const sideOf = new Map(sides.flatMap((side, number) => side.map((who) => [who, number] as const)));
  const parted = Array.from(order).filter((who) => sideOf.has(who));
  const borders = parted.flatMap((who, place): number[] => {
    const next = parted[(place + 1) % parted.length] ?? who;
    return sideOf.get(who) === sideOf.get(next) ? [] : [between(angleOf(points, who, centre), angleOf(points, next, centre))];
  });
  if (borders.length > SPOKES && sides.length === 2) return [battlement(kind, parted.map((who) => ({ angle: angleOf(points, who, centre), isInside: sideOf.get(who) === 0 })), { centre, radius, r })];
  const [inside, outside] = borders.length <= SPOKES ? [0, radius + 18] : [radius * 0.86, radius + 12];
  return borders.map((angle): Mark => ({
    kind: "line", look: `wall ${kind}`, title: kind,
    x1: round(centre.x + inside * Math.sin(angle)), y1: round(centre.y - inside * Math.cos(angle)),
    x2: round(centre.x + outside * Math.sin(angle)), y2: round(centre.y - outside * Math.cos(angle)),
  }));
}

/** One closed wall where two sides stand in each other's midst: it passes outside of everybody of the first side, and inside of everybody of the second. */
function battlement(kind: string, parted: readonly { readonly angle: number; readonly isInside: boolean }[], { centre, radius, r }: Pick<Layout, "centre" | "radius" | "r">): Mark {
  const at = (angle: number, far: number): string => `${round(centre.x + far * Math.sin(angle))} ${round(centre.y - far * Math.cos(angle))}`;
  const corners = parted.map(({ angle, isInside }, place) => {
    const next = parted[(place + 1) % parted.length]?.angle ?? angle;
    const [far, border] = [isInside ? radius + r + 9 : radius - r - 9, between(angle, next)];
    return `${at(angle, far)}L${at(border, far)}L${at(border, (parted[(place + 1) % parted.length]?.isInside ?? isInside) ? radius + r + 9 : radius - r - 9)}`;
  });
  return { kind: "path", look: `wall ${kind}`, d: `M${corners.join("L")}Z`, title: kind };
}

/** `partition: 32 | 32`; a cut goes one way, unless it says otherwise. */
function nameOf({ kind, sides, bothWays }: FaultFact, row: number): readonly Mark[] {
  const arrow = kind === "cut" && !bothWays ? " → " : " | ";
  return row > 3 ? [] : [{ kind: "text", look: "wall-name", x: 10, y: 18 + 15 * row, text: `${kind}: ${sides.map(({ length }) => length).join(arrow)}`, anchor: "start" }];
}

function impairedMarks({ sides }: FaultFact, { points, r }: Layout): readonly Mark[] {
  const struck = new Set(sides.flat());
  if (struck.size > RINGED || 2 * struck.size >= points.length) return [];
  return Array.from(struck, (who): Mark => ({ kind: "circle", look: "impaired", x: round(points[2 * who]!), y: round(points[2 * who + 1]!), r: r + 11, title: "impaired" }));
}

const angleOf = (points: Float32Array, who: number, centre: Layout["centre"]): number => Math.atan2(points[2 * who]! - centre.x, centre.y - points[2 * who + 1]!);

/** Half way from one angle to another, clockwise. */
function between(from: number, to: number): number {
  const turn = 2 * Math.PI;
  return from + ((((to - from) % turn) + turn) % turn) / 2;
}
