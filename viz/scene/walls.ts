/** Faults in space: walls between members that a fault separates, by its kind and direction; the reach in a ring; circles around members that an impairment affects. */

import { faultText } from "../model/fault.ts";
import type { FaultFact } from "../model/run.ts";
import { type Layout, round } from "./layout.ts";
import type { Mark } from "./mark.ts";
import { ringMarks } from "./ring.ts";
import type { SceneUi } from "./ui.ts";

/** With more borders than this, a wall is drawn only between neighbours, not through the middle. */
const SPOKES = 12;
/** With more members than this, there are no circles around them. */
const CIRCLED = 300;
/** The most arrows that show what passes a wall, and their length. */
const [ARROWS, ARROW] = [16, 26];

const known = new WeakMap<Layout, { readonly key: string; readonly marks: readonly Mark[] }>();

/** For a ring, the reach of the selected member or the observer. The same faults on the same layout have the same walls: they are built once. */
export function wallMarks(faults: readonly FaultFact[], layout: Layout, ui: Pick<SceneUi, "facts" | "selected" | "observer">): readonly Mark[] {
  if (faults.length === 0) return [];
  const key = `${ui.selected.member} ${ui.observer} ${faults.map(({ kind, since, sides }) => `${kind} ${since} ${sides.map((side) => `${side.length} ${side[0]} ${side.at(-1)}`).join()}`).join()}`;
  const before = known.get(layout);
  if (before?.key === key) return before.marks;
  const marks = faults.flatMap((fault) => {
    if (fault.kind === "impair") return circleMarks(new Set(fault.sides.flat()), "impaired", "impaired", layout);
    if (fault.kind === "ring") return ringMarks(fault, layout, ui);
    return [...wallOf(fault, layout), ...bridgeMarks(fault, layout)];
  });
  known.set(layout, { key, marks });
  return marks;
}

/** A border between two neighbours of different sides. */
type Border = { readonly angle: number; readonly before: number; readonly behind: number };

function wallOf(fault: FaultFact, { order, points, centre, radius, r }: Layout): readonly Mark[] {
  const { kind, sides } = fault;
  const sideOf = new Map(sides.flatMap((side, number) => side.map((who) => [who, number] as const)));
  const parted: number[] = [];
  // The next member in the order: it may be on no side, and no wall goes through it.
  const besides: number[] = [];
  order.forEach((who, place) => {
    if (!sideOf.has(who)) return;
    parted.push(who);
    besides.push(order[(place + 1) % order.length] ?? who);
  });
  const borders = parted.flatMap((who, place): Border[] => {
    const [before, behind] = [sideOf.get(who) ?? 0, sideOf.get(parted[(place + 1) % parted.length] ?? who) ?? 0];
    return before === behind ? [] : [{ before, behind, angle: between(angleOf(points, who, centre), angleOf(points, besides[place] ?? who, centre)) }];
  });
  const title = faultText(fault);
  const isCrowded = borders.length > SPOKES;
  const arrows = passingMarks(fault, borders, centre, isCrowded ? [radius] : [0.4 * radius, 0.8 * radius]);
  if (isCrowded && sides.length === 2) return [battlement(kind, title, parted.map((who) => ({ angle: angleOf(points, who, centre), isInside: sideOf.get(who) === 0 })), { centre, radius, r }), ...arrows];
  const [inside, outside] = isCrowded ? [radius * 0.86, radius + 12] : [0, radius + 18];
  const walls = borders.map(({ angle }): Mark => ({
    kind: "line", look: `wall ${kind}`, title,
    x1: round(centre.x + inside * Math.sin(angle)), y1: round(centre.y - inside * Math.cos(angle)),
    x2: round(centre.x + outside * Math.sin(angle)), y2: round(centre.y - outside * Math.cos(angle)),
  }));
  return [...walls, ...arrows];
}

/** What still passes a one-way wall: arrows across it, from the sender to the receiver. */
function passingMarks({ kind, bothWays }: FaultFact, borders: readonly Border[], { x, y }: Layout["centre"], fars: readonly number[]): readonly Mark[] {
  const isDirected = kind === "one-way" || ((kind === "cut" || kind === "clog") && !bothWays);
  if (!isDirected || borders.length === 0) return [];
  const step = Math.max(1, Math.ceil(borders.length / ARROWS));
  const points = borders.filter((_, n) => n % step === 0).flatMap(({ angle, before, behind }) => fars.flatMap((far) => {
    const [middleX, middleY] = [x + far * Math.sin(angle), y - far * Math.cos(angle)];
    // From an earlier side to a later one nothing passes: the arrow points from the later to the earlier. Clockwise is along the cosine.
    const along = (before > behind ? 1 : -1) * (ARROW / 2);
    const [dx, dy] = [along * Math.cos(angle), along * Math.sin(angle)];
    return [middleX - dx, middleY - dy, middleX + dx, middleY + dy].map(round);
  }));
  return [{ kind: "lines", look: "passing", points: Float32Array.from(points), head: 8, title: "passes this way only" }];
}

/** One closed wall if two sides are interleaved: it passes outside every member of the first side, and inside every member of the second. */
function battlement(kind: string, title: string, parted: readonly { readonly angle: number; readonly isInside: boolean }[], { centre, radius, r }: Pick<Layout, "centre" | "radius" | "r">): Mark {
  const at = (angle: number, far: number): string => `${round(centre.x + far * Math.sin(angle))} ${round(centre.y - far * Math.cos(angle))}`;
  const corners = parted.map(({ angle, isInside }, place) => {
    const next = parted[(place + 1) % parted.length]?.angle ?? angle;
    const [far, border] = [isInside ? radius + r + 9 : radius - r - 9, between(angle, next)];
    return `${at(angle, far)}L${at(border, far)}L${at(border, (parted[(place + 1) % parted.length]?.isInside ?? isInside) ? radius + r + 9 : radius - r - 9)}`;
  });
  return { kind: "path", look: `wall ${kind}`, d: `M${corners.join("L")}Z`, title };
}

/** A few members on no side, which reach everybody. */
function bridgeMarks({ kind, sides }: FaultFact, layout: Layout): readonly Mark[] {
  if (kind === "clog" || kind === "cut") return [];
  const parted = new Set(sides.flat());
  return circleMarks(new Set(Array.from(layout.order).filter((who) => !parted.has(who))), "bridge", "on no side: reaches all", layout);
}

/** A fault that has half of all members, or more, singles out nobody. */
function circleMarks(members: ReadonlySet<number>, look: string, title: string, { points, r }: Layout): readonly Mark[] {
  if (members.size > CIRCLED || 4 * members.size >= points.length) return [];
  return Array.from(members, (who): Mark => ({ kind: "circle", look, x: round(points[2 * who]!), y: round(points[2 * who + 1]!), r: r + 11, title }));
}

const angleOf = (points: Float32Array, who: number, centre: Layout["centre"]): number => Math.atan2(points[2 * who]! - centre.x, centre.y - points[2 * who + 1]!);

/** Halfway from one angle to another, clockwise. */
function between(from: number, to: number): number {
  const turn = 2 * Math.PI;
  return from + ((((to - from) % turn) + turn) % turn) / 2;
}
