/** Faults in space: walls between those whom a fault parts, by what it does and in which direction; a ring of reach; circles around those whom an impairment strikes. */

import { faultText } from "../model/fault.ts";
import type { FaultFact } from "../model/run.ts";
import { type Layout, round } from "./layout.ts";
import type { Mark } from "./mark.ts";
import { ringMarks } from "./ring.ts";
import type { SceneUi } from "./ui.ts";

/** With more borders than these, a wall is not drawn through the middle: only between neighbours. */
const SPOKES = 12;
/** More members than these have no circles around them. */
const CIRCLED = 300;
/** So many arrows show at most what passes a wall, each so long. */
const [ARROWS, ARROW] = [16, 26];

const known = new WeakMap<Layout, { readonly key: string; readonly marks: readonly Mark[] }>();

/** Of a ring, the reach of whoever is selected or observes is shown. The same faults on the same layout have the same walls: they are built once. */
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

/** A place between two neighbours of different sides. */
type Border = { readonly angle: number; readonly before: number; readonly behind: number };

function wallOf(fault: FaultFact, { order, points, centre, radius, r }: Layout): readonly Mark[] {
  const { kind, sides } = fault;
  const sideOf = new Map(sides.flatMap((side, number) => side.map((who) => [who, number] as const)));
  const parted: number[] = [];
  // Who stands next to each of them: perhaps somebody on no side, through whom no wall goes.
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

/** What still passes a wall that lets nothing through one way: arrows across it, from whom is heard to who hears. */
function passingMarks({ kind, bothWays }: FaultFact, borders: readonly Border[], { x, y }: Layout["centre"], fars: readonly number[]): readonly Mark[] {
  const isDirected = kind === "one-way" || ((kind === "cut" || kind === "clog") && !bothWays);
  if (!isDirected || borders.length === 0) return [];
  const step = Math.max(1, Math.ceil(borders.length / ARROWS));
  const points = borders.filter((_, n) => n % step === 0).flatMap(({ angle, before, behind }) => fars.flatMap((far) => {
    const [middleX, middleY] = [x + far * Math.sin(angle), y - far * Math.cos(angle)];
    // From an earlier side to a later one nothing passes: the arrow goes from the later to the earlier. Clockwise is along the cosine.
    const along = (before > behind ? 1 : -1) * (ARROW / 2);
    const [dx, dy] = [along * Math.cos(angle), along * Math.sin(angle)];
    return [middleX - dx, middleY - dy, middleX + dx, middleY + dy].map(round);
  }));
  return [{ kind: "lines", look: "passing", points: Float32Array.from(points), head: 8, title: "passes this way only" }];
}

/** One closed wall where two sides stand in each other's midst: it passes outside of everybody of the first side, and inside of everybody of the second. */
function battlement(kind: string, title: string, parted: readonly { readonly angle: number; readonly isInside: boolean }[], { centre, radius, r }: Pick<Layout, "centre" | "radius" | "r">): Mark {
  const at = (angle: number, far: number): string => `${round(centre.x + far * Math.sin(angle))} ${round(centre.y - far * Math.cos(angle))}`;
  const corners = parted.map(({ angle, isInside }, place) => {
    const next = parted[(place + 1) % parted.length]?.angle ?? angle;
    const [far, border] = [isInside ? radius + r + 9 : radius - r - 9, between(angle, next)];
    return `${at(angle, far)}L${at(border, far)}L${at(border, (parted[(place + 1) % parted.length]?.isInside ?? isInside) ? radius + r + 9 : radius - r - 9)}`;
  });
  return { kind: "path", look: `wall ${kind}`, d: `M${corners.join("L")}Z`, title };
}

/** Those few on no side, who reach everybody. */
function bridgeMarks({ kind, sides }: FaultFact, layout: Layout): readonly Mark[] {
  if (kind === "clog" || kind === "cut") return [];
  const parted = new Set(sides.flat());
  return circleMarks(new Set(Array.from(layout.order).filter((who) => !parted.has(who))), "bridge", "on no side: reaches all", layout);
}

/** Where it is half of all or more, nobody is singled out. */
function circleMarks(members: ReadonlySet<number>, look: string, title: string, { points, r }: Layout): readonly Mark[] {
  if (members.size > CIRCLED || 4 * members.size >= points.length) return [];
  return Array.from(members, (who): Mark => ({ kind: "circle", look, x: round(points[2 * who]!), y: round(points[2 * who + 1]!), r: r + 11, title }));
}

const angleOf = (points: Float32Array, who: number, centre: Layout["centre"]): number => Math.atan2(points[2 * who]! - centre.x, centre.y - points[2 * who + 1]!);

/** Half way from one angle to another, clockwise. */
function between(from: number, to: number): number {
  const turn = 2 * Math.PI;
  return from + ((((to - from) % turn) + turn) % turn) / 2;
}
