/** The places of members: always the same for the same group and size, so that any movement has a meaning. */

import type { MemberFacts } from "../model/run.ts";
import { shortName } from "./label.ts";
import type { Size } from "./mark.ts";

/** A place for each member, two numbers each, and the largest radius of a member. */
export type Layout = {
  readonly points: Float32Array;
  readonly r: number;
  readonly centre: { readonly x: number; readonly y: number };
  readonly radius: number;
  /** The members in the order of their places, clockwise from twelve o'clock. */
  readonly order: Uint32Array;
  /** The zones by name, with a place for the name; empty for a single circle. */
  readonly zones: readonly { readonly name: string; readonly x: number; readonly y: number }[];
};

const MARGIN = 34;
/** The approximate width of a letter beside the circle, and how many letters fit there. */
const LETTER = 7;
export const LETTERS = 16;
/** With more members than this, they are too small for names. */
const NAMED = 240;
/** With more members than this, they are drawn as dots: single marks would be too many for a frame. */
export const CROWD = 300;

/** The margin beside the circle. */
const marginBeside = (members: readonly MemberFacts[]): number =>
  members.length > NAMED ? MARGIN : MARGIN + LETTER * members.reduce((longest, _, who) => Math.max(longest, shortName(members, who, LETTERS).length), 0);

/** A cache of layouts: a group's places do not change while time passes. */
const known = new WeakMap<readonly MemberFacts[], { readonly key: string; readonly layout: Layout }>();

export function layoutOf(members: readonly MemberFacts[], size: Size, kind: "circle" | "zones"): Layout {
  const key = `${size.width} ${size.height} ${kind}`;
  const before = known.get(members);
  if (before?.key === key) return before.layout;
  const layout = laidOut(members, size, kind);
  known.set(members, { key, layout });
  return layout;
}

/** On one circle, from twelve o'clock; by zones, each zone on its own arc with a gap between. Above 240 members, concentric rings. */
function laidOut(members: readonly MemberFacts[], { width, height }: Size, kind: "circle" | "zones"): Layout {
  const centre = { x: width / 2, y: height / 2 };
  const radius = Math.max(20, Math.min(width / 2 - marginBeside(members), height / 2 - MARGIN));
  const order = kind === "zones" ? byZone(members) : members.map((_, who) => who);
  const rings = Math.max(1, Math.ceil(Math.sqrt(members.length / NAMED)));
  const perRing = Math.ceil(order.length / rings);
  const points = new Float32Array(2 * members.length);
  const gaps = kind === "zones" ? gapsOf(order, members) : order.map(() => 0);
  const slots = order.length + (gaps.at(-1) ?? 0) + (kind === "zones" && (gaps.at(-1) ?? 0) > 0 ? GAP : 0);
  order.forEach((who, place) => {
    const turn = rings === 1 ? (place + (gaps[place] ?? 0)) / Math.max(1, slots) : Math.floor(place / rings) / perRing;
    const far = radius * (1 - (0.75 * (place % rings)) / rings);
    points[2 * who] = round(centre.x + far * Math.sin(2 * Math.PI * turn));
    points[2 * who + 1] = round(centre.y - far * Math.cos(2 * Math.PI * turn));
  });
  const r = Math.max(0.7, Math.min(13, (Math.PI * radius) / perRing * 0.62, (0.3 * radius) / rings));
  return { points, r: round(r), centre, radius, order: Uint32Array.from(order), zones: kind === "zones" ? zonesIn(order, members, points, centre) : [] };
}

/** The name of each zone is between its middle member and the centre. */
function zonesIn(order: readonly number[], members: readonly MemberFacts[], points: Float32Array, centre: Layout["centre"]): Layout["zones"] {
  const byName = new Map<string, number[]>();
  for (const who of order) {
    const name = members[who]?.zone ?? "";
    const all = byName.get(name);
    if (all === undefined) byName.set(name, [who]);
    else all.push(who);
  }
  return Array.from(byName, ([name, all]) => {
    const middle = all[all.length >> 1] ?? 0;
    const [x, y] = [points[2 * middle]!, points[2 * middle + 1]!];
    return { name, x: round(centre.x + 0.72 * (x - centre.x)), y: round(centre.y + 0.72 * (y - centre.y) + 4) };
  }).filter(({ name }) => name !== "");
}

/** How many places are left free between two zones. */
const GAP = 2;

const byZone = (members: readonly MemberFacts[]): number[] =>
  members.map((_, who) => who).toSorted((one, other) => compare(members[one]?.zone ?? "", members[other]?.zone ?? "") || one - other);

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** For each place in the order, how many places are left free before it. */
function gapsOf(order: readonly number[], members: readonly MemberFacts[]): readonly number[] {
  let gap = 0;
  return order.map((who, place) => {
    const before = order[place - 1];
    if (before !== undefined && members[before]?.zone !== members[who]?.zone) gap += GAP;
    return gap;
  });
}

/** To hundredths of a pixel, so that goldens are stable. */
export const round = (length: number): number => Math.round(length * 100) / 100;
